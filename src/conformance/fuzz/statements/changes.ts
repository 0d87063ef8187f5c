/** Statements that change what is there: assignments, mutations, deletions. */
import { key } from "../access.js";
import { fresh, ofKind, ofType, withoutWaiting, type Context, type Variable } from "../context.js";
import { expression, leaf } from "../expression.js";
import { form, type Form } from "../form.js";
import { NUMBER, show, STRING, type Prop } from "../types.js";

const mutable = (g: Context): Variable[] => g.vars.filter((v) => v.mutable);
const mutableTexts = (g: Context): Variable[] => ofType(g, STRING).filter((v) => v.mutable);

interface Place {
  readonly text: string;
  readonly prop: Prop;
}

/** Properties that can be written. */
const places = (g: Context): Place[] =>
  g.vars.flatMap(({ name, type }): Place[] => {
    if (type.k === "record") {
      return type.props.flatMap((prop) => [
        { text: `${name}.${prop.name}`, prop },
        ...(prop.type.k === "record" && prop.optional !== true
          ? prop.type.props.map((below) => ({ text: `${name}.${prop.name}.${below.name}`, prop: below }))
          : []),
      ]);
    }
    if (type.k === "instance") return type.of.writable.map((prop) => ({ text: `${name}.${prop.name}`, prop }));
    if (type.k === "class")
      return type.of.statics.filter((prop) => prop.type.k !== "function").map((prop) => ({ text: `${name}.${prop.name}`, prop }));
    return [];
  });

/** A property of a variable itself. */
const isDirect = (place: Place): boolean => place.text.split(".").length === 2 && !place.text.startsWith("this.");
const optional = (g: Context): Place[] => places(g).filter((place) => place.prop.optional === true);

/** Statement forms on the variables of some kinds. */
function on(
  name: string,
  weight: number,
  kind: "array" | "map" | "set" | "dict",
  write: (g: Context, v: Variable & { type: { of: Variable["type"] } }) => string,
): Form<undefined> {
  return form(
    name,
    weight,
    (g) => write(g, g.choices.one(ofKind(g, kind))),
    (g) => ofKind(g, kind).length > 0,
  );
}

export const CHANGES: readonly Form<undefined>[] = [
  form(
    "assign",
    14,
    (g) => {
      const v = g.choices.one(mutable(g));
      return `${v.name} = ${expression(g, v.type)};`;
    },
    (g) => mutable(g).length > 0,
  ),
  form(
    "append",
    5,
    (g) => `${g.choices.one(mutableTexts(g)).name} += ${expression(g, STRING)};`,
    (g) => mutableTexts(g).length > 0,
  ),
  form(
    "assign if",
    3,
    (g) => `${g.choices.one(mutableTexts(g)).name} ${g.choices.one(["||=", "&&=", "??="])} ${expression(g, STRING)};`,
    (g) => mutableTexts(g).length > 0,
  ),
  form(
    "add",
    1,
    (g) => `${g.choices.one(ofType(g, NUMBER).filter((v) => v.mutable)).name} += ${expression(g, NUMBER)};`,
    (g) => ofType(g, NUMBER).some((v) => v.mutable),
  ),
  form(
    "assign property",
    14,
    (g) => {
      const { text, prop } = g.choices.one(places(g));
      return `${text} = ${expression(g, prop.type)};`;
    },
    (g) => places(g).length > 0,
  ),
  form(
    "delete",
    3,
    (g) => `delete ${g.choices.one(optional(g)).text};`,
    (g) => optional(g).length > 0,
  ),
  form(
    "redact",
    3,
    (g) => {
      const v = g.choices.one(ofKind(g, "record"));
      const texts = v.type.props.filter((prop) => prop.type.k === "string").map((prop) => JSON.stringify(prop.name));
      const name = fresh(g, "a");
      return `for (const ${name} of [${texts.join(", ")}] as const) ${v.name}[${name}] = ${g.choices.one(['""', `${v.name}[${name}] + "x"`])};`;
    },
    (g) =>
      ofKind(g, "record").some((v) => v.type.props.some((prop) => prop.type.k === "string")) &&
      ofKind(g, "record").every((v) => v.type.props.some((prop) => prop.type.k === "string")),
  ),
  on("push", 8, "array", (g, v) => `${v.name}.push(${expression(g, v.type.of)});`),
  on("unshift", 2, "array", (g, v) => `${v.name}.unshift(${expression(g, v.type.of)});`),
  on(
    "assign element",
    4,
    "array",
    (g, v) => `${v.name}[${g.choices.one(["0", "1", "choose(2)", `${v.name}.length`])}] = ${expression(g, v.type.of)};`,
  ),
  on("splice", 2, "array", (g, v) => `${v.name}.splice(${g.choices.one(["0, 1", "0, 0", "1, 1"])}, ${expression(g, v.type.of)});`),
  on("shorten", 3, "array", (g, v) => `${v.name}.${g.choices.one(["pop()", "shift()", "reverse()", "length = 0", "sort()"])};`),
  on("fill in place", 1, "array", (g, v) => `${v.name}.fill(${expression(g, v.type.of)});`),
  on("set entry", 6, "map", (g, v) => `${v.name}.set(${key(g)}, ${expression(g, v.type.of)});`),
  on("set entry unless there", 2, "map", (g, v) => `if (!${v.name}.has("k")) ${v.name}.set("k", ${expression(g, v.type.of)});`),
  on("remove entry", 2, "map", (g, v) => `${v.name}.${g.choices.one([`delete(${key(g)})`, "clear()"])};`),
  on("add to set", 4, "set", (g, v) => `${v.name}.add(${expression(g, v.type.of)});`),
  on("clear set", 1, "set", (_, v) => `${v.name}.clear();`),
  on(
    "assign key",
    6,
    "dict",
    (g, v) => `${v.name}[${g.choices.chance(80) ? key(g) : expression(g, STRING)}] = ${expression(g, v.type.of)};`,
  ),
  on("delete key", 2, "dict", (g, v) => `delete ${v.name}[${key(g)}];`),
  on("forEach push", 3, "array", (g, v) => `${expression(g, v.type)}.forEach((x: ${show(v.type.of)}) => { ${v.name}.push(x); });`),
  form(
    "callee that writes",
    5,
    (g) => {
      const { text, prop } = g.choices.one(places(g).filter(isDirect));
      const name = fresh(g, "a");
      const [whole, part] = text.split(".") as [string, string];
      return `((${name}: Pick<typeof ${whole}, "${part}">) => { ${name}.${part} = ${leaf(withoutWaiting(g), prop.type)}; })(${whole});`;
    },
    (g) => places(g).some(isDirect),
  ),
];
