/**
 * Servers without routes: one function gets the requests to every address, and finds out itself what they are. It is run once for each
 * route that the manifest declares, with that method and address, and once for any other.
 */
import { UNDEFINED } from "../../domain/value.js";
import type { Site } from "../../domain/labels.js";
import type { Machine } from "../../machine/machine.js";
import { later } from "./requests.js";

/** Method and path of a request; `ALL` and no path where nothing is known of them. */
export interface Address {
  readonly method: string;
  readonly url: string | undefined;
}

/** The routes that the manifest names, as sources or sinks. */
export function declaredRoutes(m: Machine): readonly (Address & { readonly url: string })[] {
  const out = new Map<string, Address & { readonly url: string }>();
  for (const { at } of [...m.manifest.sources, ...m.manifest.sinks])
    if (at.kind === "route")
      out.set(`${at.method} ${at.url}`, { method: at.method === "*" ? "ALL" : at.method.toUpperCase(), url: at.url });
  return [...out.values()];
}

/** Serves every address, later. */
export function serveAnywhere(m: Machine, site: Site, name: string, serve: (address: Address) => void): void {
  for (const address of [...declaredRoutes(m), { method: "ALL", url: undefined }])
    later(m, site, `${name} ${address.method} ${address.url ?? "*"}`, () => {
      serve(address);
      return UNDEFINED;
    });
}
