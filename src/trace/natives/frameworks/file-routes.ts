/**
 * Routes that are files: a framework serves what a file of a certain name exports at the address that its path spells. Each framework
 * says which files, which exports and what they are called with.
 */
import type { LinkedFile } from "../../../link/modules.js";
import type { Site } from "../../domain/labels.js";
import { BOTTOM, isBottom, UNDEFINED, type Value } from "../../domain/value.js";
import { callValue } from "../../machine/call.js";
import type { Machine } from "../../machine/machine.js";
import { targetValue } from "../../machine/modules.js";
import { getAny, getNamed } from "../../machine/props.js";
import { guarded } from "../settle.js";
import { declaredRoutes } from "./anywhere.js";
import type { FileHandler, FileRoutes } from "./file-handlers.js";
import { nextApp, nextPages } from "./next.js";
import { remix } from "./remix.js";
import { routeText } from "./addresses.js";
import { announce, later, newRequest } from "./requests.js";
import { serveActions } from "./server-actions.js";
import { svelteKit } from "./sveltekit.js";
import { answerWith } from "./web-request.js";

const CONVENTIONS: readonly FileRoutes[] = [nextApp, nextPages, svelteKit, remix];

/** Serves the routes of a file, later. */
export function serveFile(m: Machine, file: LinkedFile): void {
  serveActions(m, file);
  const exports = m.modules.exportNames(file);
  for (const convention of CONVENTIONS)
    for (const handler of convention(file.name, exports)) {
      const site = exportedAt(file, handler.path[0]!);
      for (const method of methodsOf(m, handler))
        later(m, site, `file ${handler.path.join(".")} ${method}`, () => {
          serve(m, file, { ...handler, method }, site);
          return UNDEFINED;
        });
    }
}

/** Where a file exports something: what is served enters there. */
function exportedAt(file: LinkedFile, name: string): Site {
  const { at, end } = file.facts.exports.find((e) => e.k !== "star" && e.name === name) ?? { at: 0, end: 0 };
  return { file: file.index, at, end, fn: 0 };
}

/** A handler of all methods runs once for each that the manifest tells apart. */
function methodsOf(m: Machine, { method, urls }: FileHandler): readonly string[] {
  if (method !== "ALL") return [method];
  const declared = declaredRoutes(m).filter((route) => urls.some((url) => routeText(route.url) === routeText(url)));
  return declared.length === 0 ? ["ALL"] : [...new Set(declared.map((route) => route.method))];
}

function serve(m: Machine, file: LinkedFile, handler: FileHandler, site: Site): void {
  const { method, urls } = handler;
  const fn = exported(m, file, handler.path);
  if (isBottom(fn)) return;
  const where = `${file.index}:${handler.path.join(".")} ${method}`;
  const request = newRequest(m, where, method, urls, site);
  announce(m, method, urls, request, site);
  guarded(m, () => {
    const args = handler.args({ m, request, method, urls, where, site });
    const given = callValue(m, fn, UNDEFINED, { list: args, rest: null }, site);
    if (handler.answers && m.alive) answerWith(m, method, urls, given, site);
  });
}

function exported(m: Machine, file: LinkedFile, [name, ...names]: readonly string[]): Value {
  const to = m.modules.exportTarget(file, name!);
  let v = to === undefined || to.k === "type" ? BOTTOM : targetValue(m, to);
  for (const next of names) {
    const site: Site = { file: file.index, at: 0, end: 0, fn: 0 };
    v = isBottom(v) ? v : next === "*" ? getAny(m, v, site) : getNamed(m, v, next, site);
  }
  return v;
}
