/**
 * surface: what people see and are asked.
 *
 * Takes the linked files, their texts and the manifest; gives the controls of the user interface that are about consent ({@link Surface}),
 * from JSX and from HTML in texts. Reads syntax alone: what a component shows whichever way its conditions go. May not judge, and reads
 * only files in which a word or a declared function speaks of consent.
 */
import type ts from "typescript";
import type { LinkedFile, Modules } from "../link/modules.js";
import type { Manifest } from "../manifest/model.js";
import type { Place } from "../trace/result.js";
import type { Site } from "../trace/domain/labels.js";
import { actsOf, type Reached } from "./acts.js";
import { controlsOf, type Reader } from "./controls.js";
import { defaultsOf } from "./defaults.js";
import { dialogsOf } from "./dialogs.js";
import { textOf, walk, type Element } from "./element.js";
import { elementsOf } from "./html.js";
import { elementOf, elementsOfRows, isJsx, returnedElement } from "./jsx.js";
import { parentOf, parser, type Compiler, type Parsed } from "./scope.js";
import type { Component, Surface } from "./surface.js";
import { unaskedIn } from "./unasked.js";
import * as words from "./words.js";

export interface SurfaceInput {
  readonly compiler: Compiler;
  readonly modules: Modules;
  readonly manifest: Manifest;
  readonly textOf: (file: LinkedFile) => string;
  /** Is it part of the program, rather than a test of it? */
  readonly isRun: (file: LinkedFile) => boolean;
  /** What the routes that a request reaches come to. */
  readonly reached: Reached;
  /** Functions that come to a consent's code, and that nothing of the program calls but for what runs them: a browser, a user of a library. */
  readonly entries: readonly Site[];
}

/** Something is marked up, and something in it speaks of consent. */
const MARKUP = /<[A-Za-z]/;
const SPEAKS = /consent|agree|accept|allow|permit|opt.?in|cookie|gdpr|newsletter|subscribe|train|track|marketing/i;

/** Undefined where the manifest asks nobody for consent, and tells nobody of automated decisions. */
export function readSurface(input: SurfaceInput): Surface | undefined {
  const { compiler: c, modules, manifest } = input;
  const wordings = manifest.purposes.flatMap(({ automatedDecision }) => automatedDecision ?? []);
  if (manifest.consents.length === 0 && wordings.length === 0) return undefined;
  const parse = parser(c, input.textOf);
  const acts = actsOf(c, modules, manifest, parse, input.reached);
  const reader: Reader = {
    c,
    acts,
    defaults: defaultsOf(c, modules),
    dialogs: dialogsOf(c, modules, acts),
    place: placeOf,
  };
  const files = modules.files.filter((file) => input.isRun(file));
  const names = manifest.consents.flatMap(({ grant, withdraw }) =>
    [grant?.path.at(-1), withdraw?.path.at(-1)].flatMap((name) => name ?? []),
  );
  const components = files.flatMap((file) => {
    const text = input.textOf(file);
    if (manifest.consents.length === 0 || !MARKUP.test(text)) return [];
    return SPEAKS.test(text) || names.some((name) => text.includes(name)) ? componentsOf(reader, parse(file)) : [];
  });
  const unasked = files.flatMap((file) => {
    const text = input.textOf(file);
    if (manifest.consents.length === 0 || (!names.some((name) => text.includes(name)) && !SPEAKS.test(text))) return [];
    const parsed = parse(file);
    return unaskedIn(c, acts, parsed).map(({ node, consent, by }) => ({
      ...placeOf(parsed, { at: node.getStart(parsed.source), end: node.end }),
      consent,
      by,
    }));
  });
  const entries = input.entries.flatMap(({ file: index, at, end }) => {
    const file = parse(modules.files[index]!);
    const does = acts.at(file, at);
    return does.length === 0 ? [] : [{ ...placeOf(file, { at, end }), does }];
  });
  return {
    components,
    unasked,
    entries,
    shown: wordings.filter((wording) =>
      files.some((file) =>
        shows(
          c,
          input.textOf(file),
          wording,
          () => parse(file),
          (node) => isUsed(c, node, files.map(input.textOf)),
        ),
      ),
    ),
  };
}

function componentsOf(r: Reader, file: Parsed): Component[] {
  return interfacesOf(r.c, file).flatMap(({ node, name, roots }): Component[] => {
    const controls = controlsOf(r, file, roots, node);
    const byConduct = roots.flatMap((root) => [...walk(root)]).flatMap(({ element }) => conductIn(file, element));
    if (!controls.some(({ asks, does, bundle }) => asks || does.length > 0 || bundle !== undefined) && byConduct.length === 0) return [];
    const at: Element = { tag: "", attributes: new Map(), spreads: [], children: [], at: node.getStart(file.source), end: node.end };
    return [{ ...placeOf(file, at), name, controls, byConduct }];
  });
}

/** The innermost element that says it. */
function conductIn(file: Parsed, element: Element): Component["byConduct"][number][] {
  const text = textOf(element);
  if (!words.isByConduct(text)) return [];
  const deeper = element.children.some((child) => typeof child !== "string" && words.isByConduct(textOf(child)));
  return deeper ? [] : [{ ...placeOf(file, element), text }];
}

interface Interface {
  readonly node: ts.Node;
  readonly name: string;
  readonly roots: readonly Element[];
}

