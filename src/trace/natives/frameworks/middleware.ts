/** What applications and routers have added to them, in order, and what of it a request comes through before its route. */
import { joinSlot, objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, ofConst, type Value } from "../../domain/value.js";
import type { Machine } from "../../machine/machine.js";

/** Slots of applications. */
export const A = {
  prefix: "\0prefix",
  parent: "\0parent",
  count: "\0count",
  use: "\0use:",
  useAt: "\0useAt:",
  method: "\0method:",
  error: "\0error",
  routed: "\0routed",
  outermost: "\0outermost",
} as const;

export const isApp = (obj: Obj): boolean => obj.props.has(A.count);

/** How much middleware it has. */
export const countOf = (app: Obj): number =>
  Number(app.props.get(A.count)?.consts.reduce((a, b) => (Number(a) > Number(b) ? a : b), 0) ?? 0);

/** Notes that all that has been added so far comes before a route, or is one. */
export function noteRouted(m: Machine, apps: Value): void {
  for (const app of objectsOf(m.heap, apps)) setSlot(m.heap, app, A.routed, ofConst(countOf(app)));
}

/** How much of what an application has comes before its last route. */
export const routedBefore = (app: Obj): number => Math.max(0, ...(app.props.get(A.routed)?.consts ?? []).map(Number));

/** Adds middleware to applications, for addresses below a prefix; of a route, for its address and method alone. */
export function use(m: Machine, apps: Value, prefix: Value, handler: Value, method?: string): void {
  for (const app of objectsOf(m.heap, apps)) {
    const n = countOf(app);
    if (n > 200) continue;
    joinSlot(m.heap, app, A.use + String(n), handler);
    if (!isBottom(prefix)) joinSlot(m.heap, app, A.useAt + String(n), prefix);
    if (method !== undefined) joinSlot(m.heap, app, A.method + String(n), ofConst(method));
    setSlot(m.heap, app, A.count, ofConst(n + 1));
  }
}

/** A request on its way to a route, or to nothing but middleware. */
export interface Wanted {
  /** Does it come out of a router again, to what was added behind that? */
  readonly fallsThrough: boolean;
  readonly method: string;
  readonly urls: readonly string[];
}

/** Middleware that runs before a route: that of the applications above, as far as the router is mounted, then the router's own up to the route. */
export function before(m: Machine, app: Obj, upTo: number, wanted: Wanted, depth = 0): readonly Value[] {
  const parent = depth > 6 ? undefined : objectsOf(m.heap, app.props.get(A.parent) ?? BOTTOM)[0];
  const above = parent === undefined || parent === app ? [] : before(m, parent, mountedAt(parent, app), wanted, depth + 1);
  return [...above, ...passing(m, app, upTo, wanted)];
}

/** The place at which a router was mounted last; behind all else where that is not known. */
function mountedAt(app: Obj, router: Obj): number {
  for (let i = countOf(app) - 1; i >= 0; i--) if (app.props.get(A.use + String(i))?.refs.includes(router.id) === true) return i;
  return countOf(app);
}

/** What of an application's own, up to a place, a request comes through; of a router mounted there, its middleware. */
function passing(m: Machine, app: Obj, upTo: number, wanted: Wanted, depth = 0): readonly Value[] {
  const out: Value[] = [];
  for (let i = 0; i < upTo; i++) {
    if (!leadsBy(app, i, wanted)) continue;
    const handler = app.props.get(A.use + String(i)) ?? BOTTOM;
    const routers = objectsOf(m.heap, handler).filter(isApp);
    if (routers.length === 0 && !isBottom(handler)) out.push(handler);
    if (wanted.fallsThrough && depth < 6) for (const router of routers) out.push(...passing(m, router, countOf(router), wanted, depth + 1));
  }
  return out;
}

/** Does a request come by what an application has at a place? */
function leadsBy(app: Obj, i: number, { method, urls }: Wanted): boolean {
  const prefix = exact(app.props.get(A.useAt + String(i)) ?? BOTTOM);
  const fixed = typeof prefix === "string" ? prefix.replace(/[:*{[].*$/, "").replace(/\/$/, "") : "";
  const of = exact(app.props.get(A.method + String(i)) ?? BOTTOM);
  if (of === undefined) return fixed === "" || urls.length === 0 || urls.some((url) => url.includes(fixed));
  if (of !== "ALL" && of !== method) return false;
  return typeof prefix === "string" && (/^\/?[*{]/.test(prefix) || urls.includes(prefix));
}
