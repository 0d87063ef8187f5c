/**
 * References: what holds nothing of a field but leads back to it, as the id that a service gives leads back to what it was given. They go
 * wherever labels go, and are nothing to anybody but who fetches by them.
 */
import { labelId, mapLabels, type Label, type Labels, type LabelTable } from "../domain/labels.js";
import type { Machine } from "./machine.js";

export const isReference = (table: LabelTable, { id }: Label): boolean => table.infos[id]!.reference === true;

/** References to what the labels say. */
export const referencesTo = (m: Machine, labels: Labels): Labels => mapLabels(labels, (id) => referring(m, id, true));

/** What the references among the labels lead back to. */
export const dereferenced = (m: Machine, labels: Labels): Labels =>
  mapLabels(
    labels.filter((label) => isReference(m.labels, label)),
    (id) => referring(m, id),
  );

function referring(m: Machine, id: number, reference?: true): number {
  const { field, status, gates, of, noise } = m.labels.infos[id]!;
  return labelId(m.labels, field, status, gates, of, noise, reference);
}
