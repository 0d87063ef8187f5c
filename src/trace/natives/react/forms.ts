/** What a form of the page sends: the values of the fields in it, by their names, beside what the user types. */
import { objectsOf, type Obj } from "../../domain/heap.js";
import type { Site } from "../../domain/labels.js";
import { ANY_STRING, isBottom, ofConst, ofRef, primitivePart, UNDEFINED, type Value } from "../../domain/value.js";
import { NO_ARGS } from "../../machine/call.js";
import { iterate } from "../../machine/iterate.js";
import type { Machine } from "../../machine/machine.js";
import { putEntry } from "../contents.js";
import { exchange } from "../exchange.js";
import { remixUrls } from "../frameworks/remix.js";
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

/**
 * A form that names an address, `<Form method="post" action="/notes">`, or a method alone, which is the page's own address: what is in it
 * arrives at the route there when the user submits it.
 */
export function sendForm(m: Machine, props: Obj, site: Site): void {
  const [action, method] = ["action", "method"].map((name) => props.props.get(name) ?? UNDEFINED) as [Value, Value];
  const named = primitivePart(action);
  if (!isAddress(named) && (method.consts.length === 0 || action !== UNDEFINED)) return;
  const urls = isAddress(named) ? [named] : remixUrls(m.modules.files[site.file]!.name).map(ofConst);
  const verb = method.consts.length === 0 ? ofConst("GET") : method;
  const form = formData(m, props.props.get("children") ?? UNDEFINED, site);
  const inQuery = verb.consts.every((c) => String(c).toUpperCase() === "GET");
  const call = { m, self: UNDEFINED, args: NO_ARGS, site, isNew: false, callee: props };
  for (const url of urls)
    exchange(call, { method: verb, url, body: inQuery ? UNDEFINED : form, headers: UNDEFINED, ...(inQuery && { query: form }) });
}

const isAddress = (v: Value): boolean => v.consts.length > 0 || v.patterns.length > 0;

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
