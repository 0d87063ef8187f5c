/** `purpose/opt-out`: those who opted out are not excluded (GDPR Art. 21, CPRA). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule(
  "opt-out",
  "Disallow passing data to a purpose that people can opt out of on a way that does not exclude those who have",
  { suggests: true },
);
