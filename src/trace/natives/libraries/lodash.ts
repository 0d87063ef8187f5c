/** lodash, whole, by function (`lodash/pick`, `lodash.pick`) and as ES modules: https://lodash.com/docs; underscore, where it is the same. */
import { joinSlot, objectsOf } from "../../domain/heap.js";
import {
  ANY_BOOLEAN,
  ANY_NUMBER,
  ANY_STRING,
  BOTTOM,
  exact,
  isBottom,
  join,
  joinAll,
  ofRef,
  stringOf,
  UNDEFINED,
  type Value,
} from "../../domain/value.js";
import { allArgs, arg, argLabels, callValue, hasArg } from "../../machine/call.js";
import { make, type FunctionData, type Native, type NativeCall } from "../../machine/machine.js";
import { setAny, setProp } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { argsFrom, bindTo } from "../function.js";
import type { NativeModule } from "../index.js";
import { exactlyOrAny, OBJECTS } from "./lodash-objects.js";
import { at, nativeValue } from "../support.js";
import { anyElement, anyOf, apply, elements, exactly } from "./lodash-support.js";
import { labelsOfKey } from "../../machine/deep.js";

/** Calls the iteratee on each element; the result does not matter. */
const visit = (call: NativeCall): void => {
  if (hasArg(call.args, 1)) for (const x of elements(call, arg(call.args, 0)).list) apply(call, arg(call.args, 1), x, arg(call.args, 0));
};

/** The same elements: some of them, in another order. */
const subset: Native = (call) => {
  visit(call);
  return anyOf(call, anyElement(call, arg(call.args, 0)));
};
const one: Native = (call) => {
  visit(call);
  return join(anyElement(call, arg(call.args, 0)), UNDEFINED);
};
const gathered: Native = (call) => anyOf(call, joinAll(allArgs(call.args).map((v) => anyElement(call, v))));
const flat =
  (depth: number): Native =>
  (call) => {
    let v = arg(call.args, 0);
    for (let i = 0; i < depth; i++) {
      let next: Value = BOTTOM;
      for (const x of elements(call, v).list) {
        const lists = objectsOf(call.m.heap, x.value).filter((o) => o.kind === "array");
        next = join(next, { ...x.value, refs: x.value.refs.filter((r) => !lists.some((l) => l.id === r)) });
        for (const l of lists) next = join(next, anyElement(call, ofRef(l.id)));
      }
      v = anyOf(call, next, `flat${i}`);
    }
    return v;
  };

const map: Native = (call) => exactlyOrAny(call, (x) => apply(call, arg(call.args, 1), x, arg(call.args, 0)));

const forEach: Native = (call) => {
  visit(call);
  return arg(call.args, 0);
};

const flatMap: Native = (call) => flat(1)({ ...call, args: { list: [map(call)], rest: null } });

/** Objects from elements, under a key that the iteratee gives. */
const keyed =
  (value: (call: NativeCall, v: Value) => Value): Native =>
  (call) => {
    const out = make(call.m, "object", at(call, "by"));
    for (const x of elements(call, arg(call.args, 0)).list) {
      const key = apply(call, arg(call.args, 1), x, arg(call.args, 0));
      const v = value(call, x.value);
      for (const c of key.consts) joinSlot(call.m.heap, out, String(c), v);
      if (key.consts.length === 0) setAny(call.m, out, v, labelsOfKey(call.m, key));
    }
    return ofRef(out.id);
  };

const reduce: Native = (call) => {
  let acc = hasArg(call.args, 2) ? arg(call.args, 2) : BOTTOM;
  const all = elements(call, arg(call.args, 0));
  // Without knowing the order, or how often: twice round reaches what one turn hands to the next.
  for (let turn = 0; turn < (all.certain ? 1 : 2); turn++)
    for (const x of all.list) {
      const next = isBottom(acc)
        ? x.value
        : callValue(call.m, arg(call.args, 1), UNDEFINED, { list: [acc, x.value, x.key, arg(call.args, 0)], rest: null }, call.site);
      acc = all.certain ? next : join(acc, next);
      if (!call.m.alive) return BOTTOM;
    }
  return isBottom(acc) ? UNDEFINED : acc;
};

const zipObject: Native = (call) => {
  const out = make(call.m, "object", at(call, "zip"));
  const keys = elements(call, arg(call.args, 0));
  const values = elements(call, arg(call.args, 1));
  keys.list.forEach((k, i) => {
    setProp(
      call.m,
      ofRef(out.id),
      k.value,
      keys.certain && values.certain ? (values.list[i]?.value ?? UNDEFINED) : joinAll(values.list.map((x) => x.value)),
      call.site,
    );
  });
  return ofRef(out.id);
};

