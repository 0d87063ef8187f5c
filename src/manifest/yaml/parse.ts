/** YAML text to a {@link Tree}, with everything that is wrong with it as YAML. */
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, Parser, type CST, type Document, type Node } from "yaml";
import type { Report } from "../problems.js";
import { joinPaths } from "./paths-in-flow.js";
import { syntaxProblem } from "./syntax-problem.js";
import type { Position, Tree } from "./tree.js";

/** What YAML allows in no file, and what stands in the place of bytes that are no UTF-8. */
const NO_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

/** Collections in collections. A manifest needs five; the stack takes some thousands. */
const MAX_DEPTH = 100;

/** Nodes that aliases may add. A manifest of thousands of fields adds none; ten lines of nested aliases add billions. */
const MAX_ALIASED = 10_000;

/**
 * Parses one file. Undefined, with at least one problem reported, when it is no YAML, empty, or a trap: more is expanded by aliases
 * than a manifest can need, an alias inside of what it names, or nesting deeper than the stack. `noun` is what the file should be.
 */
export function parseYaml(source: string, report: Report, noun = "manifest"): Tree | undefined {
  const lines = new LineCounter();
  const odd = NO_TEXT.exec(source);
  if (odd !== null) {
    report(
      "yaml",
      positionIn(source, odd.index),
      "the file is no UTF-8 text",
      `save it as UTF-8, or correct the path if it is no ${noun} at all`,
    );
    return undefined;
  }
  const document = compose(source, lines, report, noun);
  return document === undefined ? undefined : convert(document, lines, report);
}

function compose(source: string, lines: LineCounter, report: Report, noun: string): Document.Parsed | undefined {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens = joinPaths([...new Lexer().lex(source)]).flatMap((token) => [...parser.next(token)]);
  tokens.push(...parser.end());
  const deep = tooDeep(tokens);
  if (deep !== undefined) {
    report("yaml", positionAt(lines, deep), "the file is nested too deeply to be read", `a ${noun} needs at most five levels`);
    return undefined;
  }
  // Duplicate keys are found in `convert`, where both places are known.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false, lineCounter: lines });
  const [document, next] = [...composer.compose(tokens, true, source.length)] as [Document.Parsed, Document.Parsed | undefined];
  const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  const [first] = errors;
  if (first !== undefined) {
    // All that follow are guesses of a parser that lost its way, and so are their places.
    syntaxProblem(first, positionAt(lines, Math.min(first.pos[0], source.length)), source, report);
    return undefined;
  }
  if (next !== undefined) {
    report("yaml", positionAt(lines, next.range[0]), "a second YAML document begins here", `remove the \`---\`: a ${noun} is one document`);
    return undefined;
  }
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    report("unreadable", { line: 1, column: 1 }, `the ${noun} is empty`, "begin with `version: 1`");
    return undefined;
  }
  return document;
}

/**
 * The offset of the first collection that is deeper than any manifest; undefined when there is none. The parser makes its tokens
 * without recursion; all that comes after works down them by recursion, and would run out of stack.
 */
function tooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  let first: number | undefined;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { token, depth } = at;
    if (depth > MAX_DEPTH) first = Math.min(first ?? token.offset, token.offset);
    else if (token.type === "document" && token.value !== undefined) open.push({ token: token.value, depth });
    else if ("items" in token)
      for (const { key, value } of token.items) for (const below of [key, value]) if (below) open.push({ token: below, depth: depth + 1 });
  }
  return first;
}

/** Of what is no YAML to count the lines of. */
function positionIn(source: string, offset: number): Position {
  const before = source.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

interface Sized {
  readonly tree: Tree;
  /** Nodes, those of aliases counted each time. */
  readonly size: number;
}

/** Undefined when something was reported. Every node is converted once; aliases share what they name. */
function convert(document: Document.Parsed, lines: LineCounter, report: Report): Tree | undefined {
  const anchors = new Map<string, Sized | "open">();
  let aliased = 0;
  const state = { wrong: false };
  const fail = (...args: Parameters<Report>): void => {
    state.wrong = true;
    report(...args);
  };

  function walk(node: Node | null, fallback: Position): Sized {
    if (isAlias(node)) return alias(node.source, at(node, fallback));
    const anchor = node === null ? undefined : (node as { anchor?: string }).anchor;
    if (anchor !== undefined) anchors.set(anchor, "open");
    const result = value(node, at(node, fallback));
    if (anchor !== undefined) anchors.set(anchor, result);
    return result;
  }

  function alias(name: string, position: Position): Sized {
    const target = anchors.get(name);
    if (target === undefined)
      fail("yaml", position, `\`*${name}\` names no anchor above it`, `put \`&${name}\` before what it stands for, or quote it`);
    else if (target === "open") fail("alias-bomb", position, `\`*${name}\` stands inside of what it names`, "write out what is meant");
    else {
      aliased += target.size;
      if (aliased <= MAX_ALIASED) return target;
      // Once is enough: all that follow are over the limit as well.
      if (!state.wrong)
        fail(
          "alias-bomb",
          position,
          `aliases expand to more than ${MAX_ALIASED} values`,
          "write the entries out; a manifest hardly needs aliases",
        );
    }
    return { tree: { kind: "scalar", at: position, value: null, text: "" }, size: 1 };
  }

  function value(node: Node | null, position: Position): Sized {
    if (isSeq(node)) {
      const items = node.items.map((item) => walk(item as Node | null, position));
      return { tree: { kind: "list", at: position, items: items.map(({ tree }) => tree) }, size: sum(items) };
    }
    if (isMap(node)) {
      const entries = new Map<string, { keyAt: Position; value: Tree }>();
      const sizes: Sized[] = [];
      for (const pair of node.items) {
        const keyAt = at(pair.key as Node | null, position);
        if (!isScalar(pair.key) || pair.key.value === null) {
          fail("yaml", keyAt, "a key must be text", "write a plain name before the colon");
          continue;
        }
        const key = scalarText(pair.key.value, pair.key.source);
        const sized = walk(pair.value as Node | null, keyAt);
        if (key === "__proto__") {
          fail("yaml", keyAt, "`__proto__` cannot be a key", "use another name");
          continue;
        }
        const first = entries.get(key);
        if (first !== undefined) {
          report(
            "duplicate",
            keyAt,
            `\`${key}\` occurs twice; first in line ${first.keyAt.line}`,
            "remove one, or put both into one entry",
          );
          continue;
        }
        entries.set(key, { keyAt, value: sized.tree });
        sizes.push(sized);
      }
      return { tree: { kind: "map", at: position, entries }, size: sum(sizes) };
    }
    const data: unknown = isScalar(node) ? node.value : null;
    const text = isScalar(node) ? scalarText(data, node.source) : "";
    // A timestamp (YAML 1.1) and a big integer are taken as written.
    const known = data === null || typeof data === "string" || typeof data === "number" || typeof data === "boolean";
    return { tree: { kind: "scalar", at: position, value: known ? data : text, text }, size: 1 };
  }

  function at(node: Node | null, fallback: Position): Position {
    return node?.range ? positionAt(lines, node.range[0]) : fallback;
  }

  const { tree } = walk(document.contents, { line: 1, column: 1 });
  return state.wrong ? undefined : tree;
}

function scalarText(value: unknown, source: string | undefined): string {
  return typeof value === "string" ? value : (source ?? String(value));
}

function sum(parts: readonly Sized[]): number {
  return parts.reduce((size, part) => size + part.size, 1);
}
