/** Which entity an operation of TypeORM is of: that of a repository, the one that a manager is told, an active record's own. */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, join, ofRef, refPart, type Value } from "../../domain/value.js";
import { arg } from "../../machine/call.js";
import { typeValue } from "../../machine/declared.js";
import { external } from "../../machine/external.js";
import { make, type FunctionData, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { selves, under } from "../../natives/support.js";
import { answer } from "../answers.js";
import { isTarget, targetOf } from "../entities.js";
import { LOCAL, OPERATIONS, type Operation } from "./typeorm-find.js";
import { LIB, OF } from "./typeorm-schema.js";

/** A repository of an entity: a class, a schema, a name or a type. */
export function newRepository(m: Machine, where: string, of: Value): Value {
  const obj = make(m, "object", where);
  setSlot(m.heap, obj, S.proto, ofRef(external(m, LIB, ["Repository"]).id));
  if (isTarget(m, of)) setSlot(m.heap, obj, OF, of);
  return ofRef(obj.id);
}

/** The entity of a repository: said when it was made, by its class, or by what its class extends. */
export function ofRepository(m: Machine, repository: Obj): Value {
  const own = repository.props.get(OF);
  if (own !== undefined) return own;
  let out: Value = BOTTOM;
  for (const cls of objectsOf(m.heap, targetOf(m, ofRef(repository.id))))
    for (let at: Obj | undefined = cls; at?.kind === "class"; at = objectsOf(m.heap, at.props.get(S.proto) ?? BOTTOM)[0]) {
      const { cls: facts, file } = at.data as FunctionData;
      const said = at.props.get(OF) ?? (facts?.superTypeArgs?.[0] && typeValue(m, { file, type: facts.superTypeArgs[0], env: null }));
      if (said !== undefined) out = join(out, said);
      if (said !== undefined) break;
    }
  return out;
}

export const operationOf = (name: string): Operation | undefined => under(OPERATIONS, name) ?? under(LOCAL, name);

const promisedUnlessLocal = (call: NativeCall, name: string, v: Value): Value => (Object.hasOwn(LOCAL, name) ? v : answer(call, v));

/** `users.find(…)`. */
export const onRepository =
  (name: string, operation: Operation): Native =>
  (call) => {
    const of = selves(call).reduce((v: Value, obj) => join(v, ofRepository(call.m, obj)), BOTTOM);
    return promisedUnlessLocal(call, name, operation(call, of, call.args.list));
  };

/** `manager.find(User, …)`; `manager.save(user)` is of the class of what is given. */
export const onManager =
  (name: string, operation: Operation): Native =>
  (call) => {
    const first = arg(call.args, 0);
    const isNamed = isTarget(call.m, first);
    const rows = objectsOf(call.m.heap, first).flatMap((o) => (o.kind === "array" ? [...o.props.values()].flatMap((v) => v.refs) : [o.id]));
    const of = isNamed ? first : targetOf(call.m, { ...BOTTOM, refs: rows });
    return promisedUnlessLocal(call, name, operation(call, of, isNamed ? call.args.list.slice(1) : call.args.list));
  };

/** `User.find(…)`, `user.save()`. */
export const onRecord =
  (name: string, operation: Operation): Native =>
  (call) => {
    const { m, self } = call;
    const isClass = objectsOf(m.heap, self).some((o) => o.kind === "class");
    if (isClass) return promisedUnlessLocal(call, name, operation(call, refPart(self), call.args.list));
    return promisedUnlessLocal(call, name, operation(call, targetOf(m, self), [self, ...call.args.list]));
  };
