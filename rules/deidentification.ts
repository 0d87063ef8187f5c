/** `purpose/deidentification`: what arrives is closer to the person than the sink requires, or than somebody says it is (GDPR Recital 26). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule(
  "deidentification",
  "Disallow passing data that is closer to the person than required, and calling pseudonyms anonymous",
  { suggests: true },
);
