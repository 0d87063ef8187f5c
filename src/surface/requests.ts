/** Calls that send a request, as they are written: `fetch`, clients of packages, procedures of tRPC, server actions. */
import type ts from "typescript";
import type { LinkedFile, Modules } from "../link/modules.js";
import { chainOf, declarationOf, topLevel, type Compiler, type Declaration, type Parsed } from "./scope.js";

export interface Request {
  /** In upper case; undefined where nobody knows. */
  readonly method: string | undefined;
  /** The address with holes, or the name of a procedure. */
  readonly path: string | undefined;
  /** How it is told. */
  readonly text: string;
}

/** What the parameters of the functions that are followed are given. */
export type Given = ReadonlyMap<string, Constant>;
/** A text with holes, or the constants of an object. */
export type Constant = string | ReadonlyMap<string, string>;

export interface Requests {
  of(file: Parsed, call: ts.CallExpression, given: Given): Request | undefined;
  /** A text as far as it is known. */
  constant(file: Parsed, e: ts.Expression, given: Given): Constant | undefined;
}

const HOLE = "\0";
const FETCH = /^(?:fetch|\$fetch|ofetch)$/;
const PACKAGES =
  /^(?:axios|ky|ky-universal|got|superagent|ofetch|wretch|redaxios|node-fetch|cross-fetch|undici|needle|@nestjs\/axios|graphql-request|@apollo\/client|urql|@urql\/core)(?:\/|$)/;
const TRPC = /^@trpc\//;
const VERBS = /^(?:get|post|put|patch|delete|head|options|del)$/i;
const SENDS = /^(?:request|mutate|query|mutation)$/;
/** Hooks whose result sends what they are given: `const [revoke] = useMutation(REVOKE)`. */
const SENDERS = /^(?:useMutation|useLazyQuery)$/;

