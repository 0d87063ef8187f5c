/** Writes small corpora into temporary folders. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder with the given files; its absolute path. */
export function corpus(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "corpus-"));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

export const MANIFEST = `version: 1
purposes: { train: { basis: consent, notice: to train our AI models } }
fields: { user.id: { for: [] }, user.email: { for: [] }, feedback.rating: { for: [] } }
sources:
  - { field: user.*, returns: "./cases/**/lib.ts:load" }
  - { field: user.*, returns: global:currentUser }
sinks:
  - { id: train, purpose: train, call: "./cases/**/lib.ts:train" }
  - { id: fit, purpose: train, call: "./cases/**/lib.ts:Trainer.fit" }
  - { id: rows, purpose: train, returns: "./cases/**/lib.ts:rows" }
  - { id: upload, purpose: train, call: openai:OpenAI.files.create, argument: 0.file, when: { 0.purpose: fine-tune } }
  - { id: ambient, purpose: train, call: global:trainModel }
`;

export const LIB = `
export const load = () => ({ id: "⟦user.id⟧", email: "⟦user.email⟧@⟦user.email⟧.test" });
export const rating = Number("⟦#feedback.rating⟧");
export function train(...values: unknown[]): void { void values; }
export interface Trainer { fit(value: unknown): void; }
export class Local implements Trainer { fit(value: unknown): void { void value; } }
export function rows(all: boolean): unknown[] {
  if (!all) return []; //! none
  return [load().id]; //! user.id
}
`;
