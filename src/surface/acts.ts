/** What a handler does: which declared consents the code behind it gives or takes back, under what conditions. */
import picomatch from "picomatch";
import type ts from "typescript";
import type { ImportTarget, LinkedFile, Modules } from "../link/modules.js";
import type { Locator, Manifest } from "../manifest/model.js";
import { madeBy } from "./made.js";
import { chainOf, declarationOf, topLevel, type Compiler, type Declaration, type Parsed } from "./scope.js";
import type { Act } from "./surface.js";

/** Calls followed from a handler. */
const DEPTH = 8;

/** What asks once more before anything is done: the browser's own, and dialogs of libraries by the same name. */
const CONFIRMS = /^(?:confirm|prompt)$/;

/** SweetAlert's dialogs: `await Swal.fire({ … })`, `swal("Sure?")`. */
const SWEET = /^(?:swal|sweet-?alert2?)$/i;

/** What is run under: a condition, and the names that stand in it. */
type Under = Pick<Act, "conditional" | "on">;

const ALWAYS: Under = { conditional: false, on: [] };

type Named = Pick<Act, "consent" | "act">;

export interface Acts {
  /** What happens when this is called (a handler), or submitted to. */
  of(file: Parsed, handler: ts.Expression): readonly Act[];
}

export function actsOf(c: Compiler, modules: Modules, manifest: Manifest, parse: (file: LinkedFile) => Parsed): Acts {
  const named = namedActs(modules, manifest);
  const known = madeBy(c, modules, parse);

  /** The declared function that a name leads to. */
  const declared = (target: ImportTarget, path: readonly string[]): Named | undefined => named.get(keyOf(modules, target, path) ?? "");

  interface State {
    readonly found: Act[];
    readonly seen: Set<ts.Node>;
    confirmations: number;
    depth: number;
  }

  const record = (state: State, act: Named, { conditional, on }: Under, call: Under["on"]): void => {
    state.found.push({ ...act, conditional, on: [...new Set([...on, ...call])].sort(), confirmations: state.confirmations });
  };

  /** Runs what an expression refers to, as if it were called. */
  const called = (state: State, file: Parsed, e: ts.Expression, under: Under, given: readonly ts.Expression[] = []): void => {
    if (c.isArrowFunction(e) || c.isFunctionExpression(e)) {
      body(state, file, e, under);
      return;
    }
    // A handler that a function makes, `handleSubmit(save)`: what was handed to it runs.
    if (c.isCallExpression(e)) {
      for (const one of e.arguments) handed(state, file, one, under);
      return;
    }
    const chain = chainOf(c, e);
    if (chain === undefined) return;
    const { root, path } = chain;
    if (CONFIRMS.test(path.at(-1) ?? root.text) || SWEET.test(root.text)) state.confirmations++;
    const to = declarationOf(c, modules, file, root, root.text);
    const own =
      to?.k === "import" ? to.target : to === undefined ? undefined : ({ k: "slot", file: file.linked, slot: root.text } as const);
    const made = to === undefined ? undefined : known.instanceOf(file, to);
    const act =
      own === undefined
        ? named.get(`global|${[root.text, ...path].join(".")}`)
        : (declared(own, path) ?? (made && declared({ k: "slot", file: made.file.linked, slot: made.name }, path)));
    if (act !== undefined)
      record(
        state,
        act,
        under,
        given.flatMap((one) => namesIn(c, one)),
      );
    else if (made !== undefined) {
      const method = path.length === 1 ? made.node.members.find((one) => one.name?.getText(made.file.source) === path[0]) : undefined;
      if (method !== undefined && c.isMethodDeclaration(method)) body(state, made.file, method, under);
      else if (method !== undefined && c.isPropertyDeclaration(method) && method.initializer !== undefined)
        called(state, made.file, method.initializer, under);
    } else if (to !== undefined) follow(state, file, to, path, under);
  };

  /** Runs the body behind a name that is none of the declared. */
  const follow = (state: State, file: Parsed, to: Declaration, path: readonly string[], under: Under): void => {
    // `useCallback(() => …)`, `useMutation({ mutationFn: stop })`, and then `mutation.mutate()`: what is handed to it runs.
    if (to.k === "variable" && to.init !== undefined && c.isCallExpression(to.init)) {
      const [name, ...more] = [...to.path, ...path];
      const own = name === undefined || more.length > 0 ? undefined : known.given(file, to.init, name);
      if (own !== undefined) called(state, own.file, own.e, under);
      else for (const one of to.init.arguments) handed(state, file, one, under);
      return;
    }
    if (path.length > 0) return;
    if (to.k === "function") body(state, file, to.node, under);
    else if (to.k === "variable" && to.init !== undefined) called(state, file, to.init, under);
    else if (to.k === "import" && to.target.k === "slot") {
      const there = parse(to.target.file);
      const node = topLevel(c, there, to.target.slot);
      if (node !== undefined && c.isFunctionLike(node)) body(state, there, node, under);
      else if (node !== undefined && c.isExpression(node)) called(state, there, node, under);
    }
  };

  const handed = (state: State, file: Parsed, e: ts.Expression, under: Under): void => {
    if (c.isObjectLiteralExpression(e)) {
      for (const one of e.properties)
        if (c.isPropertyAssignment(one)) handed(state, file, one.initializer, under);
        else if (c.isMethodDeclaration(one)) body(state, file, one, under);
    } else called(state, file, e, under);
  };

  const body = (
    state: State,
    file: Parsed,
    node: ts.SignatureDeclaration & { readonly body?: ts.Node | undefined },
    under: Under,
  ): void => {
    if (node.body === undefined || state.seen.has(node) || state.depth >= DEPTH) return;
    state.seen.add(node);
    state.depth++;
    visit(state, file, node.body, under);
    state.depth--;
  };

  const visit = (state: State, file: Parsed, node: ts.Node, under: Under): void => {
    const when = (condition: ts.Expression): Under => ({ conditional: true, on: [...under.on, ...namesIn(c, condition)] });
    if (c.isBlock(node)) {
      let after = under;
      for (const statement of node.statements) {
        visit(state, file, statement, after);
        // `if (!agreed) return;`
        if (c.isIfStatement(statement) && leaves(c, statement.thenStatement))
          after = { conditional: true, on: [...after.on, ...namesIn(c, statement.expression)] };
      }
    } else if (c.isIfStatement(node)) {
      visit(state, file, node.expression, under);
      visit(state, file, node.thenStatement, when(node.expression));
      if (node.elseStatement !== undefined) visit(state, file, node.elseStatement, when(node.expression));
    } else if (c.isConditionalExpression(node)) {
      visit(state, file, node.condition, under);
      visit(state, file, node.whenTrue, when(node.condition));
      visit(state, file, node.whenFalse, when(node.condition));
    } else if (c.isBinaryExpression(node) && /^(?:&&|\|\||\?\?)$/.test(node.operatorToken.getText(file.source))) {
      visit(state, file, node.left, under);
      visit(state, file, node.right, when(node.left));
    } else if (c.isCallExpression(node)) {
      called(state, file, node.expression, under, node.arguments);
      if (!c.isIdentifier(node.expression)) visit(state, file, node.expression, under);
      for (const given of node.arguments) visit(state, file, given, under);
    } else node.forEachChild((child) => visit(state, file, child, under));
  };

  return {
    of: (file, handler) => {
      const state: State = { found: [], seen: new Set(), confirmations: 0, depth: 0 };
      called(state, file, handler, ALWAYS);
      return state.found;
    },
  };
}

