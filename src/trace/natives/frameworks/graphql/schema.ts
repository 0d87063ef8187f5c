/**
 * What is known of a GraphQL schema: which type each field of a type is of, and which types an interface or a union stands for. It comes from
 * text in the schema language, or from classes with decorators; the whole program has one.
 */
import { joinSlot, setSlot, type Obj } from "../../../domain/heap.js";
import { BOTTOM, ofConst, UNDEFINED } from "../../../domain/value.js";
import { external } from "../../../machine/external.js";
import type { Machine } from "../../../machine/machine.js";

const registry = (m: Machine): Obj => external(m, "graphql", ["registry"]);

const TYPE = "\0type:";
const IS = "\0is:";
const RESOLVED = "\0resolved:";

/** A type has a field; `of` is the name of the field's type, without lists. */
export function addField(m: Machine, type: string, field: string, of: string): void {
  setSlot(m.heap, registry(m), `${TYPE}${type}.${field}`, ofConst(of));
}

/** The fields of a type, with what they are of; none where the type is not known, or is a scalar. */
export function fieldsOf(m: Machine, type: string): ReadonlyMap<string, string> {
  const prefix = `${TYPE}${type}.`;
  return new Map(
    [...registry(m).props].flatMap(([slot, v]) =>
      slot.startsWith(prefix) ? [[slot.slice(prefix.length), String(v.consts[0] ?? "")] as const] : [],
    ),
  );
}

/** What is of an interface or a union can be of this type. */
function addMember(m: Machine, whole: string, type: string): void {
  joinSlot(m.heap, registry(m), IS + whole, ofConst(type));
}

/** The types that something of a type can be. */
export const membersOf = (m: Machine, type: string): readonly string[] => [
  type,
  ...(registry(m).props.get(IS + type) ?? BOTTOM).consts.map(String),
];

/** The program resolves this field itself: it is no property of what it is a field of. */
export function noteResolved(m: Machine, type: string, field: string): void {
  setSlot(m.heap, registry(m), `${RESOLVED}${type}.${field}`, UNDEFINED);
}
export const isResolved = (m: Machine, type: string, field: string): boolean => registry(m).props.has(`${RESOLVED}${type}.${field}`);

/** `[User!]!` is of `User`. */
const named = (type: string): string => type.replace(/[[\]!\s]/g, "");

/** Reads text in the schema language: its types, interfaces and unions. Source: GraphQL, October 2021, chapter 3. */
export function addSchema(m: Machine, text: string): void {
  const plain = text.replace(/"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"/g, "").replace(/#[^\n]*/g, "");
  const bare = plain.replace(/\([^()]*\)/g, "").replace(/@\w+/g, "");
  for (const [, name = "", implemented = "", body = ""] of bare.matchAll(
    /\b(?:type|interface)\s+(\w+)(?:\s+implements\s+([\w&\s]+?))?\s*\{([^}]*)\}/g,
  )) {
    for (const whole of implemented.split("&")) if (whole.trim() !== "") addMember(m, whole.trim(), name);
    for (const [, field = "", of = ""] of body.matchAll(/(\w+)\s*:\s*([[\]!\w\s]+?)(?=\s*(?:,|\n|$|\w+\s*:))/g))
      addField(m, name, field, named(of));
  }
  for (const [, whole = "", members = ""] of bare.matchAll(
    /\bunion\s+(\w+)\s*=\s*([\w|\s]+?)(?=\s*(?:\n\s*\n|$|\b(?:type|union|interface|enum|input|scalar|extend|schema|directive)\b))/g,
  ))
    for (const type of members.split("|")) if (type.trim() !== "") addMember(m, whole, type.trim());
}
