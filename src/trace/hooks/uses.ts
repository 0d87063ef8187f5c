/** The manifest's locators with what each is for. */
import type { Consent, Manifest, Sink, Source, Store, Transform } from "../../manifest/model.js";
import { knownCalls, type Known } from "./known-calls.js";
import type { Entry } from "./locate.js";

export type Use = Entry &
  (
    | { readonly use: "source"; readonly source: Source }
    | { readonly use: "sink"; readonly sink: Sink }
    | { readonly use: "transform"; readonly transform: Transform }
    | { readonly use: "write" | "read"; readonly store: Store }
    /** Of a consent. */
    | { readonly use: "check"; readonly consent: Consent }
    | { readonly use: "act"; readonly consent: Consent; readonly act: "grant" | "withdraw" | "on-withdraw" }
    | { readonly use: "other" }
    /** Not of the manifest: what the checks know by themselves. */
    | { readonly use: "known"; readonly known: Known }
  );

/** Every locator of the manifest with what it is for, in the order of the manifest. */
export function usesOf(manifest: Manifest): Use[] {
  const out: Use[] = [];
  const found = (): Pick<Entry, "matched" | "named" | "passedOver"> => ({ matched: false, named: [], passedOver: false });
  manifest.sources.forEach((source, i) => {
    const { at } = source;
    if (at.kind === "route" || at.kind === "site") return;
    const wants = at.kind === "property" ? "property" : at.kind === "returns" ? "result" : "call";
    out.push({ use: "source", source, locator: at.locator, name: `sources[${i}].${at.kind}`, wants, ...found() });
  });
  manifest.sinks.forEach((sink, i) => {
    const { at } = sink;
    const takes = sink.consumes === undefined;
    const wants = at.kind === "returns" ? "result" : "call";
    if (at.kind !== "route") out.push({ use: "sink", sink, locator: at.locator, name: `sinks[${i}].${at.kind}`, takes, wants, ...found() });
    if (sink.within !== undefined) out.push({ use: "other", locator: sink.within, name: `sinks[${i}].within`, wants: "code", ...found() });
  });
  manifest.transforms.forEach((transform, i) =>
    out.push({
      use: "transform",
      transform,
      locator: transform.locator,
      name: `transforms[${i}].call`,
      takes: true,
      wants: "call",
      ...found(),
    }),
  );
  manifest.stores.forEach((store, i) => {
    if (store.at.kind !== "wrapper") return;
    const { write, read } = store.at;
    const name = `stores[${i}]`;
    if (write) out.push({ use: "write", store, locator: write, name: `${name}.write`, takes: true, wants: "call", ...found() });
    if (read) out.push({ use: "read", store, locator: read, name: `${name}.read`, wants: "call", ...found() });
  });
  manifest.consents.forEach((c) => {
    for (const [key, l] of [
      ["check", c.check],
      ["grant", c.grant],
      ["withdraw", c.withdraw],
      ["on-withdraw", c.onWithdraw],
    ] as const)
      if (l) {
        const entry = { locator: l, name: `consent.${c.id}.${key}`, wants: "call", ...found() } as const;
        out.push(key === "check" ? { use: "check", consent: c, ...entry } : { use: "act", consent: c, act: key, ...entry });
      }
  });
  return [...out, ...knownCalls(manifest)];
}
