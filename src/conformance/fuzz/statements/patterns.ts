/** Destructuring. */
import { key } from "../access.js";
import { declare, fresh, ofType, type Context } from "../context.js";
import { expression, leaf } from "../expression.js";
import { form, type Form } from "../form.js";
import { someType } from "../some-type.js";
import { array, dict, show, STRING, type RecordType, type Type } from "../types.js";

/** A pattern for the type; declares what it binds. */
export function pattern(g: Context, type: Type, levels = 2): string {
  if (levels > 0 && type.k === "record") return recordPattern(g, type, levels);
  if (levels > 0 && type.k === "array")
    return `[${withDefault(g, type.of, levels)}${g.choices.chance(40) ? `, ...${bound(g, type)}` : ""}]`;
  if (levels > 0 && type.k === "tuple")
    return `[${type.items.map((item) => (g.choices.chance(20) ? "" : pattern(g, item, levels - 1))).join(", ")}${g.choices.chance(10) ? ", ...[]" : ""}]`;
  return bound(g, type);
}

function bound(g: Context, type: Type): string {
  const name = fresh(g, "v");
  declare(g, name, type);
  return name;
}

/** With what stands in for a value that is missing. */
const withDefault = (g: Context, type: Type, levels: number): string => {
  const value = leaf(g, type);
  return `${pattern(g, type, levels - 1)} = ${value}`;
};

function recordPattern(g: Context, type: RecordType, levels: number): string {
  const parts = type.props
    .filter(() => g.choices.chance(60))
    .map((prop) => {
      const name = g.choices.chance(15) ? `["${prop.name}"]` : prop.name;
      return `${name}: ${prop.optional === true || g.choices.chance(20) ? withDefault(g, prop.type, levels) : pattern(g, prop.type, levels - 1)}`;
    });
  if (g.choices.chance(30)) {
    const rest = fresh(g, "v");
    const left: RecordType = { k: "record", name: `Partial<${type.name}>`, props: type.props.map((prop) => ({ ...prop, optional: true })) };
    declare(g, rest, left);
    parts.push(`...${rest}`);
  }
  return `{ ${parts.join(", ")} }`;
}

const structured = (type: Type): boolean => type.k === "record" || type.k === "array" || type.k === "tuple";

export const PATTERNS: readonly Form<undefined>[] = [
  form("destructure", 10, (g) => {
    const type = someType(g, structured);
    if (!structured(type)) return `train(${fresh(g, "")}, "n");`;
    const value = expression(g, type);
    return `const ${pattern(g, type)} = ${type.k === "tuple" ? `(${value} as ${show(type)})` : value};`;
  }),
  form("destructure by computed key", 3, (g) => {
    const value = expression(g, dict(STRING));
    const k = key(g);
    const name = fresh(g, "v");
    declare(g, name, STRING);
    return `const { [${k}]: ${name} = "" }: Record<string, string> = ${value};`;
  }),
  form(
    "swap",
    3,
    (g) => {
      const texts = ofType(g, STRING).filter((v) => v.mutable);
      const [a, b] = [g.choices.one(texts).name, g.choices.one(texts).name];
      return `[${a}, ${b}] = [${b}, ${a}];`;
    },
    (g) => ofType(g, STRING).filter((v) => v.mutable).length > 1,
  ),
  form(
    "assign by pattern",
    3,
    (g) => {
      const name = g.choices.one(ofType(g, STRING).filter((v) => v.mutable)).name;
      const value = expression(g, array(STRING));
      return `[${name} = "n"] = ${value};`;
    },
    (g) => ofType(g, STRING).some((v) => v.mutable),
  ),
];
