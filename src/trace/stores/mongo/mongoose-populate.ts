/** Mongoose's `populate`: documents in the place of the references to them. */
import { type Obj, objectsOf, S, setSlot } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, joinAll, NULL, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import { type Machine, make, type NativeCall } from "../../machine/machine.js";
import { at } from "../../natives/support.js";
import { isKnown, relationTable } from "../table.js";
import { type Model, modelIn } from "./mongoose-model.js";
import { collectionsOfModel, modelsOf } from "./names.js";
import { pluralized } from "../plural.js";

/** Puts the documents that fields refer to in their place, as `populate("author", "name")` asks for. */
export function populated(call: NativeCall, of: Model, row: Value, spec: Value, select: Value, read: Reader, depth = 0): void {
  const { m, site } = call;
  if (depth > 4) return;
  const one = (path: string, chosen: Value, inner: Value, model: Value): void => {
    for (const name of path.split(/\s+/)) if (name !== "") put(name, chosen, inner, model);
  };
  const put = (path: string, chosen: Value, inner: Value, model: Value): void => {
    const segments = path.split(".");
    const related = relatedModel(call, of, path, model);
    if (related === undefined) return;
    const document = (): Value => {
      const v = read(related.model, chosen);
      if (!isBottom(inner)) populated(call, related.model, v, inner, UNDEFINED, read, depth + 1);
      return v;
    };
    for (const parent of parentsOf(m, row, segments, call)) {
      const name = segments.at(-1)!;
      const old = objectsOf(m.heap, parent.props.get(name) ?? BOTTOM);
      const doc = document();
      const list = make(m, "array", at(call, `populated ${path}`));
      setSlot(m.heap, list, S.rest, doc);
      const many = related.many ?? (old.some((o) => o.kind === "array") ? true : undefined);
      setSlot(
        m.heap,
        parent,
        name,
        many === true ? ofRef(list.id) : many === false ? join(doc, NULL) : joinAll([doc, NULL, ofRef(list.id)]),
      );
    }
  };
  for (const text of spec.consts) one(String(text), select, BOTTOM, BOTTOM);
  for (const obj of objectsOf(m.heap, spec)) {
    const v = ofRef(obj.id, spec.via);
    if (obj.kind === "array") {
      for (const x of iterate(m, v, site).list) populated(call, of, row, x, select, read, depth);
      continue;
    }
    const option = (name: string): Value => obj.props.get(name) ?? BOTTOM;
    for (const path of option("path").consts) one(String(path), option("select"), option("populate"), option("model"));
  }
}

/** Reads a document of a model as a selection asks for it. */
export type Reader = (model: Model, select: Value) => Value;

interface Related {
  readonly model: Model;
  /** Undefined where nothing tells whether there are many. */
  readonly many: boolean | undefined;
}

/** The model behind a field: what the call or the schema says, else the collection of that name that is known. */
function relatedModel(call: NativeCall, of: Model, path: string, said: Value): Related | undefined {
  const { m } = call;
  const reference = of.fields.references.get(path);
  const byName = (name: string): Model => {
    const made = modelsOf(m).props.get(name);
    return made === undefined ? { ...modelIn(call, BOTTOM), names: collectionsOfModel(m, name) } : modelIn(call, made);
  };
  const name = exact(said) ?? reference?.model;
  if (typeof name === "string") return { model: byName(name), many: reference?.many };
  if (objectsOf(m.heap, said).length > 0) return { model: modelIn(call, said), many: reference?.many };
  const last = path.slice(path.lastIndexOf(".") + 1);
  const { table, many } = relationTable(m, last);
  const known = [pluralized(last), pluralized(table), table].find((one) => isKnown(m, one));
  return known === undefined ? undefined : { model: { ...modelIn(call, BOTTOM), names: [known] }, many: many ? true : undefined };
}

/** The objects that hold the last step of a path, also those in lists. */
function parentsOf(m: Machine, row: Value, path: readonly string[], call: NativeCall): readonly Obj[] {
  let at: readonly Obj[] = objectsOf(m.heap, row);
  for (const name of path.slice(0, -1))
    at = at
      .flatMap((obj) => objectsOf(m.heap, obj.props.get(name) ?? BOTTOM))
      .flatMap((obj) => (obj.kind === "array" ? objectsOf(m.heap, anyItem(iterate(m, ofRef(obj.id), call.site))) : [obj]));
  return at.filter((obj) => obj.kind === "object");
}
