/** Sources that are one call of the code, by its place. */
import type { Manifest, Source } from "../../manifest/model.js";
import type { Site } from "../domain/labels.js";

export type SiteSource = Source & { readonly at: Extract<Source["at"], { readonly kind: "site" }> };

export interface Sites {
  /** The sources at a place of a file. */
  of(file: string | undefined, site: Pick<Site, "at" | "end">): readonly SiteSource[];
}

export function sitesOf({ sources }: Manifest): Sites {
  const files = new Map<string, Map<string, SiteSource[]>>();
  for (const source of sources) {
    if (source.at.kind !== "site") continue;
    const { file, at, end } = source.at;
    const inFile = files.get(file) ?? new Map<string, SiteSource[]>();
    files.set(file, inFile);
    const key = `${at}-${end}`;
    inFile.set(key, [...(inFile.get(key) ?? []), source as SiteSource]);
  }
  return { of: (file, { at, end }) => (files.size === 0 || file === undefined ? NONE : (files.get(file)?.get(`${at}-${end}`) ?? NONE)) };
}

const NONE: readonly SiteSource[] = [];
