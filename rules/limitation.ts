/** `purpose/limitation`: a field reaches a sink whose purpose it was not collected for (GDPR Art. 5(1)(b), 6(4)). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule("limitation", "Disallow the use of a field for a purpose that it was not collected for", { suggests: true });
