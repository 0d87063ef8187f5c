/** `purpose/privacy-budget`: more differential privacy is spent than the model's budget has, or nobody can count it (GDPR Art. 25(1), 32(1)). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule(
  "privacy-budget",
  "Disallow spending more differential privacy than a budget has, and noise that nobody can account for",
);
