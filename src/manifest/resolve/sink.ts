/** An entry of `sinks`: where a purpose is acted on. */
import type { Sink, Status } from "../model.js";
import { parseArgument } from "../property-path.js";
import { SINK_PLACES, type EntryInput } from "../schema.js";
import { isDelta, isEpsilon, NO_PRIVACY } from "../schema-values.js";
import { parseStatus } from "../status.js";
import { argumentAt, compact, locatorAt, noDuplicates, onlyKey, type Entry } from "./entry.js";
import { parseRoute } from "./route.js";

type SinkEntry = Entry<EntryInput<"sinks">>;

export function resolveSink(entry: SinkEntry): Sink | undefined {
  const { input } = entry;
  entry.refer("purpose", input.purpose, "purpose");
  entry.refer("store", input.consumes, "consumes");
  for (const [index, field] of (input.needs ?? []).entries()) entry.refer("fields", field, "needs", index);
  noDuplicates(entry, "needs", input.needs);
  const at = resolvePlace(entry);
  const when = resolveWhen(entry);
  const required = resolveRequired(entry);
  return (
    at &&
    compact({
      id: input.id,
      purpose: input.purpose,
      at,
      when,
      needs: input.needs,
      ...required,
      consumes: input.consumes,
      within: locatorAt(entry, "within"),
      place: entry.place,
      keys: entry.keys,
    })
  );
}

function resolvePlace(entry: SinkEntry): Sink["at"] | undefined {
  const kind = onlyKey(entry, SINK_PLACES, "sink");
  switch (kind) {
    case undefined:
      return undefined;
    case "route":
      return { kind, ...parseRoute(entry.input.route!), place: entry.at(kind) };
    case "returns": {
      const locator = locatorAt(entry, kind);
      return locator && { kind, locator };
    }
    case "call": {
      const locator = locatorAt(entry, kind);
      return locator && compact({ kind, locator, argument: argumentAt(entry, "argument") });
    }
  }
}

function resolveWhen(entry: SinkEntry): Sink["when"] {
  return Object.entries(entry.input.when ?? {}).flatMap(([key, value]) => {
    const argument = parseArgument(key);
    if (argument.ok) return [{ argument: argument.value, value }];
    entry.fail("locator", entry.keyAt("when", key), argument.message, argument.fix);
    return [];
  });
}

function resolveRequired({ input, at, fail }: SinkEntry): Pick<Sink, "requires" | "requiresPrivacy"> {
  if (input.requires === undefined) return {};
  const isList = Array.isArray(input.requires);
  const requires: Status[] = [];
  let requiresPrivacy: Sink["requiresPrivacy"];
  for (const [index, text] of [input.requires].flat().entries()) {
    const written = parseStatus(text)!;
    const place = isList ? at("requires", index) : at("requires");
    if (requires.includes(written.status)) fail("duplicate", place, `\`${written.status}\` occurs twice in \`requires\``, "remove one");
    else requires.push(written.status);
    const { privacy } = written;
    if (privacy !== undefined && !(isEpsilon(privacy.epsilon) && isDelta(privacy.delta)))
      fail("number", place, `\`${text}\` is no privacy`, NO_PRIVACY);
    requiresPrivacy ??= privacy;
  }
  return compact({ requires, requiresPrivacy });
}
