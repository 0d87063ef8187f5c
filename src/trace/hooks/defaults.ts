/** What a function takes where a call gives nothing: the defaults in its parameters, `(values, { epsilon = 1 } = {})`. */
import type { Expr, Pattern, PatternProp } from "../../facts/ir.js";
import type { ArgumentPath } from "../../manifest/model.js";
import { objectsOf, S, type Obj } from "../domain/heap.js";
import { BOTTOM, ofConst, type Value } from "../domain/value.js";
import type { FunctionData, Machine } from "../machine/machine.js";

/** The default at an argument's path, as far as it is a constant or a variable around the function; undefined where there is none. */
export function defaultAt(m: Machine, callee: Obj, { position, path }: ArgumentPath): Value | undefined {
  const data = callee.kind === "function" ? (callee.data as FunctionData) : undefined;
  const param = position === "*" ? undefined : data?.code?.fn.params[position];
  if (data === undefined || param === undefined || param.rest) return undefined;
  let found: Expr | undefined = param.default;
  let pattern: Pattern | undefined = param.target;
  for (const step of path) {
    if (step.k !== "prop") return undefined;
    const isIt = (key: Expr): boolean => key.e === "const" && key.v === step.name;
    const inPattern: PatternProp | undefined = pattern?.p === "object" ? pattern.props.find(({ key }) => isIt(key)) : undefined;
    const inValue = found?.e === "object" ? found.props.find((prop) => prop.k === "prop" && isIt(prop.key)) : undefined;
    found = inPattern?.default ?? (inValue?.k === "prop" ? inValue.v : undefined);
    pattern = inPattern?.target;
  }
  return found && valueOf(m, found, data);
}

function valueOf(m: Machine, e: Expr, { env }: FunctionData): Value | undefined {
  if (e.e === "const") return e.v === undefined ? undefined : ofConst(e.v);
  if (e.e !== "var" || e.up < 1) return undefined;
  let record: Obj | undefined = m.heap.objects[env];
  for (let up = e.up; up > 1 && record !== undefined; up--) record = objectsOf(m.heap, record.props.get(S.proto) ?? BOTTOM)[0];
  return record?.props.get(e.slot);
}
