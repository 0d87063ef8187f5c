/**
 * Waves: the order in which what nobody calls has its turn. What is near what the manifest names comes first, so that a large project's
 * budget goes where fields are; of both halves pages come last: they show what the rest has stored, and what they send back few read.
 */
import { objectsOf, type Obj } from "../domain/heap.js";
import { BOTTOM } from "../domain/value.js";
import type { Site } from "../domain/labels.js";
import { LIMITS, type FunctionData, type Left, type Machine } from "./machine.js";
import type { Root } from "./roots.js";

export const LAST_WAVE = 3;

/** Is a file one of pages and their parts? */
export const isPage = (m: Machine, file: number): boolean => /\.[jt]sx$/.test(m.modules.files[file]!.path);

/** The wave of what stands in a file and is so far from sources and sinks. */
const waveOf = (m: Machine, file: number, far: number): number => (far > LIMITS.near ? 2 : 0) + (isPage(m, file) ? 1 : 0);

/** Has what stands in a file, and is so far away, its turn by now? */
export const hasTurn = (m: Machine, { site, far }: Pick<Root, "site" | "far">): boolean => waveOf(m, site.file, far) <= m.roots.wave;

/**
 * How far the code of a callback is from sources and sinks. What may run inside an `await` may be what others build on: that is never far.
 */
export function farOf(m: Machine, job: Left): number {
  if (job.outside !== true && job.entry !== true) return 0;
  // A library's own function gets the program's as arguments.
  const known = [job.fn, ...job.args.list].flatMap((v) => objectsOf(m.heap, v).flatMap((obj) => farOfFunction(m, obj) ?? []));
  return known.length > 0 ? Math.min(...known) : farAt(m, job.site);
}

/** How far a function of the program is, or what it names of what it closes over: a wrapper is where what it wraps is. */
export function farOfFunction(m: Machine, fn: Obj): number | undefined {
  if (fn.kind !== "function") return undefined;
  const { code, env } = fn.data as FunctionData;
  if (code === null) return undefined;
  const closure = m.heap.objects[env];
  const isOfModule = code.file.facts.functions[code.fn.parent]?.kind === "module";
  const names = isOfModule ? [] : [...m.nearness.names(code.file, code.fn)];
  const wrapped = names.flatMap((slot) => objectsOf(m.heap, closure?.props.get(slot) ?? BOTTOM));
  return Math.min(
    m.nearness.of(code.file, code.fn),
    ...wrapped.flatMap((obj) => {
      const inner = obj.kind === "function" ? (obj.data as FunctionData).code : null;
      return inner === null ? [] : [m.nearness.of(inner.file, inner.fn) + 1];
    }),
  );
}

/** How far the function is in which something stands. */
function farAt(m: Machine, site: Site): number {
  const file = m.modules.files[site.file]!;
  return m.nearness.of(file, file.facts.functions[site.fn] ?? file.facts.functions[0]!);
}
