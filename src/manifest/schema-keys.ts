/** Which keys the schema knows where. */
import { z } from "zod";
import { manifestSchema } from "./schema.js";
import type { Path } from "./yaml/tree.js";

/** The keys of the map at a path of a manifest (or of another file with a schema); none when it is no map of known keys. */
export function keysAt(path: Path, schema: z.core.$ZodType = manifestSchema): readonly string[] {
  let schemas: z.core.$ZodType[] = [schema];
  for (const step of path) schemas = schemas.flatMap(alternatives).flatMap((schema) => child(schema, step));
  return schemas.flatMap(alternatives).flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
}

/**
 * Every kind of key there is: `version`, `sinks`, `sinks.*.needs`, `notice.file`. `*` stands for an entry's name or number.
 * What is below an entry's key belongs to that key.
 */
export function keyKinds(): readonly string[] {
  return keysAt([]).flatMap((section) => {
    const below = keysAt([section]);
    if (below.length > 0) return [section, ...below.map((key) => `${section}.${key}`)];
    return [section, ...keysOfEntries(section).map((key) => `${section}.*.${key}`)];
  });
}

function keysOfEntries(section: string): readonly string[] {
  return [...new Set([...keysAt([section, 0]), ...keysAt([section, "*"])])];
}

function alternatives(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional) return alternatives(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(alternatives);
  return [schema];
}

function child(schema: z.core.$ZodType, step: string | number): z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return typeof step === "number" ? [schema.element] : [];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Readonly<Record<string, z.core.$ZodType>>;
    return Object.hasOwn(shape, step) ? [shape[step]!] : [];
  }
  return [];
}
