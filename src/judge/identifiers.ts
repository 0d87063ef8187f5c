/** Which fields single a person out, and which stand in one record. */
import type { Field } from "../manifest/model.js";
import { fidesKeys } from "../taxonomy/names.js";

/** Categories of the Fides taxonomy that name one person, and nobody else. */
const DIRECT = /^user\.(?:name|contact|unique_id(?!\.pseudonymous)|government_id|account|authorization|biometric)(?:\.|$)/;

/** Names of fields that do, where the manifest says neither `identifier` nor a category. */
const NAMES =
  /^(?:e_?mail|phone|telephone|mobile|(?:full|first|last|user|display|sur)?_?name|ip|ip_?address|ssn|passport|iban|(?:street_?)?address|(?:user|device|customer|account)?_?id|uuid|login|handle)$/i;

/** A field that identifies alone: declared, of such a category, or called so. */
export function isDirect(field: Field | undefined, id: string): boolean {
  if (field?.identifier !== undefined) return field.identifier === "direct";
  const keys = fidesKeys(field?.categories ?? [], "categories");
  if (keys.length > 0) return keys.some((key) => DIRECT.test(key));
  return NAMES.test(id.slice(id.lastIndexOf(".") + 1));
}

export function isQuasi(field: Field | undefined): boolean {
  return field?.identifier === "quasi";
}

/** The record that an access path leads into: all of it up to its last element of a list. `rows[*].user.id` is in `rows[*]`. */
function recordOf(accessPath: string): string {
  return accessPath.slice(0, accessPath.lastIndexOf("]") + 1);
}

/** Are two places in one record, or is one in a record within the other's? */
export function isSameRecord(a: string, b: string): boolean {
  const [short, long] = [recordOf(a), recordOf(b)].sort((x, y) => x.length - y.length) as [string, string];
  return long.startsWith(short);
}
