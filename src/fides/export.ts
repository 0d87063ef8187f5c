/**
 * A manifest's fields and what they are used for as Fides resources: fields as datasets, uses as the privacy declarations of one system.
 * Fides names what a declaration is about by category, so it can say more than is meant; that is told.
 */
import type { Field, Manifest, Purpose } from "../manifest/model.js";
import { fidesKeys, isFidesKey } from "../taxonomy/names.js";
import { BASIS_TEXTS, EXEMPTION_TEXTS, type Basis } from "./fides.js";
import { isWithin } from "./import.js";

/** What a field is used for. */
export interface Use {
  readonly field: string;
  readonly purpose: string;
}

interface FidesField {
  readonly name: string;
  data_categories?: readonly string[];
  fields?: FidesField[];
}

interface FidesDeclaration {
  readonly name: string;
  readonly data_categories: readonly string[];
  readonly data_use: string;
  readonly dataset_references?: readonly string[];
  readonly legal_basis_for_processing?: string;
  readonly processes_special_category_data?: true;
  readonly special_category_legal_basis?: string;
}

/** As Fides writes it: a file of its resources. */
export interface FidesResources {
  readonly data_use?: readonly {
    readonly fides_key: string;
    readonly name: string;
    readonly description?: string;
    readonly parent_key?: string;
  }[];
  readonly dataset?: readonly {
    readonly fides_key: string;
    readonly name: string;
    readonly collections: readonly { readonly name: string; readonly fields: readonly FidesField[] }[];
  }[];
  readonly system: readonly {
    readonly fides_key: string;
    readonly name: string;
    readonly system_type: string;
    readonly privacy_declarations: readonly FidesDeclaration[];
  }[];
}

export interface Exported {
  readonly resources: FidesResources;
  /** What a declaration covers that is not meant. */
  readonly notes: readonly string[];
}

/** `key` is the system's. With `uses`, those; without, all that the manifest declares, purposes without a field as well. */
export function exportFides(manifest: Manifest, key: string, uses?: readonly Use[]): Exported {
  const placed = manifest.fields.map((field) => ({ field, categories: categoriesOf(field), ...placeOf(field, key) }));
  const notes: string[] = [];
  const own = new Map<string, Purpose | undefined>();
  const declarations: FidesDeclaration[] = [];
  for (const purpose of manifest.purposes) {
    const used = new Set(uses?.flatMap((use) => (use.purpose === purpose.id ? [use.field] : [])));
    const fields = placed.filter(({ field }) => (uses === undefined ? field.purposes.includes(purpose.id) : used.has(field.id)));
    if (uses !== undefined && fields.length === 0) continue;
    const groups = grouped(fields, ({ dataset, field }) => `${dataset ?? ""}\0${field.special ?? ""}`);
    for (const use of usesOf(purpose)) {
      if (groups.length === 0) declarations.push(declaration(purpose, use, [], undefined));
      for (const group of groups) {
        const beside = placed.filter(({ dataset, field }) => dataset === group[0]!.dataset && !fields.some((one) => one.field === field));
        declarations.push(
          declaration(purpose, use, group, (covered) =>
            beside.filter(({ categories }) => categories.some((one) => isWithin(one, covered))),
          ),
        );
      }
    }
  }
  const datasets = grouped(
    placed.filter(({ dataset }) => dataset !== undefined),
    ({ dataset }) => dataset!,
  );
  return {
    notes: [...new Set(notes)],
    resources: {
      ...(own.size > 0 && {
        data_use: [...own].map(([use, purpose]) => ({
          fides_key: use,
          name: purpose?.id ?? use,
          ...(purpose?.notice !== undefined && { description: purpose.notice }),
          ...(use.includes(".") && { parent_key: use.slice(0, use.lastIndexOf(".")) }),
        })),
      }),
      ...(datasets.length > 0 && {
        dataset: datasets.map((fields) => ({
          fides_key: fields[0]!.dataset!,
          name: fields[0]!.dataset!,
          collections: grouped(fields, ({ path }) => path[0]!).map((inside) => ({
            name: inside[0]!.path[0]!,
            fields: nested(inside.map(({ path, categories }) => ({ path: path.slice(1), categories }))),
          })),
        })),
      }),
      system: [{ fides_key: key, name: key, system_type: "Service", privacy_declarations: declarations }],
    },
  };

  /** Keys of data uses: of its taxonomies, or one of its own, which is declared with those above it. */
  function usesOf(purpose: Purpose): readonly string[] {
    const known = fidesKeys(purpose.sameAs ?? [], "purposes");
    if (known.length > 0) return known;
    const named = asKey(purpose.id);
    const use = isFidesKey(named, "purposes") ? `own.${named}` : named;
    const parts = use.split(".");
    for (let i = 1; i < parts.length; i++) {
      const above = parts.slice(0, i).join(".");
      if (!isFidesKey(above, "purposes") && !own.has(above)) own.set(above, undefined);
    }
    own.set(use, purpose);
    return [use];
  }

  function declaration(
    purpose: Purpose,
    use: string,
    fields: readonly (typeof placed)[number][],
    besides: ((category: string) => readonly (typeof placed)[number][]) | undefined,
  ): FidesDeclaration {
    const [first] = fields;
    const chosen = fields.flatMap(({ field, categories }) => {
      const exact = categories.filter((category) => besides?.(category).length === 0);
      if (exact.length > 0) return exact;
      for (const { field: other } of categories.flatMap((category) => besides?.(category) ?? []))
        notes.push(`by category, the declaration of \`${field.id}\` for \`${purpose.id}\` covers \`${other.id}\` as well`);
      return categories;
    });
    const basis = basisOf(manifest.purposes, purpose);
    const special = first?.field.special;
    return {
      name: [
        purpose.id,
        ...(first?.dataset === undefined ? [] : [`of ${first.dataset}`]),
        ...(special === undefined ? [] : [`(${special})`]),
      ].join(" "),
      data_categories: [...new Set(chosen)].sort(),
      data_use: use,
      ...(first?.dataset !== undefined && { dataset_references: [first.dataset] }),
      ...(basis && { legal_basis_for_processing: BASIS_TEXTS[basis] }),
      ...(special && { processes_special_category_data: true, special_category_legal_basis: EXEMPTION_TEXTS[special] }),
    };
  }
}

