/** Names that the program itself gives to the global object. */
import type { Machine } from "./machine.js";

const assigned = new WeakMap<Machine, ReadonlySet<string>>();

/**
 * Does the program assign a property of this name anywhere (`globalForPrisma.prisma = prisma`)? Then `globalThis.prisma` is what it has
 * put there, or nothing; else it is something that others have put there (the browser, a script tag).
 */
export function assignsGlobal(m: Machine, name: string): boolean {
  let names = assigned.get(m);
  if (names === undefined) {
    const found = new Set<string>();
    for (const f of m.modules.files) for (const fn of f.facts.functions) collect(fn.body, found);
    assigned.set(m, (names = found));
  }
  return names.has(name);
}

/** Facts are plain data: every pattern in them is met by going through all of it. */
function collect(node: unknown, out: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const x of node) collect(x, out);
    return;
  }
  const { p, name, key } = node as {
    readonly p?: unknown;
    readonly name?: unknown;
    readonly key?: { readonly e?: unknown; readonly v?: unknown };
  };
  if (p === "global" && typeof name === "string") out.add(name);
  if (p === "member" && key?.e === "const" && typeof key.v === "string") out.add(key.v);
  for (const x of Object.values(node)) if (typeof x === "object") collect(x, out);
}