/** Elements by the function of the top level, class or HTML text that they stand in. */
function interfacesOf(c: Compiler, file: Parsed): Interface[] {
  const found = new Map<ts.Node, { name: string; roots: Element[] }>();
  const visit = (node: ts.Node, owner: ts.Node | undefined): void => {
    if (isJsx(c, node)) {
      const of = owner ?? node;
      const known = found.get(of) ?? { name: nameOf(c, of), roots: [] };
      known.roots.push(returnedElement(c, file.source, node));
      found.set(of, known);
      return;
    }
    // `const buttons = BUTTONS.map((one) => <button …>)`
    const rows = c.isCallExpression(node) ? elementsOfRows(c, file.source, node) : [];
    if (rows.length > 0) {
      const of = owner ?? node;
      const known = found.get(of) ?? { name: nameOf(c, of), roots: [] };
      known.roots.push(...rows);
      found.set(of, known);
      return;
    }
    if ((c.isTemplateLiteral(node) || c.isStringLiteral(node)) && MARKUP.test(node.getText(file.source))) {
      const roots = elementsOf(htmlIn(c, file, node), node.getStart(file.source));
      const whole = wholeOf(c, node);
      const known = found.get(whole) ?? { name: owner === undefined ? "" : nameOf(c, owner), roots: [] };
      known.roots.push(...roots);
      if (roots.length > 0) found.set(whole, known);
    }
    const inside = owner ?? (c.isFunctionLike(node) || c.isClassLike(node) ? node : undefined);
    node.forEachChild((child) => {
      visit(child, inside);
    });
  };
  visit(file.source, undefined);
  return [...found].map(([node, { name, roots }]) => ({ node, name, roots }));
}

/** What a text is a part of: `"<button>…" + "<button>…"`, `["<button>…", "<button>…"].join("")`. */
function wholeOf(c: Compiler, node: ts.Node): ts.Node {
  const parent = parentOf(node);
  if (parent === undefined) return node;
  const isSum = c.isBinaryExpression(parent) && parent.operatorToken.kind === c.SyntaxKind.PlusToken;
  const isList = c.isArrayLiteralExpression(parent) && c.isPropertyAccessExpression(parent.parent) && parent.parent.name.text === "join";
  return isSum || isList || c.isParenthesizedExpression(parent) ? wholeOf(c, parent) : node;
}

/** The text as it is written, so that offsets stay; of what is put into it only constants are known. */
function htmlIn(c: Compiler, file: Parsed, node: ts.TemplateLiteral | ts.StringLiteral): string {
  const start = node.getStart(file.source);
  let text = node.getText(file.source);
  text = ` ${text.slice(1, -1)} `;
  if (!c.isTemplateExpression(node)) return text;
  for (const { expression } of node.templateSpans) {
    const from = expression.getFullStart() - start - 2;
    const to = expression.end - start + 1;
    const known = c.isStringLiteralLike(expression) ? expression.text : /^(?:true|false)$/.exec(expression.getText(file.source))?.[0];
    text = text.slice(0, from) + (known === undefined ? "\0".repeat(to - from) : known.padStart(to - from)) + text.slice(to);
  }
  return text;
}

function nameOf(c: Compiler, node: ts.Node): string {
  const own = (node as ts.NamedDeclaration).name;
  if (own !== undefined && c.isIdentifier(own)) return own.text;
  // `const Banner = memo(() => …)`
  for (let at = parentOf(node); at !== undefined; at = parentOf(at))
    if (c.isVariableDeclaration(at) && c.isIdentifier(at.name)) return at.name.text;
  return "";
}

function placeOf({ linked, source }: Parsed, { at, end }: { readonly at: number; readonly end: number }): Place {
  const from = source.getLineAndCharacterOfPosition(at);
  const to = source.getLineAndCharacterOfPosition(end);
  return { file: linked.name, line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1 };
}

/** A text that a variable of its own holds is shown by who mentions the variable: does anybody, in some file? */
function isUsed(c: Compiler, node: ts.Node, texts: readonly string[]): boolean {
  const parent = parentOf(node);
  if (parent === undefined || !c.isVariableDeclaration(parent) || !c.isIdentifier(parent.name)) return true;
  const mention = new RegExp(`(?<![\\w$])${parent.name.text.replaceAll("$", "\\$")}(?![\\w$])`, "g");
  return texts.reduce((count, text) => count + [...text.matchAll(mention)].length, 0) > 1;
}

/** Does some text of the file that people may see say these words? */
function shows(c: Compiler, text: string, wording: string, parse: () => Parsed, isUsed: (node: ts.Node) => boolean): boolean {
  const wanted = oneSpace(wording);
  if (!text.includes(wanted.split(" ")[0]!)) return false;
  const { source } = parse();
  const visit = (node: ts.Node): boolean => {
    const said = isJsx(c, node)
      ? textOf(elementOf(c, source, node))
      : c.isStringLiteralLike(node) || c.isTemplateLiteral(node)
        ? node.getText(source)
        : "";
    if ((said.includes(wanted) || oneSpace(said.replace(/<[^>]*>/g, " ")).includes(wanted)) && isUsed(node)) return true;
    return node.forEachChild((child) => visit(child) || undefined) === true;
  };
  return visit(source);
}

const oneSpace = (text: string): string => text.replace(/\s+/g, " ").trim();
