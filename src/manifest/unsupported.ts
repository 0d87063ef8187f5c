/** Which check enforces which key; what asks for a check that is not built is told, and never taken for enforced. */
import { CONNECTORS, type ConnectorName } from "./connectors.js";
import type { Manifest, ManifestProblem } from "./model.js";

/** Enforced when the manifest is loaded or held against the code, whatever else is built. */
const MANIFEST = "manifest";

/**
 * The check that every kind of key needs, by its rule's name. `*` stands for an entry's name or number. What stands below a section or
 * an entry's key that has no line of its own belongs to it.
 */
export const checksOfKeys: Readonly<Record<string, string>> = {
  version: MANIFEST,
  extends: MANIFEST,
  models: MANIFEST,
  "warn-before": MANIFEST,
  notice: MANIFEST,
  "notice.url": MANIFEST,
  "notice.file": MANIFEST,
  "notice.version": MANIFEST,
  purposes: "limitation",
  "purposes.*.basis": "limitation",
  "purposes.*.notice": "notice",
  "purposes.*.same-as": MANIFEST,
  "purposes.*.consent": "limitation",
  "purposes.*.disclosed-since": "notice",
  "purposes.*.automated-decision": "consent-surface",
  "purposes.*.parent": "limitation",
  fields: "limitation",
  "fields.*.category": MANIFEST,
  "fields.*.for": "limitation",
  "fields.*.retention": "retention",
  "fields.*.identifier": "deidentification",
  "fields.*.since": "notice",
  "fields.*.special": "special-category",
  "fields.*.consent": "special-category",
  sources: "limitation",
  "sources.*.field": "limitation",
  "sources.*.property": "limitation",
  "sources.*.returns": "limitation",
  "sources.*.parameter": "limitation",
  "sources.*.call": "limitation",
  "sources.*.route": "limitation",
  "sources.*.path": "limitation",
  "sources.*.argument": "limitation",
  sinks: "limitation",
  "sinks.*.id": "limitation",
  "sinks.*.purpose": "limitation",
  "sinks.*.call": "limitation",
  "sinks.*.returns": "limitation",
  "sinks.*.route": "limitation",
  "sinks.*.argument": "limitation",
  "sinks.*.when": "limitation",
  "sinks.*.needs": "minimization",
  "sinks.*.requires": "deidentification",
  "sinks.*.consumes": "limitation",
  "sinks.*.within": "limitation",
  stores: "limitation",
  "stores.*.id": "limitation",
  "stores.*.prisma": "limitation",
  "stores.*.drizzle": "limitation",
  "stores.*.kysely": "limitation",
  "stores.*.knex": "limitation",
  "stores.*.typeorm": "limitation",
  "stores.*.sequelize": "limitation",
  "stores.*.mikroorm": "limitation",
  "stores.*.mongoose": "limitation",
  "stores.*.mongodb": "limitation",
  "stores.*.firestore": "limitation",
  "stores.*.sql": "limitation",
  "stores.*.clickhouse": "limitation",
  "stores.*.redis": "limitation",
  "stores.*.bullmq": "limitation",
  "stores.*.s3": "limitation",
  "stores.*.file": "limitation",
  "stores.*.storage": "limitation",
  "stores.*.write": "limitation",
  "stores.*.read": "limitation",
  "stores.*.key": "limitation",
  "stores.*.value": "limitation",
  "stores.*.retention": "retention",
  "stores.*.retention-from": "retention",
  "stores.*.columns": "limitation",
  transforms: "limitation",
  "transforms.*.call": "limitation",
  "transforms.*.yields": "limitation",
  "transforms.*.budget": "privacy-budget",
  "transforms.*.mechanism": "privacy-budget",
  "transforms.*.epsilon": "privacy-budget",
  "transforms.*.delta": "privacy-budget",
  "transforms.*.scale": "privacy-budget",
  "transforms.*.sensitivity": "privacy-budget",
  "transforms.*.evidence": MANIFEST,
  "transforms.*.expires": MANIFEST,
  consent: "consent",
  "consent.*.mode": "consent",
  "consent.*.check": "consent",
  "consent.*.column": "consent",
  "consent.*.grant": "withdrawal",
  "consent.*.withdraw": "withdrawal",
  "consent.*.on-withdraw": "withdrawal",
  "consent.*.signals": "opt-out",
  compatibility: "limitation",
  "compatibility.*.from": "limitation",
  "compatibility.*.to": "limitation",
  "compatibility.*.fields": "limitation",
  "compatibility.*.link": MANIFEST,
  "compatibility.*.context": MANIFEST,
  "compatibility.*.nature": MANIFEST,
  "compatibility.*.consequences": MANIFEST,
  "compatibility.*.safeguards": "limitation",
  "compatibility.*.approver": MANIFEST,
  "compatibility.*.date": MANIFEST,
  "compatibility.*.expires": MANIFEST,
  budgets: "privacy-budget",
  "budgets.*.epsilon": "privacy-budget",
  "budgets.*.delta": "privacy-budget",
  "budgets.*.unit": "privacy-budget",
  "budgets.*.accounting": "privacy-budget",
  "budgets.*.spent": "privacy-budget",
  zones: "federated-boundary",
  "zones.*.files": "federated-boundary",
  "zones.*.packages": "federated-boundary",
  "zones.*.may-send": "federated-boundary",
  exceptions: MANIFEST,
  "exceptions.*.finding": MANIFEST,
  "exceptions.*.reason": MANIFEST,
  "exceptions.*.owner": MANIFEST,
  "exceptions.*.approver": MANIFEST,
  "exceptions.*.expires": MANIFEST,
};

