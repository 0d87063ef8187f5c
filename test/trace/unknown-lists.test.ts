/** Lists of which nobody knows more than that a manifest gives fields of their elements. */
import { expect, test } from "vitest";
import { run } from "./program.js";

const SOURCES = `  - { field: user.email, parameter: "./main.ts:ingest", argument: "0.events[*].email" }\n`;

const fieldsAt = (code: string): string[] => run(code, { sources: SOURCES }).flows.map((f) => f.field);

test("one thing or a list of them: each element has its fields, the list has none of them under its own names", () => {
  const ingest = (use: string): string => `export function ingest(body: any): void {
  const events = body.events;
  const list = (Array.isArray(events) ? events : [events]).sort((a: any, b: any) => a.at - b.at);
  for (const event of list) ${use}
}`;
  expect(fieldsAt(ingest("train(event.email);"))).toEqual(["user.email"]);
  expect(fieldsAt(ingest("train(event.text);"))).toEqual([]);
});

test("what is no list has no elements", () => {
  const ingest = (of: string): string => `export function ingest(body: any): void {
  const { events } = body;
  if (Array.isArray(events)) train(${of === "list" ? "events" : '""'});
  else train(${of === "list" ? '""' : "Object.values(events)"});
}`;
  expect(fieldsAt(ingest("list"))).toEqual(["user.email"]);
  expect(fieldsAt(ingest("other"))).toEqual([]);
});

test("elements are entries where the program takes them for entries", () => {
  expect(fieldsAt(`export function ingest(body: any): void { for (const key in body.events) train(body.events[key].email); }`)).toEqual([
    "user.email",
  ]);
  expect(fieldsAt(`export function ingest(body: any): void { train(body.events.first.email); }`)).toEqual(["user.email"]);
});

test("a list that is said to be of records with a field is handed on with them, unless it is said to be of others", () => {
  const sources = `  - { field: user.email, property: "./main.ts:Note.text" }\n`;
  const load = (type: string): string => `interface Note { text: string }
interface Tag { id: string }
async function load(): Promise<${type}> { return (await fetch("/notes")).json(); }
export async function run(): Promise<void> { train(await load()); }`;
  const found = (type: string): string[] => run(load(type), { sources }).flows.map((f) => f.field);
  expect(found("Note[]")).toEqual(["user.email"]);
  expect(found("readonly Note[]")).toEqual(["user.email"]);
  expect(found("Tag[]")).toEqual([]);
});