export function requestsOf(c: Compiler, modules: Modules, parse: (file: LinkedFile) => Parsed): Requests {
  /** What a name was made as, here or where it is imported from: an initializer, or what a package gives. */
  const made = (
    file: Parsed,
    root: ts.Identifier,
  ): { readonly file: Parsed; readonly init?: ts.Node; readonly module?: string; readonly to?: Declaration } | undefined => {
    const to = declarationOf(c, modules, file, root, root.text);
    if (to?.k === "variable") return { file, to, ...(to.init && { init: to.init }) };
    if (to?.k !== "import") return undefined;
    if (to.target.k === "external") return { file, module: to.target.module };
    if (to.target.k !== "slot") return undefined;
    const there = parse(to.target.file);
    const init = topLevel(c, there, to.target.slot);
    return init && { file: there, init };
  };

  /** The package that a value comes from: `axios.create()`, `new GraphQLClient(url)`, `createTRPCClient()`. */
  const packageOf = (file: Parsed, e: ts.Node, depth = 0): string | undefined => {
    if (depth > 4) return undefined;
    if (c.isCallExpression(e) || c.isNewExpression(e)) return packageOf(file, e.expression, depth + 1);
    if (c.isAwaitExpression(e) || c.isAsExpression(e) || c.isParenthesizedExpression(e)) return packageOf(file, e.expression, depth + 1);
    const chain = c.isExpression(e) ? chainOf(c, e) : undefined;
    const of = chain && made(file, chain.root);
    if (of?.module !== undefined) return of.module;
    return of?.init === undefined ? undefined : packageOf(of.file, of.init, depth + 1);
  };

  const constant = (file: Parsed, e: ts.Expression, given: Given, depth = 0): Constant | undefined => {
    if (depth > 6) return undefined;
    const inner = (part: ts.Expression): Constant | undefined => constant(file, part, given, depth + 1);
    const text = (part: ts.Expression): string => {
      const known = inner(part);
      return typeof known === "string" ? known : HOLE;
    };
    if (c.isStringLiteralLike(e)) return e.text;
    if (c.isParenthesizedExpression(e) || c.isAsExpression(e) || c.isSatisfiesExpression(e)) return inner(e.expression);
    if (c.isTemplateExpression(e)) return e.head.text + e.templateSpans.map((span) => text(span.expression) + span.literal.text).join("");
    if (c.isBinaryExpression(e) && e.operatorToken.kind === c.SyntaxKind.PlusToken) return text(e.left) + text(e.right);
    if (c.isNewExpression(e)) return e.arguments?.[0] && inner(e.arguments[0]);
    if (c.isObjectLiteralExpression(e)) {
      const out = new Map<string, string>();
      for (const one of e.properties) {
        const value = c.isPropertyAssignment(one)
          ? inner(one.initializer)
          : c.isShorthandPropertyAssignment(one)
            ? inner(one.name)
            : undefined;
        if (one.name !== undefined && c.isIdentifier(one.name)) out.set(one.name.text, typeof value === "string" ? value : HOLE);
      }
      return out;
    }
    const chain = chainOf(c, e);
    if (chain === undefined) return undefined;
    const [name] = chain.path;
    const part = (of: Constant | undefined): Constant | undefined =>
      name === undefined ? of : chain.path.length === 1 && typeof of === "object" ? of.get(name) : undefined;
    const parameter = given.get(chain.root.text);
    if (parameter !== undefined) return part(parameter);
    const of = made(file, chain.root);
    return of?.init !== undefined && (of.to?.k !== "variable" || of.to.path.length === 0) && c.isExpression(of.init)
      ? part(constant(of.file, of.init, given, depth + 1))
      : undefined;
  };

  /** `fetch(url, { method })`, `axios({ url, method })`. */
  const configured = (file: Parsed, call: ts.CallExpression, given: Given): Request => {
    const [first, second] = call.arguments;
    const url = first && constant(file, first, given);
    const options = typeof url === "object" ? url : second && constant(file, second, given);
    const path = typeof url === "object" ? url.get("url") : url;
    const said =
      typeof options === "object" ? (options.get("method") ?? options.get("type") ?? "GET") : second === undefined ? "GET" : HOLE;
    return told(said, path);
  };

  /** What sends, behind a hook: `const [revoke] = useMutation(REVOKE)`, `const leave = trpc.consent.leave.useMutation()`. */
  const hooked = (file: Parsed, root: ts.Identifier, path: readonly string[]): Request | undefined => {
    const to = declarationOf(c, modules, file, root, root.text);
    if (to?.k !== "variable" || to.init === undefined || !c.isCallExpression(to.init)) return undefined;
    const hook = chainOf(c, to.init.expression);
    if (hook === undefined || !SENDERS.test(hook.path.at(-1) ?? hook.root.text)) return undefined;
    const sends = [...to.path, ...path];
    const of = packageOf(file, to.init.expression);
    if (of !== undefined && TRPC.test(of) && /^mutate(?:Async)?$/.test(sends.join("."))) return procedure(hook.path.slice(0, -1));
    if (of === undefined || !PACKAGES.test(of)) return undefined;
    return sends.join(".") === "0" || sends.join(".") === "1" ? { method: "POST", path: undefined, text: root.text } : undefined;
  };

  return {
    constant,
    of: (file, call, given) => {
      const chain = chainOf(c, call.expression);
      if (chain === undefined) return undefined;
      const { root, path } = chain;
      const name = path.at(-1) ?? root.text;
      const isGlobal = declarationOf(c, modules, file, root, root.text) === undefined && !given.has(root.text);
      if (isGlobal && FETCH.test(name) && (path.length === 0 || /^(?:window|globalThis|self|global)$/.test(root.text)))
        return configured(file, call, given);
      if (isGlobal && /^(?:\$|jQuery)$/.test(root.text)) {
        if (name === "ajax") return configured(file, call, given);
        return /^(?:get|post|getJSON)$/.test(name) ? verb(file, call, given, name === "post" ? "POST" : "GET", constant) : undefined;
      }
      const sent = hooked(file, root, path);
      if (sent !== undefined) return sent;
      const of = packageOf(file, root);
      if (of === undefined) return undefined;
      if (TRPC.test(of))
        return /^(?:mutate|query|fetch|mutation)$/.test(name) && path.length > 1
          ? procedure(
              path.slice(0, -1).filter((p) => p !== "client"),
              name === "query" || name === "fetch" ? "GET" : "POST",
            )
          : undefined;
      if (!PACKAGES.test(of)) return undefined;
      if (path.length > 1) return undefined;
      if (VERBS.test(name)) return verb(file, call, given, name.toUpperCase().replace(/^DEL$/, "DELETE"), constant);
      if (path.length === 0) return isMaker(root.text) ? undefined : configured(file, call, given);
      if (name === "query") return { method: "GET", path: undefined, text: `${root.text}.query` };
      return SENDS.test(name)
        ? name === "request"
          ? { ...configured(file, call, given) }
          : { method: "POST", path: undefined, text: `${root.text}.${name}` }
        : undefined;
    },
  };
}

/** Hooks and factories of the same packages send nothing themselves. */
const isMaker = (name: string): boolean => /^(?:use[A-Z]|create|wretch$|gql$)/.test(name);

function verb(file: Parsed, call: ts.CallExpression, given: Given, method: string, constant: Requests["constant"]): Request {
  const [first] = call.arguments;
  const path = first && constant(file, first, given);
  return told(method, typeof path === "string" ? path : undefined);
}

const procedure = (path: readonly string[], method = "POST"): Request => ({
  method,
  path: `/trpc/${path.join(".")}`,
  text: path.join("."),
});

function told(method: string, path: string | undefined): Request {
  const known = method.includes(HOLE) ? undefined : method.toUpperCase();
  return { method: known, path, text: [known, path?.replaceAll(HOLE, "…")].filter((one) => one !== undefined).join(" ") || "a request" };
}