/** Names of variables, properties and (as texts) of fields of a form: `agreed`, `values.agreed`, `data.get("agreed")`, `$("#agreed")`. */
export function namesIn(c: Compiler, e: ts.Node): string[] {
  if (c.isIdentifier(e)) return [e.text];
  if (c.isStringLiteralLike(e)) return [e.text.replace(/^#/, "")];
  const out: string[] = [];
  e.forEachChild((child) => void out.push(...namesIn(c, child)));
  return out;
}

const leaves = (c: Compiler, statement: ts.Statement): boolean =>
  c.isReturnStatement(statement) ||
  c.isThrowStatement(statement) ||
  (c.isBlock(statement) && statement.statements.some((one) => c.isReturnStatement(one) || c.isThrowStatement(one)));

/** The functions that the manifest declares, by {@link keyOf}. */
function namedActs(modules: Modules, { consents }: Manifest): ReadonlyMap<string, Named> {
  const out = new Map<string, Named>();
  for (const { id, grant, withdraw } of consents)
    for (const [act, locator] of [
      ["grant", grant],
      ["withdraw", withdraw],
    ] as const)
      for (const key of locator === undefined ? [] : keysOf(modules, locator)) out.set(key, { consent: id, act });
  return out;
}

function keysOf(modules: Modules, { module, path }: Locator): string[] {
  const [name = "", ...rest] = path;
  switch (module.kind) {
    case "global":
      return [`global|${path.join(".")}`];
    case "package":
      return [`${module.name}|${path.join(".")}`];
    case "file": {
      const matches = picomatch(module.glob, { dot: true });
      return modules.files.flatMap((file) => {
        if (file.path !== module.glob && !matches(file.path)) return [];
        const target = modules.exportTarget(file, name);
        return target === undefined ? [] : (keyOf(modules, target, rest) ?? []);
      });
    }
  }
}

/** A declaration by one name, however it was imported. */
function keyOf(modules: Modules, target: ImportTarget, path: readonly string[]): string | undefined {
  switch (target.k) {
    case "slot":
      return `${target.file.index}|${[target.slot, ...path].join(".")}`;
    case "namespace": {
      const [name, ...rest] = path;
      const inside = name === undefined ? undefined : modules.exportTarget(target.file, name);
      return inside && keyOf(modules, inside, rest);
    }
    case "external":
      return `${target.module}|${[...target.path, ...path].join(".")}`;
    default:
      return undefined;
  }
}
