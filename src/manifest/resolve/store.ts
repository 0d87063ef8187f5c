/** An entry of `stores`: a place of a known kind, or the project's own functions around one. */
import { CONNECTORS, type ConnectorName } from "../connectors.js";
import type { Store } from "../model.js";
import { WRAPPER_KEYS, type EntryInput } from "../schema.js";
import { argumentAt, compact, locatorAt, type Entry } from "./entry.js";

type StoreEntry = Entry<EntryInput<"stores">>;

export function resolveStore(entry: StoreEntry): Store | undefined {
  const { input } = entry;
  const columns = input.columns ?? {};
  for (const [column, field] of Object.entries(columns)) entry.refer("field", field, "columns", column);
  if (input["retention-from"] !== undefined && input.retention === undefined)
    entry.fail(
      "missing-key",
      entry.keyAt("retention-from"),
      "`retention-from` needs a `retention`",
      "add `retention`, such as `retention: 30d`",
    );
  const at = resolvePlace(entry);
  return (
    at &&
    compact({
      id: input.id,
      at,
      retention: input.retention,
      retentionFrom: input["retention-from"],
      columns: { ...columns },
      place: entry.place,
      keys: entry.keys,
    })
  );
}

function resolvePlace(entry: StoreEntry): Store["at"] | undefined {
  const { input } = entry;
  const connectors = Object.keys(CONNECTORS).filter((key) => Object.hasOwn(input, key)) as ConnectorName[];
  const wrapper = WRAPPER_KEYS.filter((key) => Object.hasOwn(input, key));
  const [connector] = connectors;
  if (connector === undefined && input.write === undefined && input.read === undefined) {
    entry.fail(
      "missing-key",
      entry.place,
      `the store \`${input.id}\` does not say where it is`,
      "add `prisma: Model`, `s3: bucket/**` …, or `write` and `read`",
    );
    return undefined;
  }
  if (connector === undefined) {
    return compact<Store["at"]>({
      kind: "wrapper",
      write: locatorAt(entry, "write"),
      read: locatorAt(entry, "read"),
      key: argumentAt(entry, "key"),
      value: argumentAt(entry, "value"),
    });
  }
  const [, other] = [...connectors, ...wrapper];
  if (other !== undefined) {
    entry.fail("conflict", entry.keyAt(other), `\`${connector}\` and \`${other}\` exclude each other`, "make two stores of it");
    return undefined;
  }
  return { kind: "connector", connector, name: entry.text(connector)! };
}
