/**
 * Labels: which declared fields a primitive (or something of unknown structure) spells out, each with the steps it came by.
 *
 * The set of (field, status, gates) decides; the steps are only evidence: of several ways to the same label the shortest is kept,
 * and the first found among equals, so that results do not depend on anything but the code.
 */
import type { HopKind, Noise } from "../result.js";
import type { Status } from "../../manifest/model.js";

/** Where something stands: file index and offsets; kept small because there are many. */
export interface Site {
  readonly file: number;
  readonly at: number;
  readonly end: number;
  readonly fn: number;
}

/** One hop on the way of a value. `via` are the hops of the object that carried it between `prev` and this step. */
export interface Step {
  readonly site: Site;
  readonly kind: HopKind;
  readonly prev: Step | null;
  readonly via: Step | null;
  readonly length: number;
  /** Running number of creation: orders `via` hops against `prev`. */
  readonly time: number;
}

/** What a label means; interned by the label table. */
export interface LabelInfo {
  readonly id: number;
  readonly field: string;
  readonly status: Status;
  /** The noise that made it differentially private. */
  readonly noise?: Noise;
  /** Consents that hold for this value on every path, sorted. */
  readonly gates: readonly string[];
  /** Whose it is, by names of things (`machine/subjects.ts`), where consents are declared; empty where nobody knows. */
  readonly of: readonly string[];
  /** What bears it holds nothing of the field, but leads back to it: the id of a file that was uploaded. */
  readonly reference?: true;
  /** It is a cipher's text: a pseudonym that becomes what it was when it is deciphered. */
  readonly enciphered?: true;
}

export interface Label {
  readonly id: number;
  readonly step: Step;
}

/** Sorted by id; never two of one id. */
export type Labels = readonly Label[];

export const NO_LABELS: Labels = [];

/** Interns label meanings, so that label sets are sorted arrays of small numbers. */
export interface LabelTable {
  readonly infos: LabelInfo[];
  readonly byKey: Map<string, number>;
}

const NOBODY: readonly string[] = [];

export const newLabelTable = (): LabelTable => ({ infos: [], byKey: new Map() });

export function labelId(
  table: LabelTable,
  field: string,
  status: Status,
  gates: readonly string[],
  of: readonly string[] = NOBODY,
  noise?: Noise,
  reference?: true,
  enciphered?: true,
): number {
  const made = noise === undefined ? "" : `|${noise.transform.locator.text}|${JSON.stringify(noise.amounts)}`;
  const key = `${field}|${status}|${gates.join(",")}|${of.join("\n")}${made}${reference === true ? "|reference" : ""}${enciphered === true ? "|enciphered" : ""}`;
  const known = table.byKey.get(key);
  if (known !== undefined) return known;
  const id = table.infos.length;
  table.infos.push({
    id,
    field,
    status,
    gates,
    of,
    ...(noise && { noise }),
    ...(reference && { reference }),
    ...(enciphered && { enciphered }),
  });
  table.byKey.set(key, id);
  return id;
}

/** The id of a label that says the same but for what is changed. */
export function labelWith(
  table: LabelTable,
  id: number,
  change: Partial<Pick<LabelInfo, "status" | "gates" | "of">> & { readonly enciphered?: true | undefined },
): number {
  const { field, status, gates, of, noise, reference, enciphered } = { ...table.infos[id]!, ...change };
  return labelId(table, field, status, gates, of, noise, reference, enciphered);
}

/** Union of two label sets; the shorter way wins where both have a label. Returns `a` itself when `b` adds nothing. */
export function joinLabels(a: Labels, b: Labels): Labels {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  let i = 0;
  let j = 0;
  let changed = false;
  const out: Label[] = [];
  while (i < a.length && j < b.length) {
    const x = a[i]!;
    const y = b[j]!;
    if (x.id === y.id) {
      const better = y.step.length < x.step.length;
      if (better) changed = true;
      out.push(better ? y : x);
      i++;
      j++;
    } else if (x.id < y.id) {
      out.push(x);
      i++;
    } else {
      out.push(y);
      changed = true;
      j++;
    }
  }
  while (i < a.length) out.push(a[i++]!);
  while (j < b.length) {
    out.push(b[j++]!);
    changed = true;
  }
  return changed ? out : a;
}

/** With other ids; of several that become one the shortest way is kept. */
export function mapLabels(labels: Labels, by: (id: number) => number): Labels {
  let changed = false;
  const out = new Map<number, Label>();
  for (const { id: before, step } of labels) {
    const id = by(before);
    if (id !== before) changed = true;
    const known = out.get(id);
    if (known === undefined || step.length < known.step.length) out.set(id, { id, step });
  }
  return changed ? [...out.values()].sort((a, b) => a.id - b.id) : labels;
}

/** Equality of meaning: steps do not count. */
export function sameLabels(a: Labels, b: Labels): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i]!.id !== b[i]!.id) return false;
  return true;
}
