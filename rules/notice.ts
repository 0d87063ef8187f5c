/** `purpose/notice`: code acts on a purpose that people were not told of in time (GDPR Art. 13, 14). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule("notice", "Disallow acting on a purpose that the notice does not tell of");
