/**
 * GraphQL resolvers as classes: `@nestjs/graphql`, and `type-graphql`, whose decorators say the same by other names. The schema is that of the
 * classes: a class that has `@Field`s has those, any other all its fields.
 */
import { isFunction, joinSlot, objectsOf, S, setSlot, type Obj } from "../../../domain/heap.js";
import { BOTTOM, isBottom, join, ofConst, ofRef, UNDEFINED, type Value } from "../../../domain/value.js";
import { arg, callValue, NO_ARGS } from "../../../machine/call.js";
import { anyItem, iterate } from "../../../machine/iterate.js";
import type { FunctionData, Machine, Native, NativeCall } from "../../../machine/machine.js";
import { getNamed } from "../../../machine/props.js";
import type { NativeModule } from "../../index.js";
import { alike, at, nativeValue, record } from "../../support.js";
import { resolve, type Given } from "../graphql/resolve.js";
import { addField, fieldsOf, noteResolved } from "../graphql/schema.js";
import { later } from "../requests.js";
import { callMethod } from "./handler.js";
import { tokenOf } from "./injection.js";
import { atMethod, evaluatedIn, factsOf, marked, marking } from "./markers.js";
import { parameter } from "./parameters.js";

/** Slots of methods: what they resolve, of which type. */
const MARKS: Readonly<Record<string, string>> = {
  Query: "\0gql Query",
  Mutation: "\0gql Mutation",
  Subscription: "\0gql Subscription",
  Own: "\0gql Own",
};

/** `@Query(() => [User], { name: "users" })`, `@Query("users")`: the name and the type, wherever they stand. */
const resolves = (of: string): Native =>
  marking((m, fn, call) => {
    const told = call.args.list.flatMap((v) => objectsOf(m.heap, v));
    const named = call.args.list.flatMap((v) => v.consts).find((c) => typeof c === "string");
    const option = told.filter((o) => o.kind === "object").map((o) => getNamed(m, ofRef(o.id), "name", call.site));
    const name = named === undefined ? (option[0] ?? UNDEFINED) : ofConst(named);
    const returns = told.filter(isFunction).reduce((v, o) => join(v, ofRef(o.id)), BOTTOM);
    joinSlot(m.heap, fn, MARKS[of]!, record(m, isBottom(returns) ? { name } : { name, returns }, at(call, of)));
  });

const FIELD = "\0field";

/** `@Field(() => Type)`. */
const field: Native = (call) => {
  const made = nativeValue(call.m, call.site, "field", () => UNDEFINED);
  const type = call.args.list.flatMap((v) => objectsOf(call.m.heap, v)).find(isFunction);
  for (const obj of objectsOf(call.m.heap, made)) setSlot(call.m.heap, obj, FIELD, type === undefined ? UNDEFINED : ofRef(type.id));
  return made;
};

