/**
 * What a handler does: which declared consents the code behind it gives or takes back, under what conditions, and after what: confirmations
 * that it asks for, requests that it waits for.
 */
import type ts from "typescript";
import type { LinkedFile, Modules } from "../link/modules.js";
import type { Manifest } from "../manifest/model.js";
import { keyOf, namedActs, type Named } from "./declared-acts.js";
import { madeBy } from "./made.js";
import { requestsOf, type Constant, type Given, type Request } from "./requests.js";
import { chainOf, declarationOf, topLevel, type Compiler, type Declaration, type Parsed } from "./scope.js";
import { inRow, NO_ROW, type Row } from "./rows.js";
import type { Act } from "./surface.js";
import { inOrder, namesIn, shorter, type Passing, type Under, type Way } from "./ways.js";

/** Calls followed from a handler, in depth and in all. */
const DEPTH = 8;
const BODIES = 300;

/** What asks once more before anything is done: the browser's own, and dialogs of libraries by the same name. */
const CONFIRMS = /^(?:confirm|prompt)$/;

/** SweetAlert's dialogs: `await Swal.fire({ … })`, `swal("Sure?")`. */
const SWEET = /^(?:swal|sweet-?alert2?)$/i;

const ALWAYS: Under = { conditional: false, when: [], handed: false };

/** What the routes of the program that a request reaches come to. */
export type Reached = (request: Pick<Request, "method" | "path">) => readonly { readonly consent: string; readonly act: string }[];

type Body = ts.Node & { readonly parameters?: ts.NodeArray<ts.ParameterDeclaration>; readonly body?: ts.Node | undefined };

export interface Acts {
  /** What happens when this is called (a handler), or submitted to. */
  of(file: Parsed, handler: ts.Expression, row?: Row): readonly Act[];
  /** What happens in this call. */
  called(file: Parsed, call: ts.CallExpression): readonly Act[];
  /** What happens when the function runs that begins there. */
  at(file: Parsed, offset: number): readonly Act[];
}

interface State extends Passing {
  /** What names stand for in a handler that is one of a table's. */
  readonly row: Row;
  found: Act[];
  /** Functions that run, outermost first. */
  readonly running: ts.Node[];
  bodies: number;
  confirmations: number;
  /** What the parameters of the function that runs are. */
  given: Given;
  /** It runs on a server: what is requested from there is nobody's step. */
  served: boolean;
  /** In the code of a consent itself: the way to the last request that changes something, and to one that is known to have its effect. */
  effect: { last: Way | undefined; certain: Way | undefined } | undefined;
}

