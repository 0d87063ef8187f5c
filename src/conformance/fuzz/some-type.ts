/** Types drawn at random from those that a program can name. */
import { ofKind, type Context } from "./context.js";
import { array, BOOLEAN, dict, fn, NUMBER, promise, STRING, VOID, type Type } from "./types.js";

/** A type that fits; texts are the most frequent. */
export function someType(g: Context, fits: (type: Type) => boolean = () => true, depth = 2): Type {
  const of = (): Type => someType(g, fits, depth - 1);
  const tries: readonly [weight: number, make: () => Type][] = [
    [10, () => STRING],
    [8, () => g.choices.one(g.shared.records)],
    [2, () => NUMBER],
    [1, () => BOOLEAN],
    ...(depth <= 0
      ? []
      : ([
          [6, () => array(of())],
          [2, () => ({ k: "map", of: of() })],
          [2, () => ({ k: "set", of: of() })],
          [3, () => dict(of())],
          [2, () => ({ k: "tuple", items: [of(), of()] })],
          [4, () => functionType(g, depth)],
          [g.shared.concurrent ? 2 : 0, () => promise(of())],
          [2, () => ({ k: "iterable", of: of() })],
          [1, () => ({ k: "stream", of: of() })],
        ] satisfies [number, () => Type][])),
    ...ofKind(g, "class").map((v): [number, () => Type] => [2, () => ({ k: "instance", of: v.type.of })]),
  ];
  for (let attempt = 0; attempt < 8; attempt++) {
    const type = g.choices.weighted(tries.map(([weight, make]) => ({ weight, make }))).make();
    if (fits(type)) return type;
  }
  return STRING;
}

/** A function of up to two parameters, which may return nothing. */
export function functionType(g: Context, depth = 2): Type & { k: "function" } {
  const params = Array.from({ length: g.choices.below(3) }, () => someType(g, undefined, depth - 1));
  const result = g.choices.chance(15) ? VOID : someType(g, undefined, depth - 1);
  return fn(params, result.k !== "promise" && g.choices.chance(10) ? promise(result) : result);
}