/** The class that `() => User` or `() => [User]` names. */
function classIn(call: NativeCall, v: Value): Obj | undefined {
  const { m, site } = call;
  for (const o of objectsOf(m.heap, v)) {
    if (o.kind === "class") return o;
    const inner =
      o.kind === "array"
        ? anyItem(iterate(m, ofRef(o.id), site))
        : isFunction(o)
          ? callValue(m, ofRef(o.id), UNDEFINED, NO_ARGS, site)
          : BOTTOM;
    const found = isBottom(inner) ? undefined : classIn(call, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The name of a class as a type, whose fields are known from there on. */
function typeFor(call: NativeCall, cls: Obj | undefined, depth = 0): string {
  const { m } = call;
  const facts = cls && factsOf(cls);
  if (facts === undefined || cls === undefined) return "";
  if (depth > 8 || fieldsOf(m, facts.name).size > 0) return facts.name;
  const { file, env } = cls.data as FunctionData;
  const members = facts.members.filter((x) => x.kind === "field" && !x.static && x.key.e === "const");
  const fields = members.map((x) => ({
    name: x.key.e === "const" ? String(x.key.v) : "",
    mark: (x.decorators ?? []).flatMap((d) => objectsOf(m.heap, evaluatedIn(m, file, env, d))).find((o) => o.props.has(FIELD)),
  }));
  const anyMarked = fields.some((f) => f.mark !== undefined);
  for (const { name, mark } of fields) {
    if (anyMarked && mark === undefined) continue;
    addField(m, facts.name, name, "");
    const declared = tokenOf(m, m.types.member(m.types.instance(file, facts), name)?.type);
    const of = classIn(call, mark?.props.get(FIELD) ?? BOTTOM) ?? (declared?.kind === "class" ? declared : undefined);
    if (of !== undefined) addField(m, facts.name, name, typeFor(call, of, depth + 1));
  }
  for (const base of objectsOf(m.heap, cls.props.get(S.proto) ?? BOTTOM).filter((o) => o.kind === "class"))
    for (const [name, of] of fieldsOf(m, typeFor(call, base, depth + 1))) addField(m, facts.name, name, of);
  return facts.name;
}

/** `@Resolver(() => User)`: its methods resolve, later. */
const resolver: Native = (call) => {
  const told = arg(call.args, 0);
  return marking((m, cls) => {
    later(m, call.site, `resolver ${cls.key}`, (job) => {
      const own = told.consts.find((c) => typeof c === "string") ?? typeFor(job, classIn(job, told));
      for (const [kind, mark] of Object.entries(MARKS))
        for (const [fn, at, name] of marked(job.m, cls, mark)) serve(job, cls, fn, kind === "Own" ? own : kind, at, name);
      return UNDEFINED;
    });
  })(call);
};

function serve(job: NativeCall, cls: Obj, fn: Obj, type: string, mark: Value, called: string): void {
  const { m } = job;
  const call = atMethod(job, fn);
  const said = getNamed(m, mark, "name", call.site).consts.find((c) => typeof c === "string");
  const name = said ?? called;
  addField(m, type, name, typeFor(job, classIn(job, getNamed(m, mark, "returns", call.site))));
  noteResolved(m, type, name);
  later(m, call.site, `resolver ${type}.${name}`, (own) => {
    resolve(own.m, { type, field: name, site: call.site, run: (given) => run({ ...own, site: call.site }, cls, fn, given) });
    return UNDEFINED;
  });
}

/** Calls a method with all that stands around it. */
function run(call: NativeCall, cls: Obj, fn: Obj, { parent, args, context: shared, info }: Given): Value {
  let out: Value = BOTTOM;
  const parts: Readonly<Record<string, Value>> = { args, parent, context: shared };
  callMethod(call, cls, fn, "graphql", [parent, args, shared, info], {
    part: (name) => parts[name] ?? info,
    plain: () => UNDEFINED,
    answer: (v) => {
      out = join(out, v);
    },
  });
  return out;
}

/** `@Args("text")`, `@Args({ name: "text" })`, `@Args()`. */
const args: Native = (call) => {
  const [first, ...pipes] = call.args.list;
  const named = first === undefined ? BOTTOM : optionName(call.m, call, first);
  return parameter("args")(isBottom(named) ? call : { ...call, args: { list: [named, ...pipes], rest: null } });
};

const optionName = (m: Machine, call: NativeCall, v: Value): Value =>
  objectsOf(m.heap, v).reduce(
    (out, o) => (o.kind === "object" && o.props.has("name") ? join(out, getNamed(m, ofRef(o.id), "name", call.site)) : out),
    BOTTOM,
  );

export const nestGraphql: NativeModule = {
  modules: ["@nestjs/graphql", "type-graphql"],
  natives: {
    Resolver: resolver,
    ...Object.fromEntries(["Query", "Mutation", "Subscription"].map((name) => [name, resolves(name)])),
    ...alike(["ResolveField", "FieldResolver", "ResolveProperty"], resolves("Own")),
    ...alike(["Args", "Arg"], args),
    ...alike(["Parent", "Root"], parameter("parent")),
    ...alike(["Context", "Ctx"], parameter("context")),
    Info: parameter("info"),
    Field: field,
    // `GqlExecutionContext.create(context).getArgs()`: the same context.
    "GqlExecutionContext.create": (call) => arg(call.args, 0),
  },
};