const chunk: Native = (call) => anyOf(call, anyOf(call, anyElement(call, arg(call.args, 0)), "chunk"));
const partition: Native = (call) => {
  visit(call);
  const v = anyElement(call, arg(call.args, 0));
  return exactly(call, [anyOf(call, v, "yes"), anyOf(call, v, "no")], "both");
};

/** Text made of the arguments' text. */
const text: Native = (call) => stringOf(argLabels(call.m, call.args));
const callThrough: Native = (call) => arg(call.args, 0);
const number: Native = (call) => {
  visit(call);
  return ANY_NUMBER;
};
const truth: Native = (call) => {
  visit(call);
  return ANY_BOOLEAN;
};

/** `flow(a, b)`: a function that hands each result to the next. */
const flow =
  (backwards: boolean): Native =>
  (call) => {
    const steps = allArgs(call.args).flatMap((v) =>
      objectsOf(call.m.heap, v).some((o) => o.kind === "array") ? elements(call, v).list.map((x) => x.value) : [v],
    );
    if (backwards) steps.reverse();
    const run: Native = (inner) =>
      steps.reduce(
        (v: Value, fn, i) => callValue(inner.m, fn, UNDEFINED, i === 0 ? inner.args : { list: [v], rest: null }, inner.site),
        BOTTOM,
      );
    return nativeValue(call.m, call.site, "flow", run);
  };

/** `tap(value, visit)`: the value, with what is done to it. */
const tap: Native = (call) => {
  callValue(call.m, arg(call.args, 1), UNDEFINED, { list: [arg(call.args, 0)], rest: null }, call.site);
  return arg(call.args, 0);
};

/** `transform(object, (result, value, key) => …, result)`: what the iteratee has made of the result. */
const transform: Native = (call) => {
  const { m, site } = call;
  const list = objectsOf(m.heap, arg(call.args, 0)).some((o) => o.kind === "array");
  const result = hasArg(call.args, 2) ? arg(call.args, 2) : ofRef(make(m, list ? "array" : "object", at(call, "result")).id);
  for (const x of elements(call, arg(call.args, 0)).list)
    callValue(m, arg(call.args, 1), UNDEFINED, { list: [result, x.value, x.key, arg(call.args, 0)], rest: null }, site);
  return result;
};

/** `partial(fn, a, b)`, `bind(fn, self, a, b)`: the first arguments are given. */
const partial: Native = (call) => bindTo(call.m, arg(call.args, 0), UNDEFINED, argsFrom(call.args, 1), call);
const bind: Native = (call) => bindTo(call.m, arg(call.args, 0), arg(call.args, 1), argsFrom(call.args, 2), call);

/** `partialRight(fn, y, z)`: the last arguments are given. */
const partialRight: Native = (call) => {
  const { list, rest } = argsFrom(call.args, 1);
  return nativeValue(call.m, call.site, "partialRight", (inner) => {
    const args = { list: [...inner.args.list, ...list], rest: inner.args.rest === null ? rest : join(inner.args.rest, rest ?? BOTTOM) };
    return callValue(inner.m, arg(call.args, 0), inner.self, args, inner.site);
  });
};

/** `curry(fn)`: takes arguments until the function has as many as it has parameters. */
const curry: Native = (call) => {
  const fn = arg(call.args, 0);
  const [sole] = objectsOf(call.m.heap, fn);
  const said = hasArg(call.args, 1) ? exact(arg(call.args, 1)) : (sole?.data as Partial<FunctionData> | undefined)?.code?.fn.params.length;
  if (typeof said !== "number") return fn;
  const taking = (given: readonly Value[]): Value =>
    nativeValue(call.m, call.site, `curry ${given.length}`, (inner) => {
      const list = [...given, ...inner.args.list];
      return list.length >= said || inner.args.rest !== null || inner.args.list.length === 0
        ? callValue(inner.m, fn, inner.self, { list, rest: inner.args.rest }, inner.site)
        : taking(list);
    });
  return said > 1 ? taking([]) : fn;
};

const times: Native = (call) => anyOf(call, callValue(call.m, arg(call.args, 1), UNDEFINED, { list: [ANY_NUMBER], rest: null }, call.site));

const each = (names: string, native: Native): Readonly<Record<string, Native>> =>
  Object.fromEntries(names.split(" ").map((n) => [n, native]));

