/** `purpose/withdrawal`: a consent cannot be taken back, or not as easily as it is given (GDPR Art. 7(3)). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule("withdrawal", "Disallow consent that cannot be taken back as easily as it is given");
