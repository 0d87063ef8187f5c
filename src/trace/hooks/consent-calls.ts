/**
 * Who gives consents and takes them back: the calls that were made, function by function. A call of the one with the other somewhere behind it
 * is a way in this graph, whatever the arguments; what a function has made inside counts as called by it.
 */
import type { FunctionFacts } from "../../facts/ir.js";
import type { LinkedFile } from "../../link/modules.js";
import type { Manifest } from "../../manifest/model.js";
import type { Site } from "../domain/labels.js";
import { externalData } from "../machine/external.js";
import type { CallEvent, FunctionData, Machine } from "../machine/machine.js";
import type { Root } from "../machine/roots.js";
import type { ConsentCode, Place } from "../result.js";
import { beginningOf, type Beginning } from "./consent-entries.js";
import type { Use } from "./uses.js";

/** A function of the program, or the object that stands for one of a package. */
type Node = object;

export interface ConsentCalls {
  /** What runs now answers requests to this address; `site`: where the program says so. */
  serves(m: Machine, method: string, url: string, site: Site): void;
  called(m: Machine, call: CallEvent, uses: readonly Use[]): void;
  /** How the program comes to the code of consents. */
  entered(): Entered;
  code(m: Machine, place: (site: Site) => Place): ConsentCode[];
}

export interface Entered {
  /** The acts of consents that the handlers of an address come to. */
  readonly routes: readonly { readonly method: string; readonly url: string; readonly consent: string; readonly act: string }[];
  /** Functions by which the program comes to them without a request, but for its top levels. */
  readonly functions: readonly Site[];
}

/** What asks once more before anything is done. */
const CONFIRMS = /^(?:confirm|prompt)$/;
const CLIENTS = /^(?:axios|ky|got|superagent|ofetch|@trpc\/client)$/;
/** SweetAlert's dialogs. */
const SWEET = /^(?:swal|sweet-?alert2?)$/i;

/** They, and all that comes to them. */
function reachedFrom(nodes: ReadonlySet<Node>, by: ReadonlyMap<Node, { keys(): Iterable<Node> }>): ReadonlySet<Node> {
  const seen = new Set(nodes);
  for (const node of seen) for (const one of by.get(node)?.keys() ?? []) seen.add(one);
  return seen;
}

