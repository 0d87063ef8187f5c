/**
 * HTML in a text, to elements: tags, attributes, comments, void elements. It is read as it is written by people; what a browser makes of
 * broken nesting is not looked for. Offsets are those of the text.
 */
import type { Attribute, Element } from "./element.js";

const TAG = /<!--[^]*?(?:-->|$)|<(\/?)([a-zA-Z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/g;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const VOID: ReadonlySet<string> = new Set([
  "area",
  "base",
  "br",
  "col",
  "embed",
  "hr",
  "img",
  "input",
  "link",
  "meta",
  "source",
  "track",
  "wbr",
]);
/** Their content is no text that anybody reads. */
const RAW = /<(script|style)\b[^>]*>[^]*?<\/\1\s*>/gi;

type Open = { -readonly [Key in keyof Element]: Element[Key] } & { readonly children: (Element | string)[] };

/** The outermost elements; `offset` is where the text begins in its file. */
export function elementsOf(html: string, offset: number): Element[] {
  const text = html.replace(RAW, (raw) => " ".repeat(raw.length));
  const root = open("", new Map(), 0, 0);
  const stack: Open[] = [root];
  let last = 0;
  for (const match of text.matchAll(TAG)) {
    addText(stack.at(-1)!, text.slice(last, match.index));
    last = match.index + match[0].length;
    const [all, closing, name] = match;
    if (name === undefined) continue;
    const tag = name.toLowerCase();
    if (closing === "/") {
      const depth = stack.findLastIndex((element) => element.tag === tag);
      if (depth > 0) for (const element of stack.splice(depth)) element.end = offset + last;
      continue;
    }
    const element = open(tag, attributesOf(match[3] ?? ""), offset + match.index, offset + last);
    stack.at(-1)!.children.push(element);
    if (!VOID.has(tag) && !all.endsWith("/>")) stack.push(element);
  }
  addText(stack.at(-1)!, text.slice(last));
  return root.children.filter((child) => typeof child !== "string");
}

const open = (tag: string, attributes: ReadonlyMap<string, Attribute>, at: number, end: number): Open => ({
  tag,
  attributes,
  spreads: [],
  children: [],
  at,
  end,
});

function addText(element: Open, text: string): void {
  if (text.trim() !== "") element.children.push(decoded(text));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", rsquo: "’" };

const decoded = (text: string): string => text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole).replace(/&#39;/g, "'");

function attributesOf(text: string): Map<string, Attribute> {
  const out = new Map<string, Attribute>();
  for (const [, name = "", double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const value = decoded(double ?? single ?? bare ?? "");
    const [, isBound, plain = ""] = /^([.?])?(.*)$/.exec(name.toLowerCase())!;
    // Lit's properties and boolean attributes, `?checked=${on}`: there where what is put in is true, which only a constant tells.
    if (isBound === undefined) out.set(plain, { k: "text", text: value });
    else if (value.trim() === "true") out.set(plain, { k: "text", text: "" });
  }
  return out;
}
