/** A vocabulary of purposes and of categories of data, as `taxonomies/` has it. */

/** What a purpose or a category can be called in a taxonomy. */
export type TermKind = "purposes" | "categories";

export interface Term {
  readonly label: string;
  /** The keys of fideslang that it is, or is nearest to; itself, for fideslang's own. */
  readonly fides?: readonly string[];
  /** Is it what Art. 9(1) GDPR names? */
  readonly special?: true;
  /** It is deprecated, and this is its key now. */
  readonly replacedBy?: string;
}

export type Terms = Readonly<Record<string, Term>>;

export interface Taxonomy {
  /** What stands before the colon: `tcf` of `tcf:3`. */
  readonly prefix: string;
  /** As people call it. */
  readonly name: string;
  readonly version: string;
  /** What may stand before a key instead of the prefix and a colon. */
  readonly iri?: string;
  readonly purposes: Terms;
  readonly categories: Terms;
}
