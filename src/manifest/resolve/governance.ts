/** `consent`, `compatibility`, `budgets`, `zones`, `exceptions` and `notice`: what was asked, assessed and approved. */
import path from "node:path";
import { resolveGlob } from "../locator.js";
import type { Assessment, Budget, Consent, Exception, Notice, Spent, Zone } from "../model.js";
import type { EntryInput, ManifestInput } from "../schema.js";
import { dayOf } from "./declarations.js";
import { compact, locatorAt, noDuplicates, type Entry } from "./entry.js";

/** `public.users.may_train`: the schema is no part of what a table is called. */
function columnOf(text: string | undefined): Consent["column"] {
  const [name, table] = text?.split(".").reverse() ?? [];
  return name === undefined || table === undefined ? undefined : { table, name };
}

export function resolveConsent(entry: Entry<EntryInput<"consent">>): Consent {
  noDuplicates(entry, "signals", entry.input.signals);
  return compact({
    id: entry.key,
    mode: entry.input.mode,
    check: locatorAt(entry, "check"),
    column: columnOf(entry.input.column),
    grant: locatorAt(entry, "grant"),
    withdraw: locatorAt(entry, "withdraw"),
    onWithdraw: locatorAt(entry, "on-withdraw"),
    signals: entry.input.signals ?? [],
    place: entry.place,
  });
}

export function resolveAssessment(entry: Entry<EntryInput<"compatibility">>): Assessment {
  const { input } = entry;
  entry.refer("purpose", input.from, "from");
  entry.refer("purpose", input.to, "to");
  for (const [index, field] of input.fields.entries()) entry.refer("field", field, "fields", index);
  noDuplicates(entry, "fields", input.fields);
  const { from, to, fields, link, context, nature, consequences, safeguards, approver } = input;
  const date = dayOf(input.date)!;
  const expires = dayOf(input.expires)!;
  if (expires < date)
    entry.fail("date", entry.at("expires"), `the assessment expires (${expires}) before it was made (${date})`, "correct one of the days");
  return compact({
    from,
    to,
    fields,
    status: safeguards.status,
    approver,
    date,
    expires,
    criteria: { link, context, nature, consequences, safeguards: safeguards.text },
    place: entry.place,
  });
}

export function resolveBudget(entry: Entry<EntryInput<"budgets">>): Budget {
  const { key, input, place } = entry;
  const { epsilon, delta = 0, unit, accounting } = input;
  const releases = input.spent?.flatMap((_, index) => entry.text("spent", index, "release") ?? []) ?? [];
  for (const [index, release] of releases.entries())
    if (releases.indexOf(release) < index)
      entry.fail(
        "duplicate",
        entry.at("spent", index, "release"),
        `release \`${release}\` occurs twice in \`spent\``,
        "add up what it used, or name the releases apart",
      );
  const spent = input.spent?.flatMap((_, index) => resolveSpent(entry, index));
  return compact({ id: key, epsilon, delta, unit, accounting, spent, place });
}

function resolveSpent({ input, at, text, fail }: Entry<EntryInput<"budgets">>, index: number): Spent[] {
  const { epsilon, delta, rho } = input.spent![index]!;
  const release = text("spent", index, "release")!;
  if (rho !== undefined && epsilon === undefined && delta === undefined) return [{ release, rho }];
  if (rho === undefined && epsilon !== undefined) return [{ release, epsilon, delta: delta ?? 0 }];
  if (rho === undefined)
    fail("missing-key", at("spent", index), `\`spent\` does not say what ${release} used up`, "add its `epsilon`, or its `rho`");
  else
    fail("conflict", at("spent", index), "`rho` and `epsilon` exclude each other", "one release has one cost: keep one, or make two of it");
  return [];
}

export function resolveZone(entry: Entry<EntryInput<"zones">>): Zone {
  const { key, input, place, context } = entry;
  const maySend = input["may-send"] ?? [];
  noDuplicates(entry, "may-send", maySend);
  if (input.files === undefined && input.packages === undefined)
    entry.fail("missing-key", place, `zone \`${key}\` does not say which code it is`, "add `files` or `packages`");
  return {
    id: key,
    files: [input.files ?? []].flat().map((written) => ({
      // Unlike the module of a locator it can be no package: `mobile/**` is `./mobile/**`.
      glob: resolveGlob(/^(?:\.|\/|[A-Za-z]:)/.test(written) ? written : `./${written}`, context.folder),
      written,
    })),
    ...(input.packages !== undefined && { packages: [input.packages].flat() }),
    maySend,
    place,
  };
}

export function resolveException(entry: Entry<EntryInput<"exceptions">>): Exception | undefined {
  const { reason, owner, approver, expires } = entry.input;
  // As written: a fingerprint of digits alone is a number to YAML, and `123e45` a very large one.
  const finding = entry.text("finding")!;
  if (!/^[0-9a-f]{6,16}(?:-\d+)?$/.test(finding)) {
    entry.fail(
      "value",
      entry.at("finding"),
      `\`${finding}\` is no fingerprint`,
      "copy at least the first 6 characters of the one that the report shows",
    );
    return undefined;
  }
  return { finding, reason, owner, approver, expires: dayOf(expires)!, place: entry.place };
}

export function resolveNotice(entry: Entry<NonNullable<ManifestInput["notice"]>>): Notice {
  const { url, file } = entry.input;
  return compact({
    url,
    file: file === undefined ? undefined : path.posix.resolve(entry.context.folder, file),
    version: entry.text("version"),
    place: entry.place,
  });
}
