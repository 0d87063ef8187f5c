/**
 * Components that nothing in the program draws: pages that a framework finds by their files, what a library exports. They are called as
 * entry points; when their state has changed they are called again, as a drawing of them would.
 */
import { objectsOf, setSlot, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { BOTTOM, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { callObject } from "../../machine/call.js";
import type { Args, Machine } from "../../machine/machine.js";
import { kept } from "./desk.js";

/** What is kept of the call, beside its values, which are slots. */
export interface Undrawn {
  readonly key: string;
  readonly site: Site;
  readonly exact: false;
  /** The call path that it was entered by, and how many arguments it got. */
  readonly from: number;
  readonly count: number;
}

const FUNCTION = "\0function";
const SELF = "\0self";
const REST = "\0others";
const argument = (i: number): string => `\0argument:${i}`;

/** Is what stands here a component that an entry point called? */
export const isUndrawn = (root: Obj): boolean => root.props.has(FUNCTION);

/** What the entry point at hand has called: it stands for a root of what it calls hooks for. */
export function undrawnRoot(m: Machine): Value | undefined {
  const [first] = m.stack;
  if (first === undefined || first.func === null) return undefined;
  const { func, self, args, site, from } = first;
  const key = `entry ${func.key}`;
  const root = kept(m, `root ${key}`, "env", { key, site, exact: false, from, count: args.list.length } satisfies Undrawn);
  setSlot(m.heap, root, FUNCTION, ofRef(func.id));
  setSlot(m.heap, root, SELF, self);
  setSlot(m.heap, root, REST, args.rest ?? undefined);
  for (const [i, v] of args.list.entries()) setSlot(m.heap, root, argument(i), v);
  return ofRef(root.id);
}

/** Calls it again, with what it was called with. */
export function callAgain(m: Machine, root: Obj): void {
  const { site, from, count } = root.data as Undrawn;
  const slot = (name: string): Value => root.props.get(name) ?? UNDEFINED;
  const args: Args = { list: Array.from({ length: count }, (_, i) => slot(argument(i))), rest: root.props.get(REST) ?? null };
  const { path } = m;
  m.path = from;
  for (const func of objectsOf(m.heap, root.props.get(FUNCTION) ?? BOTTOM)) callObject(m, func, slot(SELF), args, site, false);
  m.path = path;
  m.alive = true;
}
