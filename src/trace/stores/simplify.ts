/** How much of a value a place keeps: as much structure as keeps labels apart, and no more. */
import { sameLabels, type Labels } from "../domain/labels.js";
import { BOTTOM, isBottom } from "../domain/value.js";
import { anything, frozenLabels, joinFrozen, joinNullable, sameFrozen, UNLABELLED, type Frozen } from "./frozen.js";

/** Text that is read, decoded and encoded again in a cycle would be text of text of text. */
const TEXTS = 2;

type Props = Map<string, { readonly value: Frozen; readonly maybe: boolean }>;

/**
 * Structure without labels is not kept, nor structure in which any part has the labels of an unknown part beside it or all have the same
 * (JSON of any form), nor what is more than `levels` deep. A table of two hundred columns of which one is a declared field is that column and the rest.
 */
export function simplified(whole: Frozen, levels: number, depth = 0, texts = 0): Frozen {
  if (texts >= TEXTS && whole.text !== null) return simplified(joinFrozen({ ...whole, text: null }, whole.text), levels, depth, texts);
  const f = whole;
  if (f.object === null && f.items === null && f.text === null) return f;
  const labels = frozenLabels(f);
  // The names at the top are columns: which table has which is asked for.
  if (depth > 0 && labels.length === 0) return UNLABELLED;
  if (depth >= levels) return anything(labels);
  if (depth > 0 && f.items !== null && f.object?.props.size === 0 && isUniform(f, labels)) return anything(labels);
  const { open } = f;
  if (depth > 0 && open !== null && labels.every((l) => open.some((o) => o.id === l.id)))
    return { ...f, object: null, items: null, text: null };
  const inner = (part: Frozen | null, more = 0): Frozen | null =>
    part === null ? null : simplified(part, levels, depth + 1, texts + more);
  let { object } = f;
  if (object !== null) {
    const props: Props = new Map();
    let { rest } = object;
    for (const [name, p] of object.props) {
      const value = simplified(p.value, levels, depth + 1, texts);
      if (value === UNLABELLED && depth > 0) rest = joinNullable(rest, UNLABELLED);
      else props.set(name, { value, maybe: p.maybe });
    }
    object = { props, rest: inner(rest), restKey: object.restKey };
  }
  return { ...f, object, items: inner(f.items), text: inner(f.text, 1) };
}

/** Have all its parts these labels, whatever they are? Then lists and records of it (any JSON of one origin) tell nothing apart. */
function isUniform(f: Frozen | null, labels: Labels): boolean {
  if (f === null) return true;
  if (!isBottom(f.primitive) && !sameLabels(f.primitive.labels, labels)) return false;
  if (f.open !== null && !sameLabels(f.open, labels)) return false;
  if (f.object !== null && (f.object.props.size > 0 || !isUniform(f.object.rest, labels))) return false;
  return isUniform(f.items, labels) && isUniform(f.text, labels);
}

/** Is there structure with labels below so many levels? */
export function isCut(f: Frozen | null, levels: number): boolean {
  if (f === null || (f.object === null && f.items === null && f.text === null)) return false;
  if (levels === 0) return frozenLabels(f).length > 0;
  for (const p of f.object?.props.values() ?? []) if (isCut(p.value, levels - 1)) return true;
  return [f.object?.rest ?? null, f.items, f.text].some((part) => isCut(part, levels - 1));
}

/** Only what bears labels; nothing where there are none. */
function labelledPart(f: Frozen | null): Frozen | null {
  if (f === null || frozenLabels(f).length === 0) return null;
  const props = new Map<string, { readonly value: Frozen; readonly maybe: boolean }>();
  for (const [name, p] of f.object?.props ?? []) {
    const value = labelledPart(p.value);
    if (value !== null) props.set(name, { value, maybe: p.maybe });
  }
  return {
    primitive: f.primitive.labels.length === 0 ? BOTTOM : f.primitive,
    object: f.object === null ? null : { props, rest: labelledPart(f.object.rest), restKey: f.object.restKey },
    items: labelledPart(f.items),
    text: labelledPart(f.text),
    open: f.open === null || f.open.length === 0 ? null : f.open,
  };
}

/** Do both hold the same declared fields in the same parts? */
export const sameLabelled = (a: Frozen, b: Frozen): boolean => sameFrozen(labelledPart(a), labelledPart(b));
