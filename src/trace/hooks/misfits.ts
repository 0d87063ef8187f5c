/**
 * What entries say beside their locators, and what is not there: arguments, paths, conditions, code to be within. A type as written
 * decides; where it does not, what the program was seen to do; and where that speaks against the entry, the compiler's types are asked.
 */
import type { Types } from "../../link/types.js";
import type { ArgumentPath, Manifest, ManifestPlace, PathStep, Sink, Source } from "../../manifest/model.js";
import { printPath } from "../../manifest/property-path.js";
import type { TypeOracle } from "../../program/project.js";
import type { Mismatch, UnmatchedLocator } from "../result.js";
import { any, atArgument, atResult, atValue, type Named, type Presence } from "./named.js";
import type { Use } from "./uses.js";
import type { Seen, Witness } from "./witness.js";

interface Context {
  readonly types: Types;
  readonly witness: Witness;
  readonly uses: readonly Use[];
  readonly oracle: () => TypeOracle | undefined;
}

/** Of the manifest's own entries: those of packs describe libraries that a project uses as it likes. */
export function misfits(manifest: Manifest, cx: Context): UnmatchedLocator[] {
  const isOwn = ({ file }: ManifestPlace): boolean => file === manifest.file;
  return [
    ...cx.uses.filter((use) => use.matched && isOwn(use.locator.place ?? NOWHERE)).flatMap((use) => ofUse(use, cx)),
    ...manifest.sources.flatMap((source, i) => (isOwn(source.place) ? ofRoute(source, `sources[${i}]`, cx) : [])),
  ];
}

const NOWHERE: ManifestPlace = { file: "", line: 1, column: 1 };

function ofUse(use: Use, cx: Context): UnmatchedLocator[] {
  const entry = use.name.replace(/\.[^.]*$/, "");
  const { types } = cx;
  const argument = (key: string, at: ArgumentPath, seen?: Seen): UnmatchedLocator[] =>
    one(use, cx, `${entry}.${key}`, at.text, (n) => atArgument(types, n, at), seen, { argument: at });
  switch (use.use) {
    case "source": {
      const { at } = use.source;
      if (at.kind === "parameter" || at.kind === "call") return argument("argument", at.argument, cx.witness.of(use.source, "argument"));
      return at.kind === "returns" && at.path.length > 0
        ? one(use, cx, `${entry}.path`, printPath(at.path), (n) => atResult(types, n, at.path), cx.witness.of(use.source, "path"), {
            result: at.path,
          })
        : [];
    }
    case "sink":
      return ofSink(use, use.sink, entry, cx);
    case "transform": {
      const { epsilon, delta } = use.transform;
      return [
        ...(typeof epsilon === "object" ? argument("epsilon", epsilon) : []),
        ...(typeof delta === "object" ? argument("delta", delta) : []),
      ];
    }
    case "write":
    case "read": {
      const { at } = use.store;
      if (at.kind !== "wrapper") return [];
      return [...(at.key ? argument("key", at.key) : []), ...(use.use === "write" && at.value ? argument("value", at.value) : [])];
    }
    case "check":
    case "act":
    case "other":
    case "known":
      return [];
  }
}

function ofSink(use: Use, sink: Sink, entry: string, cx: Context): UnmatchedLocator[] {
  // Whose `within` is nowhere has no call there, and that is told.
  const isIn = cx.uses.every(({ locator, matched }) => locator !== sink.within || matched);
  if (sink.at.kind !== "call") return [];
  const { types, witness } = cx;
  const inside = use.passedOver || !isIn ? undefined : witness.of(sink, "within");
  const elsewhere: UnmatchedLocator[] =
    inside?.there === false
      ? [{ text: sink.within!.text, entry: `${entry}.within`, unsure: true, why: { k: "elsewhere", of: use.locator.text } }]
      : [];
  const { argument } = sink.at;
  return [
    ...elsewhere,
    ...(argument === undefined
      ? []
      : one(use, cx, `${entry}.argument`, argument.text, (n) => atArgument(types, n, argument), witness.of(sink, "argument"), {
          argument,
        })),
    ...sink.when.flatMap(({ argument: at, value }) => {
      const key = `when.${at.text}`;
      const seen = witness.of(sink, key);
      return one(use, cx, `${entry}.${key}`, at.text, (n) => atValue(types, n, at, value), seen, { argument: at }, String(value));
    }),
  ];
}

/** A handler that was found, of which nothing is as the path says. */
function ofRoute(source: Source, entry: string, { witness }: Context): UnmatchedLocator[] {
  const { at } = source;
  if (at.kind !== "route" || witness.of(source, "path")?.there !== false) return [];
  return [
    { text: printPath(at.path), entry: `${entry}.path`, unsure: true, why: { k: "unseen", of: `${at.method} ${at.url}`, known: [] } },
  ];
}

/** One part of an entry: nothing, or why it is not there. */
function one(
  use: Use,
  { oracle }: Pick<Context, "oracle">,
  entry: string,
  text: string,
  declared: (named: Named) => Presence,
  seen: Seen | undefined,
  asked: { readonly argument: ArgumentPath } | { readonly result: readonly PathStep[] },
  value?: string,
): UnmatchedLocator[] {
  const of = use.locator.text;
  // Code knows its parameters better than what is said of a member.
  const code = use.named.filter(({ k }) => k === "function" || k === "class");
  const presence = any((code.length > 0 ? code : use.named).map(declared));
  if (presence.is === "missing") return [{ text, entry, why: mismatch(presence, of, value ?? "") }];
  // What may be there, and is nowhere: fine for an argument that can be left out, not for a condition that nothing meets.
  if (seen === undefined || seen.there || use.passedOver || (presence.is === "there" && value === undefined)) return [];
  const unseen: Mismatch = { k: "unseen", of, known: [...seen.values].sort(), ...(value !== undefined && { value }) };
  const told = presence.is === "there" ? true : oracle()?.has(use.locator, asked);
  if (told === true && value === undefined) return [];
  return [{ text, entry, why: unseen, ...(told !== false && { unsure: true as const }) }];
}

function mismatch(presence: Presence & { is: "missing" }, of: string, value: string): Mismatch {
  switch (presence.what) {
    case "parameter":
      return { k: "parameter", of, count: presence.count };
    case "property":
      return { k: "property", of, name: presence.name, known: presence.known };
    case "value":
      return { k: "value", of, value, known: presence.known };
    case "list":
    case "element":
      return { k: presence.what, of };
  }
}

/** Why a locator that names something is none: what it names is not what the entry is about. */
export function wrongKind({ named, wants }: Use): Mismatch | undefined {
  if (wants === "code") return undefined;
  for (const { k } of named) if (k !== "other") return { k: "kind", is: k, wants };
  return undefined;
}
