/**
 * Server actions: functions that a file with `"use server"` exports. Pages of the program call them as functions, which is followed as any
 * call is; whoever else calls them sends a request, `ACTION /name`.
 */
import { objectsOf } from "../../domain/heap.js";
import type { TypeIR } from "../../../facts/ir.js";
import type { LinkedFile } from "../../../link/modules.js";
import type { Site } from "../../domain/labels.js";
import { join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { callValue } from "../../machine/call.js";
import { textOf } from "../../machine/clone.js";
import type { FunctionData, Machine } from "../../machine/machine.js";
import { targetValue } from "../../machine/modules.js";
import { getNamed } from "../../machine/props.js";
import { addAll, newPairs } from "../pairs.js";
import { guarded } from "../settle.js";
import { announce, later, newRequest } from "./requests.js";
import { nextRequest } from "./cookies.js";
import { answerWith } from "./web-request.js";

/** Does a file export actions? */
const hasActions = (file: LinkedFile): boolean => file.facts.functions[0]?.directives?.includes("use server") === true;

/** Serves the actions of a file, later. */
export function serveActions(m: Machine, file: LinkedFile): void {
  if (!hasActions(file)) return;
  for (const name of m.modules.exportNames(file)) {
    const site: Site = { file: file.index, at: 0, end: 0, fn: 0 };
    later(m, site, `action ${name}`, () => {
      const to = m.modules.exportTarget(file, name);
      if (to !== undefined && to.k !== "type")
        for (const fn of objectsOf(m.heap, targetValue(m, to))) {
          const { code } = fn.kind === "function" ? (fn.data as FunctionData) : { code: null };
          if (code !== null) serve(m, ofRef(fn.id), name, code);
        }
      return UNDEFINED;
    });
  }
}

function serve(m: Machine, fn: Value, name: string, code: NonNullable<FunctionData["code"]>): void {
  const site: Site = { file: code.file.index, at: code.fn.at, end: code.fn.at, fn: 0 };
  const where = `action ${code.file.index}:${code.fn.at}`;
  const urls = [`/${name}`];
  const request = newRequest(m, where, "ACTION", urls, site);
  announce(m, "ACTION", urls, request, site);
  nextRequest(m, getNamed(m, request, "cookies", site));
  const body = getNamed(m, request, "body", site);
  const list = code.fn.params.map((p) => {
    if (p.type === undefined) return join(body, formOf(m, body, site));
    return isForm(p.type) ? formOf(m, body, site) : body;
  });
  guarded(m, () => {
    const given = callValue(m, fn, UNDEFINED, { list, rest: null }, site);
    if (m.alive) answerWith(m, "ACTION", urls, given, site);
  });
}

/** Is something declared to be a form, or perhaps one? By its name: nobody gives their own types that of the platform's. */
const isForm = (type: TypeIR): boolean => (type.t === "ref" ? type.name.at(-1) === "FormData" : type.t === "union" && type.of.some(isForm));

/** A form with the properties of what was sent. */
function formOf(m: Machine, body: Value, site: Site): Value {
  const form = newPairs(m, "FormData", site);
  addAll(m, form, "FormData", textOf(m, body, site), site);
  return ofRef(form.id);
}
