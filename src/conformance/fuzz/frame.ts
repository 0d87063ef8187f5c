/** What every generated program stands in: where fields come from, the sink, input that nobody can foresee, and the manifest. */
import { fieldsInText, markText, marksFor } from "../oracle/marks.js";
import { array, NUMBER, STRING, type RecordType } from "./types.js";

const record = (name: string, props: RecordType["props"]): RecordType => ({ k: "record", name, props });

const ADDRESS = record("Address", [
  { name: "city", type: STRING },
  { name: "street", type: STRING },
]);
const META = record("Meta", [{ name: "ip", type: STRING }]);

/** What the sources give. */
export const USER = record("User", [
  { name: "id", type: STRING },
  { name: "email", type: STRING },
  { name: "nick", type: STRING, optional: true },
  { name: "age", type: NUMBER },
  { name: "tags", type: array(STRING) },
  { name: "address", type: ADDRESS },
]);
export const EVENT = record("Event", [
  { name: "text", type: STRING },
  { name: "meta", type: META },
]);
export const SOURCE_RECORDS = [ADDRESS, META, USER, EVENT] as const;

const TEXT_FIELDS = [
  "event.meta.ip",
  "event.text",
  "user.address.city",
  "user.address.street",
  "user.email",
  "user.id",
  "user.nick",
  "user.tags",
] as const;
/** Beyond the magnitudes by which marks tell fields apart, so that no sum or part of one number looks like another's. */
const AGE = 1e200;
const MARKS = marksFor(TEXT_FIELDS);

/** Adds the fields that a text spells out. */
export function fieldsOfText(text: string, found: Set<string>): void {
  fieldsInText(MARKS, text, found);
  if (/\de\+20\d/u.test(text)) found.add("user.age");
}

/** Adds the field whose value a number holds. */
export function fieldsOfNumber(value: number, found: Set<string>): void {
  if (Number.isFinite(value) && Math.abs(value) > 1e150) found.add("user.age");
}

const mark = (field: (typeof TEXT_FIELDS)[number]): string => JSON.stringify(markText(MARKS, field));
const userValue = (nick: string): string =>
  `{ id: ${mark("user.id")}, email: ${mark("user.email")}, nick: ${nick}, age: ${AGE}, tags: [${mark("user.tags")}], address: { city: ${mark("user.address.city")}, street: ${mark("user.address.street")} } }`;
const EVENT_VALUE = `{ text: ${mark("event.text")}, meta: { ip: ${mark("event.meta.ip")} } }`;

/** The module of sources. `opaque`: of what they give, the analysis knows the declared types alone, and what is optional may be missing. */
export function sourceModule(opaque: boolean, analysed: boolean): string {
  const give = (value: string, type: string, variable: string): string =>
    opaque && analysed ? `JSON.parse(process.env["${variable}"] ?? "") as ${type}` : value;
  const nick = opaque ? `input() ? ${mark("user.nick")} : undefined` : mark("user.nick");
  return `${opaque && !analysed ? 'import { input } from "./input.js";\n' : ""}export interface Address { city: string; street: string }
export interface Meta { ip: string }
export interface User { id: string; email: string; nick?: string; age: number; tags: string[]; address: Address }
export interface Event { text: string; meta: Meta }
export const loadUser = (): User => (${give(userValue(nick), "User", "USER")});
export function loadEvent(): Event { return ${give(EVENT_VALUE, "Event", "EVENT")}; }
`;
}

export const SINK_MODULE = `export function train(id: number, ...examples: unknown[]): void { void id; void examples; }\n`;

/** In a run both ask the harness. */
export const INPUT_MODULE = `export const input = (): boolean => Math.random() < 0.5;
export const choose = (n: number): number => Math.floor(Math.random() * n);
`;

/** A program's files as the analysis sees them, with what it stands in. */
export const analysedFiles = (program: {
  readonly files: Readonly<Record<string, string>>;
  readonly opaque: boolean;
}): Record<string, string> => ({
  ...program.files,
  "source.ts": sourceModule(program.opaque, true),
  "sink.ts": SINK_MODULE,
  "input.ts": INPUT_MODULE,
});

export const MANIFEST = `version: 1
purposes:
  train: { basis: legitimate-interest, notice: to train }
fields:
${[...TEXT_FIELDS, "user.age"].map((field) => `  ${field}: { for: [train] }`).join("\n")}
sources:
  - { field: user.*, returns: ./source.ts:loadUser }
  - { field: event.*, returns: ./source.ts:loadEvent }
sinks:
  - { id: train, purpose: train, call: ./sink.ts:train }
`;
