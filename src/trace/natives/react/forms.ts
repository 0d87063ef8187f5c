/** What a form of the page sends: the values of the fields in it, by their names, beside what the user types. */
import { objectsOf } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { ANY_STRING, isBottom, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { iterate } from "../../machine/iterate.js";
import type { Machine } from "../../machine/machine.js";
import { putEntry } from "../contents.js";
import { newPairs } from "../pairs.js";
import { asText } from "../support.js";
import { isElement } from "./elements.js";

/** Props that are functions to be called with what a form sends. */
export const SUBMITS: ReadonlySet<string> = new Set(["action", "formAction"]);

/** Levels of elements that are searched for fields. */
const DEEPEST = 24;

/** The form data of a form with these children. Fields that components draw are found where the component itself has their props. */
export function formData(m: Machine, children: Value, site: Site): Value {
  const form = newPairs(m, "FormData", site);
  // What it asks for beside, nobody knows: the user has typed it.
  putEntry(m, form, ANY_STRING, ANY_STRING, false);
  eachField(m, children, site, 0, (name, value) => {
    putEntry(m, form, asText(m, name, site), asText(m, value, site), false);
  });
  return ofRef(form.id);
}

function eachField(m: Machine, v: Value, site: Site, depth: number, found: (name: Value, value: Value) => void): void {
  if (depth > DEEPEST) return;
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.kind === "array") {
      const { list, rest } = iterate(m, ofRef(obj.id), site);
      for (const item of rest === null ? list : [...list, rest]) eachField(m, item, site, depth + 1, found);
    }
    if (!isElement(obj)) continue;
    for (const props of objectsOf(m.heap, obj.props.get("props") ?? UNDEFINED)) {
      const name = props.props.get("name");
      for (const prop of ["value", "defaultValue"]) {
        const value = props.props.get(prop);
        if (name !== undefined && value !== undefined && !isBottom(value)) found(name, value);
      }
      eachField(m, props.props.get("children") ?? UNDEFINED, site, depth + 1, found);
    }
  }
}
