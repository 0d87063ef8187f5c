/** What can be read from a value: every mark in everything reachable from it. */
import { fieldsInNumber, fieldsInText, type Marks } from "./marks.js";

const MAX_ITEMS = 2_000;

/**
 * Adds the fields whose marks are reachable from `value`: own properties (also hidden ones), array elements, entries of maps and
 * sets, accessors of the instance and its prototypes, `toJSON`, error messages and causes, bytes, forms, blobs, promises and
 * iterators. Property names count. Bodies and closures of functions do not.
 *
 * What can be read at once is read before this returns, since the program goes on to change it; the promise is for the rest.
 */
export async function collectFields(marks: Marks, value: unknown, found: Set<string>): Promise<void> {
  const seen = new Set<object>();
  await sweep([value]);

  async function sweep(queue: unknown[]): Promise<void> {
    const later: Promise<void>[] = [];
    for (let i = 0; i < queue.length; i++) {
      const item = queue[i];
      if (typeof item === "string") fieldsInText(marks, item, found);
      else if (typeof item === "number") fieldsInNumber(marks, item, found);
      else if (typeof item === "symbol") fieldsInText(marks, item.description ?? "", found);
      else if ((typeof item === "object" && item !== null) || typeof item === "function") {
        if (seen.has(item)) continue;
        seen.add(item);
        const pending = partsLater(item);
        if (pending === undefined) queue.push(...partsNow(item));
        else later.push(pending.then(sweep));
      }
    }
    await Promise.all(later);
  }
}

/** What takes a turn of the event loop to read; undefined when nothing does. */
function partsLater(item: object): Promise<unknown[]> | undefined {
  if (item instanceof Promise)
    return item.then(
      (value: unknown) => [value],
      (reason: unknown) => [reason],
    );
  if (item instanceof Blob) return item.text().then((text) => [text, ...properties(item)]);
  if (item instanceof Request || item instanceof Response) {
    const rest = [item.url, [...item.headers]];
    return item.bodyUsed
      ? Promise.resolve(rest)
      : item
          .clone()
          .text()
          .then((text) => [text, ...rest]);
  }
  // Used up only after the run's own turn, so that a sink that reads its argument does so first.
  if (isIterator(item)) return new Promise((resolve) => setImmediate(resolve)).then(() => drain(item));
  return undefined;
}

function partsNow(item: object): unknown[] {
  if (item instanceof Uint8Array || item instanceof ArrayBuffer) return [Buffer.from(item as Uint8Array).toString("utf8")];
  if (item instanceof URL || item instanceof URLSearchParams) return [item.toString()];
  const isCollection = item instanceof Map || item instanceof Set || item instanceof FormData || item instanceof Headers;
  const entries: unknown[] = isCollection ? [...(item as Iterable<unknown>)].flat() : [];
  return [...entries, ...properties(item)];
}

/** Own keys and values, and what accessors on the prototypes and `toJSON` give. */
function properties(item: object): unknown[] {
  const below: unknown[] = [];
  for (let at: object | null = item; at !== null && !isBuiltinPrototype(at); at = Object.getPrototypeOf(at) as object | null) {
    for (const key of Reflect.ownKeys(at)) {
      const descriptor = Object.getOwnPropertyDescriptor(at, key);
      if (at === item && typeof item !== "function") below.push(key);
      if (descriptor?.get !== undefined) below.push(attempt(() => Reflect.get(item, key, item)));
      else if (at === item && key !== "stack") below.push(descriptor?.value);
      else if (key === "toJSON" && typeof descriptor?.value === "function") below.push(attempt(() => JSON.stringify(item)));
    }
  }
  return below;
}

/** Prototypes of the language and the platform hold no program data, and some of their accessors have effects. */
function isBuiltinPrototype(at: object): boolean {
  const constructor: unknown = Object.getOwnPropertyDescriptor(at, "constructor")?.value;
  return typeof constructor === "function" && /\{\s*\[native code\]\s*\}$/u.test(Function.prototype.toString.call(constructor));
}

/** Generators and streams, but not collections: those are read without using them up. */
function isIterator(item: object): item is Iterable<unknown> | AsyncIterable<unknown> {
  const stepwise = "next" in item || "read" in item || "getReader" in item;
  return stepwise && (Symbol.iterator in item || Symbol.asyncIterator in item);
}

async function drain(item: Iterable<unknown> | AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  try {
    for await (const next of item) {
      items.push(next);
      if (items.length >= MAX_ITEMS) break;
    }
  } catch (error) {
    items.push(error);
  }
  return items;
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
