/** The article behind each check, in one place. */
import type { RuleId } from "./finding.js";

export interface Article {
  /** As printed: `GDPR Art. 5(1)(b), 6(4)`. */
  readonly text: string;
  /** The European Legislation Identifier of the (first) article: a permanent address of the law itself. */
  readonly uri: string;
}

const GDPR = "http://data.europa.eu/eli/reg/2016/679";

/** The notice before automated decisions is Californian law: the GDPR (Art. 22) asks for other things. */
export const PRE_USE_NOTICE = "CPRA, 11 CCR § 7220";

export const ARTICLES: Readonly<Record<RuleId, Article>> = {
  limitation: { text: "GDPR Art. 5(1)(b), 6(4)", uri: `${GDPR}/art_5/oj` },
  minimization: { text: "GDPR Art. 5(1)(c), 25", uri: `${GDPR}/art_5/oj` },
  consent: { text: "GDPR Art. 6(1)(a), 7", uri: `${GDPR}/art_6/oj` },
  "opt-out": { text: "GDPR Art. 21; CCPA § 1798.120, 1798.135", uri: `${GDPR}/art_21/oj` },
  withdrawal: { text: "GDPR Art. 7(3)", uri: `${GDPR}/art_7/oj` },
  "consent-surface": { text: "GDPR Art. 4(11), 7, 25", uri: `${GDPR}/art_7/oj` },
  deidentification: { text: "GDPR Recital 26, Art. 4(5)", uri: `${GDPR}/art_4/oj` },
  "privacy-budget": { text: "GDPR Art. 25(1), 32(1)", uri: `${GDPR}/art_25/oj` },
  "federated-boundary": { text: "GDPR Art. 5(1)(c), 25", uri: `${GDPR}/art_25/oj` },
  "synthetic-provenance": { text: "GDPR Recital 26, Art. 4(5)", uri: `${GDPR}/art_4/oj` },
  "special-category": { text: "GDPR Art. 9", uri: `${GDPR}/art_9/oj` },
  retention: { text: "GDPR Art. 5(1)(e)", uri: `${GDPR}/art_5/oj` },
  notice: { text: "GDPR Art. 13, 14", uri: `${GDPR}/art_13/oj` },
  manifest: { text: "GDPR Art. 5(2), 30", uri: `${GDPR}/art_30/oj` },
  "blind-spot": { text: "GDPR Art. 5(2)", uri: `${GDPR}/art_5/oj` },
};
