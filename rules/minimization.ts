/** `purpose/minimization`: more arrives than the purpose needs, or more is collected than is declared (GDPR Art. 5(1)(c), 25). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule(
  "minimization",
  "Disallow passing fields that a purpose does not need, and collecting fields that are not declared",
  { suggests: true },
);
