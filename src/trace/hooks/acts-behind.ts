/** From a request, as it is written, to the consents that the program's routes give or take back. */
import { meets, NO_IDS } from "../domain/text-pattern.js";
import { requestPath, routeText } from "../natives/frameworks/addresses.js";
import type { Entered } from "./consent-calls.js";

/** `path` is an address with holes, or below `/trpc/` the name of a procedure. */
export function actsBehind(
  { routes }: Entered,
  { method, path }: { readonly method: string | undefined; readonly path: string | undefined },
): Entered["routes"] {
  const holes = [...(path ?? "").matchAll(/\0/g)].map(() => NO_IDS);
  const to = path === undefined ? undefined : requestPath({ text: path, holes, whole: NO_IDS });
  if (to === undefined) return [];
  // A client does not say whether a procedure is a query or a mutation in the server's words.
  const isVerb = (one: string): boolean => method === undefined || to.text.startsWith("/trpc/") || one === "ALL" || one === method;
  return routes.filter((route) => isVerb(route.method) && meets(routeText(route.url), to.text));
}
