/** What of a Fides file can be said in a manifest. https://ethyca.github.io/fideslang/. */
import type { Exemption } from "../manifest/special.js";
import type { BASES } from "../manifest/schema.js";
import type { Position } from "../manifest/yaml/tree.js";

export type Basis = (typeof BASES)[number];

/** A word of a file, and where it stands. */
export interface Word extends Position {
  readonly text: string;
  readonly file: string;
}

/** A field of a dataset's collection, with the categories of what it is in. */
export interface DatasetField {
  readonly dataset: string;
  /** Collection, field, field in it … */
  readonly path: readonly string[];
  readonly categories: readonly Word[];
  readonly place: Word;
}

/** What a system does with data of some categories. */
export interface Declaration {
  readonly use: Word;
  readonly categories: readonly Word[];
  /** Keys of the datasets that it, or its system, takes data from. */
  readonly datasets: readonly Word[];
  readonly basis?: Basis;
  readonly special?: Exemption;
}

export interface FidesFile {
  readonly fields: readonly DatasetField[];
  /** Keys of datasets, of data uses and of categories that are declared in the file. */
  readonly datasets: readonly Word[];
  readonly uses: readonly Word[];
  readonly categories: readonly Word[];
  readonly declarations: readonly Declaration[];
}

/** The lawful bases of Art. 6(1), as Fides writes them. */
export const BASIS_TEXTS: Readonly<Record<Basis, string>> = {
  consent: "Consent",
  contract: "Contract",
  "legal-obligation": "Legal obligations",
  "vital-interests": "Vital interests",
  "public-task": "Public interest",
  "legitimate-interest": "Legitimate interests",
};

/** The exemptions of Art. 9(2), as Fides writes them. */
export const EXEMPTION_TEXTS: Readonly<Record<Exemption, string>> = {
  "explicit-consent": "Explicit consent",
  employment: "Employment, social security and social protection",
  "vital-interests": "Vital interests",
  "non-profit": "Not-for-profit bodies",
  "made-public": "Made public by the data subject",
  "legal-claims": "Legal claims or judicial acts",
  "substantial-public-interest": "Reasons of substantial public interest (with a basis in law)",
  "health-care": "Health or social care (with a basis in law)",
  "public-health": "Public health (with a basis in law)",
  research: "Archiving, research and statistics (with a basis in law)",
};

/** What a `fides_key` may be made of. */
export const FIDES_KEY = /^[A-Za-z0-9_.<>-]+$/;
