/** `__GDPR__` comments: JSON behind a tag, `"eventName" : { … }`. Which words they may hold, and what they include, is read later. */
import type ts from "typescript";
import type { LinkedFile } from "../../link/modules.js";
import type { Tell, Word } from "./annotation.js";

export interface Annotation {
  /** An event, a part of events, or a property of all events. */
  readonly kind: "event" | "fragment" | "common";
  readonly name: Word;
  readonly body: Json;
}

/** A value of the comment's JSON, each with its offset in the file. */
export interface Json {
  readonly at: number;
  readonly text?: string;
  readonly items?: readonly Json[];
  readonly entries?: readonly (readonly [name: Word, value: Json])[];
}

const KINDS = { __GDPR__: "event", __GDPR__FRAGMENT__: "fragment", __GDPR__COMMON__: "common" } as const;

const COMMENT = /\/\*\s*(__GDPR__(?:FRAGMENT__|COMMON__)?)(?!\w)([^]*?)\*\/|\/\/[ \t]*(__GDPR__(?:FRAGMENT__|COMMON__)?)(?!\w)(.*)/g;

/** The annotations of a file, in its order. What is no JSON, or names nothing, is told and left out. */
export function annotationsIn(compiler: typeof ts, file: LinkedFile, source: ts.SourceFile, tell: Tell): Annotation[] {
  return [...source.text.matchAll(COMMENT)].flatMap((match) => {
    if (isInText(compiler, source, match.index)) return [];
    const tag = match[1] ?? match[3]!;
    const body = match[2] ?? match[4]!;
    const at = match.index + match[0].indexOf(tag);
    const value = unlessTooDeep(() => readJson(compiler, file, body, at + tag.length, tell), file, at, tell);
    if (value === undefined) return [];
    const [first, second] = value.entries ?? [];
    if (first === undefined || second !== undefined || first[1].entries === undefined) {
      const where = first !== undefined && second !== undefined ? second[0].at : at;
      tell(file, where, `\`${tag}\` describes one thing, as \`"name" : { … }\``, "write a comment for each");
      return [];
    }
    return [{ kind: KINDS[tag as keyof typeof KINDS], name: first[0], body: first[1] }];
  });
}

/** The parser goes down as deep as the text does. */
function unlessTooDeep<Value>(read: () => Value, file: LinkedFile, at: number, tell: Tell): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    tell(file, at, "the comment is nested too deeply to be read", 'write `"event" : { "property" : { … } }`');
    return undefined;
  }
}

/** Is the offset in a string or a template? */
function isInText(compiler: typeof ts, source: ts.SourceFile, offset: number): boolean {
  let at: ts.Node = source;
  for (;;) {
    const inside: ts.Node | undefined = compiler.forEachChild(at, (node) => (node.pos <= offset && offset < node.end ? node : undefined));
    if (inside === undefined) break;
    at = inside;
  }
  const isText = compiler.isStringLiteralLike(at) || compiler.isTemplateHead(at) || compiler.isTemplateMiddleOrTemplateTail(at);
  return (isText || compiler.isJsxText(at)) && at.getStart(source) <= offset;
}

/** `text` without its braces, which begins at the offset `from`. Undefined, and told, when it is no JSON. */
function readJson(compiler: typeof ts, file: LinkedFile, text: string, from: number, tell: Tell): Json | undefined {
  const json = compiler.parseJsonText("comment.json", `{${text}}`);
  const shift = from - 1;
  const [wrong] = (json as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
  const fail = (at: number, what: string): void => {
    tell(file, Math.min(at + shift, from + text.length), `the comment is no JSON: ${what}`, 'write `"event" : { "property" : { … } }`');
  };
  if (wrong !== undefined) {
    fail(wrong.start, compiler.flattenDiagnosticMessageText(wrong.messageText, " "));
    return undefined;
  }
  const [statement] = json.statements;
  return statement === undefined ? undefined : read(statement.expression);

  function read(node: ts.Expression): Json | undefined {
    const at = node.getStart(json) + shift;
    if (compiler.isObjectLiteralExpression(node)) {
      const entries: (readonly [Word, Json])[] = [];
      for (const property of node.properties) {
        if (!compiler.isPropertyAssignment(property) || !compiler.isStringLiteral(property.name)) {
          fail(property.getStart(json), "a name in quotes is expected");
          return undefined;
        }
        const value = read(property.initializer);
        if (value === undefined) return undefined;
        entries.push([{ file, at: property.name.getStart(json) + shift, text: property.name.text }, value]);
      }
      return { at, entries };
    }
    if (compiler.isArrayLiteralExpression(node)) {
      const items = node.elements.map(read);
      return items.every((item) => item !== undefined) ? { at, items } : undefined;
    }
    return compiler.isStringLiteral(node) ? { at, text: node.text } : { at };
  }
}
