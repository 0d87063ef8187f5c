/** Ways from the variables in scope to a value of a type: properties, elements, entries, calls. */
import { afford, UNKNOWN_COST, type Context, type Variable } from "./context.js";
import { expression, leaf } from "./expression.js";
import { same, type FunctionType, type Type } from "./types.js";

/** One step from a value to a part of it. */
interface Step {
  readonly to: Type;
  /** The text of the part, from the text of the whole. Where it may be missing, `g` writes what stands in for it. */
  readonly write: (g: Context, whole: string, variable?: Variable) => string;
  readonly await?: boolean;
  readonly cost?: number;
}

/** Keys of maps and dictionaries. */
export const KEYS = ["k", "j", "m"] as const;
const LONGEST = 3;

function steps(type: Type): Step[] {
  switch (type.k) {
    case "record":
      return type.props.map((prop) => ({
        to: prop.type,
        write: (g, whole) => {
          const text = g.choices.chance(10) ? `${whole}["${prop.name}"]` : `${whole}.${prop.name}`;
          return prop.optional === true ? orElse(g, text, prop.type) : text;
        },
      }));
    case "array":
      return [
        {
          to: type.of,
          write: (g, whole) => orElse(g, g.choices.one([`${whole}[0]`, `${whole}.at(-1)`, `${whole}[1]`, `${whole}[choose(2)]`]), type.of),
        },
      ];
    case "tuple":
      return type.items.map((to, i) => ({ to, write: (_, whole) => `${whole}[${i}]` }));
    case "map":
      return [{ to: type.of, write: (g, whole) => orElse(g, `${whole}.get(${key(g)})`, type.of) }];
    case "dict":
      return [{ to: type.of, write: (g, whole) => orElse(g, `${whole}[${key(g)}]`, type.of) }];
    case "set":
    case "iterable":
      return [{ to: type.of, write: (g, whole) => orElse(g, `[...${whole}][0]`, type.of) }];
    case "promise":
      return [{ to: type.of, await: true, write: (_, whole) => `(await ${whole})` }];
    case "function":
      return [{ to: type.returns, cost: UNKNOWN_COST, write: (g, whole) => `${whole}(${args(g, type)})` }];
    case "instance":
      return [
        ...type.of.fields.map((prop): Step => ({ to: prop.type, write: (_, whole) => `${whole}.${prop.name}` })),
        ...type.of.methods.map(({ name, type: method }): Step => ({
          to: method.returns,
          cost: UNKNOWN_COST,
          write: (g, whole) => `${whole}.${name}(${args(g, method)})`,
        })),
      ];
    case "class":
      return type.of.statics.map((prop) => ({ to: prop.type, write: (_, whole) => `${whole}.${prop.name}` }));
    default:
      return [];
  }
}

/** Arguments for a call; sometimes spread from a list. */
export function args(g: Context, type: FunctionType): string {
  const inner = { ...g, depth: g.depth - 1 };
  const written = type.params.map((param) => expression(inner, param));
  return written.length > 0 && g.choices.chance(5) ? `...([${written.join(", ")}] as const)` : written.join(", ");
}

/** A key of a map: one of the constants, mostly. */
export const key = (g: Context): string =>
  g.choices.chance(12) ? `[${KEYS.map((k) => JSON.stringify(k)).join(", ")}][choose(3)]!` : JSON.stringify(g.choices.one(KEYS));

/** `text`, or something else of its type where it may be undefined. */
const orElse = (g: Context, text: string, type: Type): string =>
  g.choices.chance(75) ? `(${text} ?? ${g.depth > 1 ? expression({ ...g, depth: 1 }, type) : leaf(g, type)})` : `${text}!`;

interface Way {
  readonly variable: Variable;
  readonly steps: readonly Step[];
}

/** All ways to the type, the shortest first. */
function ways(g: Context, to: Type): Way[] {
  const found: Way[] = [];
  let front: { readonly way: Way; readonly type: Type }[] = [...g.vars]
    .reverse()
    .map((variable) => ({ way: { variable, steps: [] }, type: variable.type }));
  for (let length = 0; length <= LONGEST; length++) {
    for (const { way, type } of front) if (same(type, to)) found.push(way);
    front = front.flatMap(({ way, type }) =>
      steps(type)
        .filter((step) => step.to.k !== "void" && (step.await !== true || g.inside.async))
        .map((step) => ({ way: { ...way, steps: [...way.steps, step] }, type: step.to })),
    );
  }
  return found;
}

/** A variable or a part of one that has the type; undefined when there is none. */
export function access(g: Context, type: Type): string | undefined {
  const found = ways(g, type);
  if (found.length === 0) return undefined;
  const { variable, steps: taken } = g.choices.one(found);
  const cost = taken.reduce((sum, step) => sum + (step.cost === undefined ? 0 : Math.max(step.cost, variable.cost)), 0);
  if (cost > 0 && (g.depth <= 0 || !afford(g, cost))) return undefined;
  return taken.reduce((text, step) => step.write(g, text), variable.name);
}
