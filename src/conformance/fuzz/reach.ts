/** What a sink can read of a value: every mark in the data that it holds. Accessors are not called, since they are the program's code. */
import { types } from "node:util";
import { fieldsOfNumber, fieldsOfText } from "./frame.js";

/** Longer texts are looked through at both ends. */
const TEXT_LIMIT = 20_000;
const OBJECT_LIMIT = 5_000;

/** Adds the fields whose marks are in `value`: texts, numbers, keys, properties, entries. */
export function collectFields(value: unknown, found: Set<string>): void {
  const seen = new Set<unknown>();
  const queue: unknown[] = [value];
  for (let item = queue.pop(); ; item = queue.pop()) {
    if (typeof item === "string")
      fieldsOfText(item.length <= TEXT_LIMIT ? item : item.slice(0, TEXT_LIMIT / 2) + item.slice(-TEXT_LIMIT / 2), found);
    else if (typeof item === "number") fieldsOfNumber(item, found);
    else if (typeof item === "object" && item !== null && !seen.has(item) && seen.size < OBJECT_LIMIT) {
      seen.add(item);
      queue.push(...parts(item));
    }
    if (queue.length === 0) return;
  }
}

function parts(item: object): unknown[] {
  const below: unknown[] = [];
  if (types.isMap(item)) for (const [key, value] of Array.from(item)) below.push(key, value);
  if (types.isSet(item)) below.push(...Array.from(item));
  for (const key of Reflect.ownKeys(item)) {
    const descriptor = Object.getOwnPropertyDescriptor(item, key);
    if (typeof key === "string" && key !== "stack") below.push(key);
    if (key !== "stack") below.push(descriptor?.value);
  }
  return below;
}
