/**
 * Pothos builds schemas in code: the fields of a type are what a function gives that is given a builder of fields. A reference to a type
 * has its name.
 */
import { objectsOf, setSlot } from "../../../domain/heap.js";
import { exact, ofConst, ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg, callValue } from "../../../machine/call.js";
import type { Native, NativeCall } from "../../../machine/machine.js";
import { entries, getNamed } from "../../../machine/props.js";
import type { NativeModule } from "../../index.js";
import { at, instance, nativeValue, option, record } from "../../support.js";
import { addResolved, described, functionsIn, nameOf, ROOTS, usual } from "./code-first.js";

const POTHOS = "@pothos/core";
const QUERIED = "\0gql queried";

/** `t.field({ type, args, resolve })` is what it is told; a field of Prisma's plug-in is given its query first. */
const field =
  (method: string): Native =>
  (call) => {
    // What is exposed is named before the options.
    const named = typeof exact(arg(call.args, 0)) === "string";
    const told = named ? arg(call.args, 1) : arg(call.args, 0);
    const options = told.refs.length === 0 ? record(call.m, {}, at(call, "field")) : told;
    for (const obj of objectsOf(call.m.heap, options).filter((o) => o.kind === "object")) {
      if (method.startsWith("prisma")) setSlot(call.m.heap, obj, QUERIED, ofConst(true));
      if (method.startsWith("expose")) setSlot(call.m.heap, obj, "resolve", exposing(call));
    }
    return options;
  };

/** `t.exposeString("mail")` gives a property of the parent. */
const exposing = (call: NativeCall): Value =>
  nativeValue(call.m, at(call, "expose"), "expose", (one) => getNamed(one.m, arg(one.args, 0), String(exact(arg(call.args, 0))), one.site));

/** Each field that a function of a builder gives. */
function addFields(call: NativeCall, type: string, fields: Value): void {
  const { m, site } = call;
  const builder = ofRef(instance(m, POTHOS, "FieldBuilder", site).id);
  for (const fn of functionsIn(call, fields)) {
    const given = callValue(m, ofRef(fn.id), UNDEFINED, { list: [builder], rest: null }, site);
    for (const obj of objectsOf(m.heap, given).filter((o) => o.kind === "object"))
      for (const { name, value } of entries(m, obj, site).known) addPothosField(call, type, name, value);
  }
}

function addPothosField(call: NativeCall, type: string, name: string, options: Value): void {
  const { m } = call;
  const queried = objectsOf(m.heap, options).some((o) => o.props.has(QUERIED));
  addResolved(call, type, name, options, (given) => (queried ? [record(m, {}, at(call, `query ${name}`)), ...usual(given)] : usual(given)));
}

const ofType = (type: string): Native =>
  described((call) => {
    addFields(call, type, option(call, arg(call.args, 0), "fields"));
  });
const oneOf = (type: string): Native =>
  described((call) => {
    const name = nameOf(call, arg(call.args, 0));
    for (const fn of name === undefined ? [] : functionsIn(call, arg(call.args, 1)))
      addPothosField(
        call,
        type,
        name!,
        callValue(
          call.m,
          ofRef(fn.id),
          UNDEFINED,
          { list: [ofRef(instance(call.m, POTHOS, "FieldBuilder", call.site).id)], rest: null },
          call.site,
        ),
      );
  });
const severalOf = (type: string): Native =>
  described((call) => {
    addFields(call, type, arg(call.args, 0));
  });

const object = described((call) => {
  const options = arg(call.args, 1);
  const name = nameOf(call, option(call, options, "name")) ?? nameOf(call, arg(call.args, 0));
  if (name !== undefined) addFields(call, name, option(call, options, "fields"));
});

const implement = described((call) => {
  const name = nameOf(call, call.self);
  if (name !== undefined) addFields(call, name, option(call, arg(call.args, 0), "fields"));
});

const POTHOS_METHODS: Readonly<Record<string, Native>> = Object.fromEntries([
  ...ROOTS.flatMap((type): [string, Native][] => {
    const name = type.toLowerCase();
    return [
      [`${name}Type`, ofType(type)],
      [`${name}Field`, oneOf(type)],
      [`${name}Fields`, severalOf(type)],
    ];
  }),
  ["objectType", object],
  ["prismaObject", object],
  ["drizzleObject", object],
  ["objectRef", described(() => undefined)],
]);

/** `SchemaBuilder.queryField`, `default.queryField`, `FieldBuilder.prismaField`, `Ref.implement`. */
function match(_module: string, path: readonly string[]): Native | undefined {
  const [owner, method, ...more] = path.filter((name) => name !== "prototype" && name !== "()");
  if (method === undefined)
    return owner === "default" || owner === "SchemaBuilder"
      ? (call) => ofRef(instance(call.m, POTHOS, "SchemaBuilder", call.site).id)
      : undefined;
  if (more.length > 0) return undefined;
  if (owner === "FieldBuilder") return method === "arg" || method === "input" ? undefined : field(method);
  if (owner === "Ref") return method === "implement" ? implement : undefined;
  return Object.hasOwn(POTHOS_METHODS, method) ? POTHOS_METHODS[method] : undefined;
}

export const pothos: NativeModule = { modules: [POTHOS], natives: {}, match };