/** Data of people, where nothing more is said. */
function categoriesOf({ categories = [] }: Field): readonly string[] {
  const keys = fidesKeys(categories, "categories");
  return keys.length > 0 ? keys : ["user"];
}

/**
 * `orders.items.name` is in the collection `items` of the dataset `orders`; what is just in `orders` in the collection of that name. A field
 * called as its category is in none.
 */
function placeOf({ id, categories = [] }: Field, system: string): { readonly dataset?: string; readonly path: readonly string[] } {
  if (categories.length === 1 && categories[0] === `fides:${id}`) return { path: [id] };
  const parts = id.split(".");
  const [first, ...path] = parts.length === 1 ? [system, ...parts] : parts;
  const dataset = asKey(first!);
  return { dataset, path: path.length === 1 || path[0] === dataset ? [dataset, ...path] : path };
}

function nested(fields: readonly { readonly path: readonly string[]; readonly categories: readonly string[] }[]): FidesField[] {
  return grouped(fields, ({ path }) => path[0]!).map((group): FidesField => {
    const here = group.find(({ path }) => path.length === 1);
    const below = group.filter(({ path }) => path.length > 1);
    return {
      name: group[0]!.path[0]!,
      ...(here && { data_categories: here.categories }),
      ...(below.length > 0 && { fields: nested(below.map(({ path, categories }) => ({ path: path.slice(1), categories }))) }),
    };
  });
}

/** Its own, or that of the nearest purpose above. */
function basisOf(purposes: readonly Purpose[], purpose: Purpose): Basis | undefined {
  const seen = new Set<string>();
  let at: Purpose | undefined = purpose;
  while (at !== undefined && !seen.has(at.id)) {
    if (at.basis !== undefined) return at.basis as Basis;
    seen.add(at.id);
    const { parent }: Purpose = at;
    at = purposes.find(({ id }) => id === parent);
  }
  return undefined;
}

const asKey = (name: string): string => name.replaceAll(/[^A-Za-z0-9_.<>-]/g, "_");

/** In the order of their firsts. */
function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
