/** `purpose/retention`: a field is kept longer than it may be, or nothing says how long (GDPR Art. 5(1)(e)). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule("retention", "Disallow keeping a field for longer than it may be kept");
