/**
 * SQL text as tokens, and a cursor over them. Never fails: what it does not know is an operator of one character. Where text is put together
 * at run time it has holes: a hole is a word, or part of one.
 */
import { HOLE } from "../../domain/text-pattern.js";

export interface Token {
  /** `name` is quoted; a `word` may be a keyword. `param` stands for the next of the parameters. */
  readonly kind: "word" | "name" | "text" | "number" | "param" | "op";
  /** As it counts: without quotes, words as they are written, operators and punctuation as they are. */
  readonly text: string;
  /** A word in lower case; empty for everything else. */
  readonly word: string;
}

const PATTERN = new RegExp(
  [
    String.raw`(?<skip>\s+|--[^\n]*|/\*[\s\S]*?\*/)`,
    String.raw`(?<text>[eE]?'(?:[^'\\]|''|\\.)*'|\$\$[\s\S]*?\$\$)`,
    String.raw`(?<name>"(?:[^"]|"")+"|\x60[^\x60]+\x60|\[[A-Za-z_][\w ]*\])`,
    String.raw`(?<number>\d+(?:\.\d+)?)`,
    String.raw`(?<word>[A-Za-z_\u0000\u0080-\uffff][\w$\u0000\u0080-\uffff]*)`,
    String.raw`(?<op>->>|->|#>>|#>|::|@>|<@|\|\||\?\||\?&|<=|>=|<>|!=|:=)`,
    String.raw`(?<param>\?|\$\d+)`,
    String.raw`(?<other>[^])`,
  ].join("|"),
  "g",
);

export function tokensOf(sql: string): readonly Token[] {
  const out: Token[] = [];
  for (const { groups } of sql.matchAll(PATTERN)) {
    const g = groups!;
    // `array[1]`, `tags[1]`: no name in brackets.
    const after = out.at(-1);
    if (g["name"]?.startsWith("[") === true && after?.kind === "word" && !BEFORE_NAME.has(after.word))
      out.push({ kind: "op", text: "[", word: "" }, ...tokensOf(g["name"].slice(1)));
    else if (g["name"] !== undefined) out.push({ kind: "name", text: g["name"].slice(1, -1).replaceAll('""', '"'), word: "" });
    else if (g["text"] !== undefined)
      out.push({ kind: "text", text: g["text"].replace(/^[eE]?'|'$|^\$\$|\$\$$/g, "").replaceAll("''", "'"), word: "" });
    else if (g["number"] !== undefined) out.push({ kind: "number", text: g["number"], word: "" });
    else if (g["word"] !== undefined) out.push({ kind: "word", text: g["word"], word: g["word"].toLowerCase() });
    else if (g["param"] !== undefined) out.push({ kind: "param", text: "?", word: "" });
    else if (g["skip"] === undefined) out.push({ kind: "op", text: g["op"] ?? g["other"]!, word: "" });
  }
  return out;
}

/** Words before which brackets quote a name (as in SQL Server). */
const BEFORE_NAME = new Set("select from join into update table as by on and or where set".split(" "));

/** Is it not known in whole: a fragment put in at run time, or a name that holds one? */
export const isOpen = (token: Token | undefined): boolean => token !== undefined && token.kind !== "text" && token.text.includes(HOLE);

/** A place in a list of tokens. */
export interface Cursor {
  readonly tokens: readonly Token[];
  at: number;
  /** Parameters passed so far. */
  params: number;
}

export const cursorOn = (sql: string): Cursor => ({ tokens: tokensOf(sql), at: 0, params: 0 });

export const peek = (c: Cursor, ahead = 0): Token | undefined => c.tokens[c.at + ahead];

export const isOp = (c: Cursor, text: string, ahead = 0): boolean => peek(c, ahead)?.kind === "op" && peek(c, ahead)?.text === text;

export const isWord = (c: Cursor, ...words: readonly string[]): boolean => words.includes(peek(c)?.word || "\0");

export function next(c: Cursor): Token | undefined {
  const token = c.tokens[c.at++];
  if (token?.kind === "param") c.params++;
  return token;
}

/** Passes a word, or an operator, if it is there. */
export function accept(c: Cursor, what: string): boolean {
  const token = peek(c);
  if (token === undefined || !(token.word === what || (token.kind === "op" && token.text === what))) return false;
  next(c);
  return true;
}

/** Passes what is in parentheses, the opening one included. */
export function skipGroup(c: Cursor): void {
  let depth = 0;
  for (let token = next(c); token !== undefined; token = next(c)) {
    if (token.kind !== "op") continue;
    if (token.text === "(") depth++;
    else if (token.text === ")" && --depth === 0) return;
  }
}

/** Passes everything up to one of some words, or to a comma or closing parenthesis, that is in no parentheses of its own. */
export function skipTo(c: Cursor, words: ReadonlySet<string>, comma = false): void {
  for (let token = peek(c); token !== undefined; token = peek(c)) {
    if (words.has(token.word) || (token.kind === "op" && (token.text === ")" || token.text === ";" || (comma && token.text === ","))))
      return;
    if (isOp(c, "(")) skipGroup(c);
    else next(c);
  }
}