const FUNCTIONS: Readonly<Record<string, Native>> = {
  ...OBJECTS,
  ...each(
    "filter reject uniq uniqBy uniqWith sortBy orderBy shuffle sampleSize compact take takeRight takeWhile takeRightWhile drop dropRight dropWhile dropRightWhile slice reverse tail initial without difference differenceBy differenceWith intersection intersectionBy pull pullAll remove sortedUniq sortedUniqBy toArray where",
    subset,
  ),
  ...each("find findLast head first last nth sample minBy maxBy min max findKey findWhere", one),
  ...each("concat union unionBy unionWith xor xorBy", gathered),
  // `pluck`, `where`, `findWhere`, `contains` are underscore's.
  ...each("map pluck", map),
  ...each("flatMap", flatMap),
  ...each("flatten", flat(1)),
  ...each("flattenDeep flattenDepth", flat(4)),
  ...each("forEach each forEachRight eachRight forOwn forIn", forEach),
  ...each("reduce reduceRight", reduce),
  groupBy: keyed((call, v) => anyOf(call, v, "group")),
  keyBy: keyed((_call, v) => v),
  countBy: keyed(() => ANY_NUMBER),
  chunk,
  partition,
  zipObject,
  zip: (call) => anyOf(call, anyOf(call, joinAll(allArgs(call.args).map((v) => anyElement(call, v))), "tuple")),
  times,
  flow: flow(false),
  flowRight: flow(true),
  ...each(
    "camelCase snakeCase kebabCase startCase upperCase lowerCase upperFirst lowerFirst capitalize toLower toUpper trim trimStart trimEnd truncate pad padStart padEnd repeat replace deburr escape unescape toString join words split template",
    text,
  ),
  ...each("identity debounce throttle once memoize ary unary negate", callThrough),
  tap,
  transform,
  partial,
  partialRight,
  bind,
  curry,
  ...each("size sum mean random now floor ceil round sumBy meanBy findIndex findLastIndex indexOf lastIndexOf sortedIndex", number),
  ...each(
    "some every includes contains isEqual isEqualWith isMatch isEmpty isNil isNull isUndefined isString isNumber isBoolean isObject isPlainObject isObjectLike isArray isArrayLike isFunction isDate isFinite isInteger isNaN isError isMap isSet isRegExp isSymbol startsWith endsWith inRange hasIn",
    truth,
  ),
  noop: () => UNDEFINED,
  uniqueId: () => ANY_STRING,
  range: (call) => anyOf(call, ANY_NUMBER),
  castArray: (call) => {
    const lists = objectsOf(call.m.heap, arg(call.args, 0)).filter((o) => o.kind === "array");
    const others: Value = { ...arg(call.args, 0), refs: arg(call.args, 0).refs.filter((r) => !lists.some((l) => l.id === r)) };
    return isBottom(others)
      ? arg(call.args, 0)
      : join(exactly(call, [others]), { ...arg(call.args, 0), kinds: 0, consts: [], labels: [], refs: lists.map((l) => l.id) });
  },
  constant: (call) => {
    const v = arg(call.args, 0);
    return nativeValue(call.m, call.site, "constant", () => v);
  },
  toNumber: (call) => ({ ...ANY_NUMBER, labels: argLabels(call.m, call.args) }),
  attempt: (call) => callValue(call.m, arg(call.args, 0), UNDEFINED, { list: call.args.list.slice(1), rest: call.args.rest }, call.site),
  delay: (call) => unknown(call.m, call.site),
};

function match(module: string, path: readonly string[]): Native | undefined {
  const single = /^(?:lodash|lodash-es)\/(?:fp\/)?(\w+?)(?:\.js)?$|^lodash\.(\w+)$/.exec(module);
  if (single !== null && !module.startsWith("lodash/fp")) {
    const wanted = (single[1] ?? single[2]!).toLowerCase();
    const name = Object.keys(FUNCTIONS).find((n) => n.toLowerCase() === wanted);
    return name !== undefined && (path.length === 0 || (path.length === 1 && path[0] === "default")) ? FUNCTIONS[name] : undefined;
  }
  if (module !== "lodash" && module !== "lodash-es" && module !== "underscore") return undefined;
  const rest = path[0] === "default" || path[0] === "_" ? path.slice(1) : path;
  return rest.length === 1 ? FUNCTIONS[rest[0]!] : undefined;
}

/** All of lodash's spellings; they are too many to list. */
export const lodash: NativeModule = { modules: ["*"], natives: {}, match };
