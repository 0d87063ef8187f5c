/**
 * retention (Art. 5(1)(e)): a field is kept longer than it may be, or nothing says how long. Of each store on its own, and of stores one
 * after the other: who copies what is 30 days old, and keeps that for 30 days, keeps it for 60.
 */
import { isLonger, type Days } from "../manifest/duration.js";
import type { Field, Store } from "../manifest/model.js";
import type { Flow, Hop, Kept, Place } from "../trace/result.js";
import { at, list, type Context } from "./context.js";
import type { Draft, Remedy, Severity } from "./finding.js";
import { ageAfter, days, storesOnWay } from "./kept-for.js";
import { isPersonal } from "./status.js";

/** A field with a retention, in a store. */
interface Held {
  readonly field: Field & { readonly retention: string };
  readonly allowed: Days;
  readonly store: Store;
  /** The stores that it was in before. */
  readonly before: readonly Store[];
}

interface Fault {
  readonly k: "unlimited" | "longer" | "together";
  readonly severity: Severity;
  /** `which keeps it 1y`. */
  readonly says: string;
}

export function retention(ctx: Context): Draft[] {
  const stores = new Map(ctx.manifest.stores.map((store) => [store.id, store]));
  const kept = (ctx.trace.kept ?? []).filter(({ status }) => isPersonal(status));
  const written = kept.flatMap((one) =>
    one.store.k === "table" ? unnamed(ctx, one, one.store.name, stores) : inStore(ctx, one, one.store.id, stores),
  );
  const told = new Set(kept.map(({ field, store }) => key(field, store)));
  return oneOfEach([...written, ...readOnly(ctx, stores, told)]);
}

const key = (field: string, store: Kept["store"]): string => `${field}\0${store.k === "declared" ? store.id : ""}`;

/** Of fields that arrive at one write several times (under several statuses, consents), the first is told. */
function oneOfEach(drafts: readonly Draft[]): Draft[] {
  const seen = new Set<string>();
  return drafts.filter(({ field, identity, location: { file, line, column } }) => {
    const id = [field, file, line, column, ...identity].join("\0");
    return !seen.has(id) && seen.add(id);
  });
}

function limited(ctx: Context, id: string): Pick<Held, "field" | "allowed"> | undefined {
  const field = ctx.fields.get(id);
  const allowed = days(field?.retention);
  return allowed && { field: field as Held["field"], allowed };
}

function inStore(ctx: Context, one: Kept, id: string, stores: ReadonlyMap<string, Store>): Draft[] {
  const limit = limited(ctx, one.field);
  const store = stores.get(id);
  if (limit === undefined || store === undefined) return [];
  const held: Held = { ...limit, store, before: storesOnWay(one.path, stores).filter((each) => each !== store) };
  const fault = faultOf(held);
  if (fault === undefined) return [];
  const read = ctx.trace.flows.find(({ field, path }) => field === one.field && storesOnWay(path, stores).includes(store));
  const then = read === undefined ? "" : `; from there it reaches ${read.sink.id} (${at(read.at)})`;
  return [draft(ctx, held, fault, `is written to ${store.id}, ${fault.says}${then}`, one.at, one.source, one.path, one.status)];
}

/** What comes out of a store that other programs write to is seen where it is used only: once for each store. */
function readOnly(ctx: Context, stores: ReadonlyMap<string, Store>, told: ReadonlySet<string>): Draft[] {
  const seen = new Set<string>();
  return ctx.trace.flows.flatMap((flow) => {
    const first = flow.path[0]?.stores ?? [];
    const store = flow.path[0]?.kind === "source" && first.length === 1 ? stores.get(first[0]!) : undefined;
    const limit = limited(ctx, flow.field);
    if (store === undefined || limit === undefined || !isPersonal(flow.status)) return [];
    const id = key(flow.field, { k: "declared", id: store.id });
    const held: Held = { ...limit, store, before: [] };
    const fault = faultOf(held);
    if (fault === undefined || told.has(id) || seen.has(id)) return [];
    seen.add(id);
    return [readDraft(ctx, held, fault, flow)];
  });
}