export function actsOf(c: Compiler, modules: Modules, manifest: Manifest, parse: (file: LinkedFile) => Parsed, reached: Reached): Acts {
  const named = namedActs(modules, manifest);
  const known = madeBy(c, modules, parse);
  const requests = requestsOf(c, modules, parse);

  /** The declared function that a name leads to. */
  const declared = (target: Parameters<typeof keyOf>[1], path: readonly string[]): Named | undefined =>
    named.get(keyOf(modules, target, path) ?? "");

  const record = (state: State, act: Named, { conditional, when, handed }: Under, call: readonly ts.Expression[], way: Way): void => {
    const names = [...when, ...call.flatMap((one) => namesIn(c, one))];
    state.found.push({
      ...act,
      conditional,
      when,
      handed,
      on: [...new Set(names)].sort(),
      confirmations: state.confirmations,
      requests: way,
    });
  };

  /** Is it a server action: does whoever calls it from a page send a request? */
  const isAction = ({ linked: { facts }, source }: Parsed, node?: ts.Node): boolean =>
    isOfServer(facts.functions[0]) ||
    (node !== undefined && facts.functions.some((fn) => fn.at === node.getStart(source) && isOfServer(fn)));

  /** Something is sent; whoever waits for it has the request on the way. */
  const send = (state: State, request: Request, under: Under, args: readonly ts.Expression[]): void => {
    if (state.served) return;
    state.way = [...state.way, request.text];
    const acts = reached(request);
    for (const { consent, act } of acts) if (act === "grant" || act === "withdraw") record(state, { consent, act }, under, args, state.way);
    if (state.effect === undefined) return;
    if (request.method !== "GET" && request.method !== "HEAD") state.effect.last = state.way;
    if (acts.length > 0) state.effect.certain ??= state.way;
  };

  /** Runs the code of a consent itself; gives the way to what it does: for what comes behind that nobody has to wait. */
  const toEffect = (state: State, run: () => void): Way => {
    const { found, effect, way } = state;
    const own: NonNullable<State["effect"]> = { last: undefined, certain: undefined };
    Object.assign(state, { found: [], effect: own });
    run();
    Object.assign(state, { found, effect });
    return own.certain ?? own.last ?? way;
  };

  /** Runs what an expression refers to, as if it were called. */
  const called = (state: State, file: Parsed, e: ts.Expression, under: Under, args: readonly ts.Expression[] = []): void => {
    if (c.isParenthesizedExpression(e)) {
      called(state, file, e.expression, under, args);
      return;
    }
    if (c.isArrowFunction(e) || c.isFunctionExpression(e)) {
      body(state, file, e, under, file, args);
      return;
    }
    // A handler that a function makes, `handleSubmit(save)`: what was handed to it runs.
    if (c.isCallExpression(e)) {
      for (const one of e.arguments) handed(state, file, one, under);
      return;
    }
    const own = inRow(c, e, state.row);
    if (own !== e) {
      called(state, file, own, under, args);
      return;
    }
    const chain = chainOf(c, e);
    if (chain === undefined) return;
    const { root, path } = chain;
    if (CONFIRMS.test(path.at(-1) ?? root.text) || SWEET.test(root.text)) state.confirmations++;
    const to = declarationOf(c, modules, file, root, root.text);
    const target =
      to?.k === "import" ? to.target : to === undefined ? undefined : ({ k: "slot", file: file.linked, slot: root.text } as const);
    const made = to === undefined ? undefined : known.instanceOf(file, to);
    const act =
      target === undefined
        ? named.get(`global|${[root.text, ...path].join(".")}`)
        : (declared(target, path) ?? (made && declared({ k: "slot", file: made.file.linked, slot: made.name }, path)));
    const run = (): void => {
      if (made !== undefined) {
        const method = path.length === 1 ? made.node.members.find((one) => one.name?.getText(made.file.source) === path[0]) : undefined;
        if (method !== undefined && c.isMethodDeclaration(method)) body(state, made.file, method, under, file, args);
        else if (method !== undefined && c.isPropertyDeclaration(method) && method.initializer !== undefined)
          called(state, made.file, method.initializer, under, args);
      } else if (to !== undefined) follow(state, file, to, path, under, args);
    };
    if (act === undefined) run();
    else record(state, act, under, args, toEffect(state, run));
  };

  /** Runs the body behind a name. */
  const follow = (
    state: State,
    file: Parsed,
    to: Declaration,
    path: readonly string[],
    under: Under,
    args: readonly ts.Expression[],
  ): void => {
    // `useCallback(() => …)`, `useMutation({ mutationFn: stop })`, and then `mutation.mutate()`: what is handed to it runs.
    if (to.k === "variable" && to.init !== undefined && c.isCallExpression(to.init)) {
      const [name, ...more] = [...to.path, ...path];
      const own = name === undefined || more.length > 0 ? undefined : known.given(file, to.init, name);
      if (own !== undefined) called(state, own.file, own.e, under);
      else for (const one of to.init.arguments) handed(state, file, one, under);
      return;
    }
    if (to.k === "variable" && path.length === 1 && to.init !== undefined) {
      member(state, file, to.init, path[0]!, under, file, args);
      return;
    }
    if (to.k === "function" && path.length === 0) body(state, file, to.node, under, file, args);
    else if (to.k === "variable" && path.length === 0 && to.init !== undefined) called(state, file, to.init, under, args);
    else if (to.k === "import") {
      const target = to.target.k === "namespace" && path.length === 1 ? modules.exportTarget(to.target.file, path[0]!) : to.target;
      if (target?.k !== "slot") return;
      const there = parse(target.file);
      const node = topLevel(c, there, target.slot);
      if (node === undefined) return;
      if (target === to.target && path.length === 1) {
        if (c.isExpression(node)) member(state, there, node, path[0]!, under, file, args);
      } else if (to.target.k !== "namespace" && path.length > 0) return;
      else if (c.isFunctionLike(node)) body(state, there, node, under, file, args);
      else if (c.isExpression(node)) called(state, there, node, under, args);
    }
  };

  /** A function in an object: `const api = { leave: () => … }`. */
  const member = (
    state: State,
    file: Parsed,
    e: ts.Expression,
    name: string,
    under: Under,
    from: Parsed,
    args: readonly ts.Expression[],
  ): void => {
    if (!c.isObjectLiteralExpression(e)) return;
    const found = e.properties.find((one) => one.name?.getText(file.source) === name);
    if (found === undefined) return;
    if (c.isMethodDeclaration(found)) body(state, file, found, under, from, args);
    else if (c.isPropertyAssignment(found) && c.isFunctionLike(found.initializer)) body(state, file, found.initializer, under, from, args);
    else if (c.isPropertyAssignment(found)) called(state, file, found.initializer, under);
    else if (c.isShorthandPropertyAssignment(found)) called(state, file, found.name, under);
  };

  const handed = (state: State, file: Parsed, e: ts.Expression, under: Under): void => {
    if (c.isObjectLiteralExpression(e)) {
      for (const one of e.properties)
        if (c.isPropertyAssignment(one)) handed(state, file, one.initializer, under);
        else if (c.isMethodDeclaration(one)) body(state, file, one, under, file, []);
    } else called(state, file, e, under);
  };

  const body = (state: State, file: Parsed, node: Body, under: Under, from: Parsed, args: readonly ts.Expression[]): void => {
    if (node.body === undefined || state.running.includes(node) || state.running.length >= DEPTH || state.bodies >= BODIES) return;
    const { exits, given, served, way } = state;
    const isRequest = !served && isAction(file, node) && !isAction(from);
    const inner = new Map<string, Constant>();
    for (const [i, { name }] of (node.parameters ?? []).entries()) {
      const value = args[i] && requests.constant(from, args[i], given);
      if (c.isIdentifier(name) && value !== undefined) inner.set(name.text, value);
    }
    const text = (node as ts.NamedDeclaration).name?.getText(file.source) ?? "a server action";
    if (isRequest) send(state, { method: "POST", path: undefined, text: `${text}()` }, under, []);
    const sent = state.way;
    Object.assign(state, { exits: [], given: inner, served: served || isRequest || isAction(file, node) });
    state.running.push(node);
    state.bodies++;
    visit(state, file, node.body, under);
    state.running.pop();
    const end = endsOpen(c, node.body) ? [state.way] : [];
    state.way = isRequest
      ? sent
      : ([...state.exits, ...end].reduce<Way | undefined>((a, b) => (a === undefined ? b : shorter(a, b)), undefined) ?? way);
    Object.assign(state, { exits, given, served });
  };

  const visit = inOrder<State>(c, (state, file, call, under) => {
    const request = requests.of(file, call, state.given);
    if (request !== undefined) send(state, request, under, call.arguments);
    called(state, file, call.expression, under, call.arguments);
  });

  const begun = (row = NO_ROW): State => ({
    row,
    found: [],
    running: [],
    bodies: 0,
    confirmations: 0,
    way: [],
    exits: [],
    given: new Map(),
    served: false,
    effect: undefined,
  });

  return {
    of: (file, handler, row = NO_ROW) => {
      const state = begun(row);
      called(state, file, handler, ALWAYS);
      return state.found;
    },
    called: (file, call) => {
      const state = begun();
      visit(state, file, call, ALWAYS);
      return state.found;
    },
    at: (file, offset) => {
      const state = begun();
      const node = functionAt(c, file.source, offset);
      if (node !== undefined) body(state, file, node, ALWAYS, file, []);
      return state.found;
    },
  };
}

const isOfServer = (fn: { readonly directives?: readonly string[] } | undefined): boolean =>
  fn?.directives?.includes("use server") === true;

/** Is the end of a body reached? */
const endsOpen = (c: Compiler, node: ts.Node): boolean => {
  if (!c.isBlock(node)) return true;
  const last = node.statements.at(-1);
  return last === undefined || !(c.isReturnStatement(last) || c.isThrowStatement(last));
};

function functionAt(c: Compiler, source: ts.SourceFile, offset: number): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined =>
    node.end < offset ? undefined : c.isFunctionLike(node) && node.getStart(source) === offset ? node : node.forEachChild(visit);
  return visit(source);
}
