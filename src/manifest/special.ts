/** Special categories of personal data, Art. 9: the exemptions of 9(2), and the categories of a taxonomy that are special by themselves. */

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

/** Keys of fideslang 3 (data categories) that name what Art. 9(1) names; what is below one is special as well. */
const SPECIAL_CATEGORIES = [
  "user.biometric",
  "user.genetic",
  "user.health_and_medical",
  "user.demographic.philosophical_belief",
  "user.demographic.political_opinion",
  "user.demographic.race_ethnicity",
  "user.demographic.religious_belief",
  "user.demographic.sexual_orientation",
] as const;

/** Is a category one of Art. 9(1)? `fides:user.biometric` and `user.biometric` are the same. */
export function isSpecialCategory(category: string): boolean {
  const key = category.replace(/^fides:/, "");
  return SPECIAL_CATEGORIES.some((special) => key === special || key.startsWith(`${special}.`));
}
