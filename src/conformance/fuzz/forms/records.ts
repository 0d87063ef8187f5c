/** Objects of an interface. */
import { deeper, detached, fresh, withoutWaiting, type Context } from "../context.js";
import { expression, leaf, literal } from "../expression.js";
import { form, type Form } from "../form.js";
import { isJson, show, type Prop, type RecordType, type Type } from "../types.js";

const propsOf = (type: Type): readonly Prop[] => (type as RecordType).props;
const required = (type: Type): Prop[] => propsOf(type).filter((prop) => prop.optional !== true);

/** `name: value`, in one of the ways to write that. */
function property(g: Context, prop: Prop): string {
  const roll = g.choices.below(20);
  if (roll === 17) return `get ${prop.name}(): ${show(prop.type)} { return ${expression(detached(g), prop.type)}; }`;
  if (roll === 18) return `["${prop.name}"]: ${expression(g, prop.type)}`;
  if (roll === 19 && prop.type.k === "function" && prop.type.returns.k !== "promise") {
    const names = prop.type.params.map((type) => `${fresh(g, "a")}: ${show(type)}`);
    const result = prop.type.returns.k === "void" ? "" : `return ${expression(detached(g), prop.type.returns)};`;
    return `${prop.name}(${names.join(", ")}): ${show(prop.type.returns)} { ${result} }`;
  }
  return `${prop.name}: ${expression(g, prop.type)}`;
}

const some = (g: Context, props: readonly Prop[], percent: number): Prop[] => props.filter(() => g.choices.chance(percent));

/** `{ … }` with all required properties and some others. */
function newObject(g: Context, type: Type): string {
  const props = [
    ...required(type),
    ...some(
      g,
      propsOf(type).filter((prop) => prop.optional),
      60,
    ),
  ];
  return `{ ${props.map((prop) => property(g, prop)).join(", ")} }`;
}

/** Changes to some properties: `a: …, b: …`. */
const changes = (g: Context, type: Type): string =>
  some(g, propsOf(type), 50)
    .map((prop) => property(deeper(g), prop))
    .join(", ");

const leading = (text: string): string => (text === "" ? "" : `${text}, `);

export const RECORDS: readonly Form<Type>[] = [
  form("object literal", 12, newObject),
  form("nearly empty object", 2, literal),
  form("spread, then properties", 7, (g, type) => `{ ...${expression(g, type)}, ${changes(g, type)} }`),
  form("properties, then spread", 3, (g, type) =>
    `{ ${leading(changes(g, type))}...${expression(g, type)} } as ${show(type)}`.replace(/^(.*)$/su, "($1)"),
  ),
  form("two spreads", 2, (g, type) => `{ ...${expression(g, type)}, ...${expression(g, type)} }`),
  form(
    "conditional spread",
    3,
    (g, type) => `{ ...${expression(g, type)}, ...(${g.choices.one(["input()", "!input()"])} ? { ${changes(g, type)} } : {}) }`,
  ),
  form("Object.assign", 3, (g, type) => `Object.assign({}, ${expression(g, type)}, { ${changes(g, type)} })`),
  form("Object.assign in place", 2, (g, type) => `Object.assign(${expression(g, type)}, { ${changes(g, type)} })`),
  form("Object.freeze", 2, (g, type) => `Object.freeze(${expression(g, type)})`),
  form("Object.create", 1, (g, type) => `(Object.create(${expression(g, type)}) as ${show(type)})`),
  form(
    "JSON round trip",
    4,
    (g, type) => `(JSON.parse(JSON.stringify(${expression(g, type)})) as ${show(type)})`,
    (_, type) => isJson(type),
  ),
  form(
    "structuredClone",
    2,
    (g, type) => `structuredClone(${expression(g, type)})`,
    (_, type) => isJson(type),
  ),
  form("through entries", 3, (g, type) => {
    const [k, v, left] = [fresh(g, "a"), fresh(g, "a"), g.choices.one(propsOf(type))];
    const step = g.choices.one([
      "",
      `.filter(([${k}]) => ${k} !== "${left.name}")`,
      `.map(([${k}, ${v}]) => [${k}, ${k} === "${left.name}" ? ${leaf(withoutWaiting(g), left.type)} : ${v}] as const)`,
    ]);
    return `(Object.fromEntries(Object.entries(${expression(g, type)})${step}) as unknown as ${show(type)})`;
  }),
  form("omitted by rest", 3, (g, type) => {
    const [name, rest] = [fresh(g, "a"), fresh(g, "a")];
    const prop = g.choices.one(propsOf(type));
    const back = `${prop.name}: ${g.choices.one([expression({ ...withoutWaiting(g), depth: Math.min(g.depth, 1) }, prop.type), name])}`;
    return `((({ ${prop.name}: ${name}, ...${rest} }: ${show(type)}): ${show(type)} => ({ ...${rest}, ${back} } as ${show(type)}))(${expression(g, type)}))`;
  }),
  form("defineProperty", 2, (g, type) => {
    const prop = g.choices.one(propsOf(type));
    const value = expression(withoutWaiting(g), prop.type);
    const how = g.choices.one([`value: ${value}, enumerable: true`, `get: () => (${value}), enumerable: true, configurable: true`]);
    return `Object.defineProperty({ ...${expression(g, type)} }, "${prop.name}", { ${how} })`;
  }),
  form("made step by step", 3, (g, type) => {
    const name = fresh(g, "a");
    const sets = required(type).map((prop) => `${name}.${prop.name} = ${expression(withoutWaiting(g), prop.type)};`);
    return `((): ${show(type)} => { const ${name} = {} as ${show(type)}; ${sets.join(" ")} return ${name}; })()`;
  }),
];