function readDraft(ctx: Context, held: Held, fault: Fault, flow: Flow): Draft {
  const message = `reaches ${flow.sink.id} out of ${held.store.id}, ${fault.says}`;
  return {
    ...draft(ctx, held, fault, message, flow.at, flow.source, flow.path, flow.status),
    sink: flow.sink.id,
    purpose: flow.sink.purpose,
  };
}

function faultOf({ allowed, store, before }: Held): Fault | undefined {
  const own = days(store.retention);
  if (own === undefined) return { k: "unlimited", severity: "error", says: "which does not say how long it keeps it" };
  const keeps = `which keeps it ${store.retention}${store.retentionFrom === "collection" ? " from its collection" : ""}`;
  if (isLonger(own, allowed)) return { k: "longer", severity: "error", says: keeps };
  // Already too long in those before: told there.
  if (isLonger(ageAfter(before), allowed) || !isLonger(ageAfter([...before, store]), allowed)) return undefined;
  const earlier = before.filter((each) => each.retention !== undefined).map((each) => `${each.retention} in ${each.id}`);
  return { k: "together", severity: "warning", says: `${keeps}, after up to ${list(earlier)}` };
}

function draft(
  ctx: Context,
  held: Held,
  fault: Fault,
  message: string,
  location: Place,
  source: Place,
  path: readonly Hop[],
  status: Kept["status"],
): Draft {
  const { field, store } = held;
  return {
    rule: "retention",
    severity: fault.severity,
    message: `${field.id} may be kept ${field.retention}, and ${message}`,
    field: field.id,
    sink: null,
    purpose: null,
    status,
    location,
    source,
    path,
    remedies: remedies(ctx, held, fault),
    identity: [fault.k, store.id],
  };
}

/** Who keeps what has been kept elsewhere before has to count from the day of its collection. */
const counted = (before: readonly Store[]): string =>
  before.some(({ retention: kept }) => kept !== undefined)
    ? `, with \`retention-from: collection\`: it has been in ${list(before.map(({ id }) => id))} before`
    : "";

function remedies(ctx: Context, { field, store, before }: Held, fault: Fault): Remedy[] {
  const from = counted(before);
  const where = `\`stores\`, ${ctx.where(store.place)}`;
  const longer: Remedy = {
    kind: "correct",
    text: `If it is needed longer, and the notice says so, change \`fields.${field.id}.retention\` (${ctx.where(field.place)}).`,
  };
  switch (fault.k) {
    case "unlimited":
      return [
        {
          kind: "declare",
          text: `Delete what is in ${store.id} after ${field.retention} at the latest, and say so: \`retention\` of ${store.id} (${where})${from}.`,
        },
        { kind: "drop", text: `Leave ${field.id} out of what is written to ${store.id}.` },
      ];
    case "longer":
      return [
        {
          kind: "correct",
          text: `Delete what is in ${store.id} after ${field.retention} at the latest, and correct its \`retention\` (${where})${from}.`,
        },
        { kind: "drop", text: `Leave ${field.id} out of what is written to ${store.id}.` },
        longer,
      ];
    case "together":
      return [
        {
          kind: "correct",
          text: `Keep it shorter, or delete from ${store.id} by the day of collection, and say so: \`retention-from: collection\` of ${store.id} (${where}).`,
        },
        longer,
      ];
  }
}

/** A table that no entry names: nothing says how long it keeps what. */
function unnamed(ctx: Context, one: Kept, table: string, stores: ReadonlyMap<string, Store>): Draft[] {
  const limit = limited(ctx, one.field);
  if (limit === undefined) return [];
  const { id, retention: allowed } = limit.field;
  return [
    {
      rule: "retention",
      severity: "warning",
      message: `${id} may be kept ${allowed}, and is written to the table ${table}, of which nothing says how long it keeps it`,
      field: id,
      sink: null,
      purpose: null,
      status: one.status,
      location: one.at,
      source: one.source,
      path: one.path,
      remedies: [
        {
          kind: "declare",
          text: `Declare the table ${table} under \`stores\` of ${ctx.file}, with its \`retention\`${counted(storesOnWay(one.path, stores))}.`,
        },
        { kind: "drop", text: `Leave ${id} out of what is written to the table.` },
      ],
      identity: ["unnamed", table],
    },
  ];
}
