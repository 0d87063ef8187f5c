/** Special categories of personal data, Art. 9: the exemptions of 9(2). Which categories are special by themselves the taxonomies say. */

/** Art. 9(2)(a) to (j), in their order. */
export const EXEMPTIONS = [
  "explicit-consent",
  "employment",
  "vital-interests",
  "non-profit",
  "made-public",
  "legal-claims",
  "substantial-public-interest",
  "health-care",
  "public-health",
  "research",
] as const;

export type Exemption = (typeof EXEMPTIONS)[number];