/**
 * A warning for every section, and every kind of key in one, whose check is not among those `built` (names of rules, `retention`).
 * One for each section and check, at the first key that asks for it; one for each connector of stores that nothing follows; and one for
 * each store whose `columns` nothing reads.
 */
export function unsupportedChecks(manifest: Manifest, built: ReadonlySet<string>): ManifestProblem[] {
  const told = new Set<string>();
  const keys = [...(manifest.keys ?? [])].sort(
    (a, b) => depth(a.key) - depth(b.key) || a.place.line - b.place.line || a.place.column - b.place.column,
  );
  const problems: ManifestProblem[] = [];
  for (const { key, place } of keys) {
    const check = checksOfKeys[key];
    if (check === undefined || check === MANIFEST || built.has(check)) continue;
    const [section, ...below] = key.split(".");
    if (told.has(`${section} ${check}`)) continue;
    told.add(`${section} ${check}`);
    const name = below.length === 0 ? `\`${key}\`` : `\`${below.at(-1)}\` in \`${section}\``;
    problems.push({
      ...place,
      severity: "warning",
      code: "unsupported",
      message: `${name} asks for the ${check} check, which this version does not have yet: nothing below it is enforced`,
      fix: "keep it for the record, and see to it by other means until then",
    });
  }
  for (const connector of connectorsOf(manifest)) {
    const key = manifest.keys?.find((one) => one.key === `stores.*.${connector}`);
    if (key === undefined || CONNECTORS[connector].followed !== "no") continue;
    problems.push({
      ...key.place,
      severity: "warning",
      code: "unsupported",
      message: `\`${connector}\` in \`stores\` asks for what is written and read through it, which this version does not follow: what goes in there does not come out`,
      fix: "declare the functions around it as the `write` and `read` of a store",
    });
  }
  for (const { id, at, columns, place } of manifest.stores)
    if (at.kind === "connector" && CONNECTORS[at.connector].followed !== "columns" && Object.keys(columns).length > 0)
      problems.push({
        ...place,
        severity: "warning",
        code: "unsupported",
        message: `\`columns\` of the store \`${id}\` asks for reads through \`${at.connector}\`, which this version does not follow: no field comes from them`,
        fix: "declare the function that reads it as the `read` of a store, or the fields as `sources`",
      });
  return problems.sort((a, b) => a.line - b.line || a.column - b.column);
}

function connectorsOf({ stores }: Manifest): ReadonlySet<ConnectorName> {
  return new Set(stores.flatMap(({ at }) => (at.kind === "connector" ? [at.connector] : [])));
}

function depth(key: string): number {
  return key.split(".").length;
}
