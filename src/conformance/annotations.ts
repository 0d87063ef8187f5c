/** Reads what a case says must arrive: the annotation comments `//! a b`, also as `/*! … *\/` and, in JSX, in braces. */
import ts from "typescript";

/** What one annotated line promises. Field ids are sorted and free of duplicates. */
export interface Annotation {
  /** 1-based line on which the comment begins. */
  readonly line: number;
  /** Fields that must arrive: to be found by the analysis, and to be seen when the program runs. */
  readonly expected: readonly string[];
  /** Fields that may be reported although no run shows them. */
  readonly staticOnly: readonly string[];
  /** Fields that a run shows and that the analysis need not find. */
  readonly dynamicOnly: readonly string[];
}

/** An annotation that cannot be read. */
export interface AnnotationProblem {
  readonly line: number;
  readonly message: string;
}

export interface Annotations {
  /** Sorted by line; annotations of one line are merged. */
  readonly annotations: readonly Annotation[];
  readonly problems: readonly AnnotationProblem[];
}

type Bucket = "expected" | "staticOnly" | "dynamicOnly";
const FIELD = /^[A-Za-z_][\w-]*(\.[\w-]+)*$/u;

/** All annotations of one file; `name` only tells the syntax (`.tsx`, `.cjs`, …). */
export function readAnnotations(name: string, text: string): Annotations {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, scriptKind(name));
  const byLine = new Map<number, Record<Bucket, Set<string>>>();
  const problems: AnnotationProblem[] = [];
  for (const range of comments(source)) {
    const raw = text.slice(range.pos, range.end);
    if (raw[2] !== "!") continue;
    const body = raw.startsWith("/*") ? raw.slice(3, -2) : raw.slice(3);
    const line = source.getLineAndCharacterOfPosition(range.pos).line + 1;
    const at = byLine.get(line) ?? { expected: new Set<string>(), staticOnly: new Set<string>(), dynamicOnly: new Set<string>() };
    const message = readBody(body, at);
    // A licence banner is also written `/*! … */`; it spans lines, an annotation never does.
    if (message !== undefined && raw.includes("\n")) continue;
    if (message !== undefined) problems.push({ line, message });
    byLine.set(line, at);
  }
  const annotations = [...byLine]
    .sort(([a], [b]) => a - b)
    .map(([line, at]) => ({ line, expected: sorted(at.expected), staticOnly: sorted(at.staticOnly), dynamicOnly: sorted(at.dynamicOnly) }));
  return { annotations, problems };
}

/** Adds the fields of one comment to `at`; gives what is wrong with it. */
function readBody(body: string, at: Record<Bucket, Set<string>>): string | undefined {
  const words = body
    .replaceAll(",", " ")
    .split(/\s+/u)
    .filter((word) => word !== "");
  if (words.length === 0) return "an empty annotation: write the fields, or `none`";
  let bucket: Bucket = "expected";
  let none = false;
  const read: [Bucket, string][] = [];
  for (const word of words) {
    if (word === "static-only:") bucket = "staticOnly";
    else if (word === "dynamic-only:") bucket = "dynamicOnly";
    else if (word === "none" && bucket === "expected") none = true;
    else if (FIELD.test(word)) read.push([bucket, word]);
    else return `\`${word}\` is neither a field id, \`none\`, \`static-only:\` nor \`dynamic-only:\``;
  }
  if (none && read.some(([where]) => where === "expected")) return "`none` stands beside fields";
  for (const [where, field] of read) at[where].add(field);
  return undefined;
}

/** Every comment of the file once, in order; text inside JSX that only looks like a comment is left out. */
function comments(source: ts.SourceFile): ts.CommentRange[] {
  const found = new Map<number, ts.CommentRange>();
  const jsxText: [number, number][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) {
      jsxText.push([node.pos, node.end]);
      return;
    }
    const children = node.getChildren(source);
    if (children.length > 0) {
      children.forEach(visit);
      return;
    }
    for (const range of ts.getLeadingCommentRanges(source.text, node.pos) ?? []) found.set(range.pos, range);
    for (const range of ts.getTrailingCommentRanges(source.text, node.end) ?? []) found.set(range.pos, range);
  };
  visit(source);
  return [...found.values()]
    .filter((range) => !jsxText.some(([pos, end]) => pos <= range.pos && range.pos < end))
    .sort((a, b) => a.pos - b.pos);
}

/** The syntax a file name stands for. `.js` may hold JSX, as bundlers accept it there. */
export function scriptKind(name: string): ts.ScriptKind {
  if (/\.tsx$/u.test(name)) return ts.ScriptKind.TSX;
  return /\.[cm]?jsx?$/u.test(name) ? ts.ScriptKind.JSX : ts.ScriptKind.TS;
}

function sorted(fields: ReadonlySet<string>): string[] {
  return [...fields].sort();
}
