/** Texts and numbers. */
import { access, key } from "../access.js";
import { fresh, type Context } from "../context.js";
import { expression, leaf, literal } from "../expression.js";
import { form, type Form } from "../form.js";
import { lambda } from "../lambda.js";
import { BOOLEAN, NUMBER, STRING, array, dict, fn, isJson, type Type } from "../types.js";
import { someType } from "../some-type.js";

const text = (g: Context): string => expression(g, STRING);
const texts = (g: Context): string => expression(g, array(STRING));

/** Methods that keep the text, or parts of it. */
const METHODS = [
  "toUpperCase()",
  "trim()",
  "slice(0, 3)",
  "substring(1)",
  "padEnd(9)",
  "charAt(1)",
  "repeat(2)",
  'normalize("NFC")',
  'replace("k", "j")',
  "at(0)!",
  "toString()",
  'split("")[0]!',
  'split("-").join("+")',
  'split("").reverse().join("")',
];

export const STRINGS: readonly Form<Type>[] = [
  form("literal", 4, (g) => literal(g, STRING)),
  form(
    "template",
    8,
    (g) => `\`${g.choices.one(["", "x ", "n: "])}\${${text(g)}} \${${expression(g, g.choices.chance(80) ? STRING : NUMBER)}}\``,
  ),
  form("concatenation", 6, (g) => `(${text(g)} + ${text(g)})`),
  form("string method", 8, (g) => `${text(g)}.${g.choices.one(METHODS)}`),
  form("concat", 2, (g) => `${text(g)}.concat(${text(g)})`),
  form("replace with callback", 3, (g) => `${text(g)}.replace(/./gu, ${lambda(g, fn([STRING], STRING))})`),
  form("replaceAll with text", 2, (g) => `${text(g)}.replaceAll("n", ${text(g)})`),
  form("join", 5, (g) => `${texts(g)}.join("-")`),
  form("reduce to text", 4, (g) => `${texts(g)}.reduce(${lambda(g, fn([STRING, STRING], STRING))}, ${leaf(g, STRING)})`),
  form("reduceRight", 1, (g) => `${texts(g)}.reduceRight(${lambda(g, fn([STRING, STRING], STRING))}, ${leaf(g, STRING)})`),
  form("JSON.stringify", 4, (g) => {
    const type = someType(g, isJson);
    return `JSON.stringify(${expression(g, type)})`;
  }),
  form("JSON.stringify with keys", 1, (g) => `JSON.stringify(${expression(g, dict(STRING))}, ["k"])`),
  form("String()", 2, (g) => `String(${expression(g, g.choices.one([STRING, NUMBER]))})`),
  form("URI", 2, (g) => `${g.choices.one(["encodeURIComponent", "encodeURI"])}(${text(g)})`),
  form("Object.keys", 2, (g) => `Object.keys(${expression(g, dict(STRING))}).join()`),
  form("Object.values", 3, (g) => `Object.values(${expression(g, dict(STRING))}).join()`),
  form("spread characters", 1, (g) => `[...${text(g)}].join("")`),
  form("find", 3, (g) => `(${texts(g)}.find(${lambda(g, fn([STRING], BOOLEAN))}) ?? ${leaf(g, STRING)})`),
  form("dynamic property", 3, (g) => `(${expression(g, dict(STRING))}[${key(g)}] ?? "")`),
  form("tagged template", 2, (g) => {
    const [parts, values] = [fresh(g, "a"), fresh(g, "a")];
    return `((${parts}: TemplateStringsArray, ...${values}: string[]): string => ${parts}.join("") + ${values}.join())\`t \${${text(g)}}!\``;
  }),
  form("error message", 2, (g) => `new Error(${text(g)}).message`),
];

export const NUMBERS: readonly Form<Type>[] = [
  form("number literal", 3, (g) => literal(g, NUMBER)),
  form("sum", 4, (g) => `(${expression(g, NUMBER)} + ${expression(g, NUMBER)})`),
  form("Math.max", 2, (g) => `Math.max(${expression(g, NUMBER)}, ${expression(g, NUMBER)})`),
  form("Number()", 2, (g) => `Number(String(${expression(g, NUMBER)}))`),
  form("length", 2, (g) => `${text(g)}.length`),
  form("sum of list", 2, (g) => `${expression(g, array(NUMBER))}.reduce((x, y) => x + y, 0)`),
  form("negation", 1, (g) => `(-${access(g, NUMBER) ?? "1"})`),
];