/** Undefined where no consent says what gives it or takes it back. */
export function consentCalls(manifest: Manifest, files: readonly LinkedFile[]): ConsentCalls | undefined {
  const consents = manifest.consents.filter(({ grant, withdraw }) => grant !== undefined || withdraw !== undefined);
  if (consents.length === 0) return undefined;
  const callers = new Map<Node, Map<Node, Site>>();
  const confirmations = new Map<Node, Set<number>>();
  /** Functions that are `training grant`. */
  const acts = new Map<string, Set<Node>>();

  /** What a run answers to, and where that is said; functions that answer requests, with their addresses. */
  const serving = new Map<Root | undefined, { readonly site: Site; readonly addresses: Set<string> }>();
  const handlers = new Map<Node, Set<string>>();
  /** Functions that send requests. */
  const senders = new Set<Node>();
  /** Calls alone: not what a function has made inside. */
  const calledBy = new Map<Node, Set<Node>>();

  const beginnings = new Map<Node, Beginning>();
  const beginning = (m: Machine, node: Node): Beginning => {
    let is = beginnings.get(node);
    const file = is === undefined ? files.find(({ facts }) => facts.functions.includes(node as never)) : undefined;
    if (is === undefined)
      beginnings.set(node, (is = file === undefined || handlers.has(node) ? "runs" : beginningOf(m, file, node as FunctionFacts)));
    return is;
  };
  /** Does some way to it begin where the program does, or where others may begin one? */
  const begins = (m: Machine, node: Node): ReadonlySet<Beginning> => {
    const above = reachedFrom(new Set([node]), callers);
    return new Set(
      [...above].flatMap((one) => (top(one) ? ["runs" as const] : (callers.get(one)?.size ?? 0) > 0 ? [] : [beginning(m, one)])),
    );
  };

  const add = (callee: Node, caller: Node, site: Site): void => {
    let known = callers.get(callee);
    if (known === undefined) callers.set(callee, (known = new Map<Node, Site>()));
    const before = known.get(caller);
    if (before === undefined || before.file > site.file || (before.file === site.file && before.at > site.at)) known.set(caller, site);
  };
  const functionsOf = (file: number): LinkedFile["facts"]["functions"] => files[file]!.facts.functions;
  const top = (node: Node): boolean => files.some(({ facts }) => facts.functions[0] === node);

  /** Everything that is called behind a function. */
  const reaches = (from: ReadonlySet<Node>, to: ReadonlySet<Node>): boolean => {
    const seen = new Set(to);
    for (const node of seen) {
      if (from.has(node)) return true;
      // What runs at the top level runs for everybody: it is behind nobody's call.
      for (const caller of callers.get(node)?.keys() ?? []) if (!top(caller)) seen.add(caller);
    }
    return false;
  };

  /** The least number of confirmations on a way from outside to a function. */
  const asked = (nodes: ReadonlySet<Node>): number => {
    const cost = new Map<Node, number>([...nodes].map((node) => [node, 0]));
    let least = Infinity;
    for (let open = [...nodes]; open.length > 0;) {
      const next: Node[] = [];
      for (const node of open) {
        const above = [...(callers.get(node)?.keys() ?? [])].filter((caller) => !top(caller));
        if (above.length === 0) least = Math.min(least, cost.get(node)!);
        for (const caller of above) {
          const total = cost.get(node)! + (confirmations.get(caller)?.size ?? 0);
          if (total >= (cost.get(caller) ?? Infinity)) continue;
          cost.set(caller, total);
          next.push(caller);
        }
      }
      open = next;
    }
    return Number.isFinite(least) ? least : Math.min(...cost.values());
  };

  return {
    serves: (m, method, url, site) => {
      const root = m.roots.running.at(-1);
      const known = serving.get(root) ?? { site, addresses: new Set() };
      serving.set(root, { ...known, addresses: known.addresses.add(`${method} ${url}`) });
    },
    entered: () => {
      const routes = new Map<string, Entered["routes"][number]>();
      const functions = new Map<Node, Site>();
      for (const [key, nodes] of acts) {
        const [consent = "", act = ""] = key.split(" ");
        for (const node of reachedFrom(nodes, callers))
          for (const address of handlers.get(node) ?? []) {
            const [method = "", url = ""] = address.split(" ");
            routes.set(`${key} ${address}`, { method, url, consent, act });
          }
        if (act === "on-withdraw") continue;
        for (const node of reachedFrom(new Set([...nodes, ...senders]), calledBy)) {
          if (nodes.has(node) || handlers.has(node) || top(node) || (calledBy.get(node)?.size ?? 0) > 0) continue;
          const index = files.findIndex(({ facts }) => facts.functions.includes(node as never));
          const { at, end } = node as FunctionFacts;
          if (index >= 0) functions.set(node, { file: index, at, end, fn: files[index]!.facts.functions.indexOf(node as never) });
        }
      }
      return { routes: [...routes.values()], functions: [...functions.values()].sort((a, b) => a.file - b.file || a.at - b.at) };
    },
    called: (m, { callee, site }, uses) => {
      const caller = functionsOf(site.file)[site.fn] ?? functionsOf(site.file)[0]!;
      const { code } = (callee.kind === "function" ? callee.data : { code: null }) as FunctionData;
      const node = code?.fn ?? callee;
      for (const use of uses) {
        if (use.use !== "act") continue;
        const key = `${use.consent.id} ${use.act}`;
        acts.set(key, (acts.get(key) ?? new Set()).add(node));
      }
      const outside = callee.kind === "external" ? externalData(callee) : undefined;
      const name = outside === undefined ? code?.fn.name : outside.path.at(-1);
      const isSweet = outside !== undefined && [outside.module, outside.path[0] ?? ""].some((one) => SWEET.test(one));
      if ((name !== undefined && CONFIRMS.test(name)) || isSweet)
        confirmations.set(caller, (confirmations.get(caller) ?? new Set()).add(site.at));
      if (outside !== undefined && (name === "fetch" || CLIENTS.test(outside.module))) senders.add(caller);
      if (code === null) {
        if (uses.length > 0) add(node, caller, site);
        return;
      }
      const parent = code.fn.parent > 0 ? code.file.facts.functions[code.fn.parent] : undefined;
      if (parent !== undefined) add(node, parent, site);
      const served = serving.get(m.roots.running.at(-1));
      if (served !== undefined && (m.stack.length === 0 || (site.file === served.site.file && site.at === served.site.at)))
        handlers.set(node, new Set([...(handlers.get(node) ?? []), ...served.addresses]));
      if (m.stack.length > 0 && !top(caller)) calledBy.set(node, (calledBy.get(node) ?? new Set()).add(caller));
      // An entry point is run as if somebody called it, at its own place.
      if (m.stack.length > 0 || site.at !== code.fn.at || site.end !== code.fn.end) add(node, caller, site);
    },
    code: (m, place) =>
      consents.flatMap(({ id, grant, withdraw, onWithdraw }) => {
        const nodesOf = (act: string): ReadonlySet<Node> => acts.get(`${id} ${act}`) ?? new Set();
        const one = (act: "grant" | "withdraw", needs: readonly Beginning[]): ConsentCode => {
          const nodes = nodesOf(act);
          const sites = [...nodes].flatMap((node) =>
            [...(callers.get(node) ?? [])].flatMap(([by, site]) => (needs.some((need) => begins(m, by).has(need)) ? [site] : [])),
          );
          const [first] = sites.sort((a, b) => a.file - b.file || a.at - b.at);
          return { consent: id, act, ...(first && { at: place(first), confirmations: asked(nodes) }) };
        };
        // Where something runs that gives it, what only others could call gives nobody a way back.
        const given = one("grant", ["runs"]);
        const needs: readonly Beginning[] = given.at === undefined ? ["runs", "offered"] : ["runs"];
        const out: ConsentCode[] = grant === undefined ? [] : [one("grant", needs)];
        if (withdraw === undefined) return out;
        const nodes = nodesOf("withdraw");
        // Of a package nobody knows what it calls.
        const known = [...nodes].some((node) => files.some(({ facts }) => facts.functions.includes(node as never)));
        const told = onWithdraw !== undefined && known ? { reaches: reaches(nodes, nodesOf("on-withdraw")) } : {};
        const back = one("withdraw", needs);
        const offered = back.at === undefined ? one("withdraw", ["offered"]).at : undefined;
        return [...out, { ...back, ...told, ...(offered && { offered }) }];
      }),
  };
}
