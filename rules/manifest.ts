/** `purpose/manifest`: the manifest is no longer true of the code (GDPR Art. 5(2), 30). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule("manifest", "Disallow a manifest that is not true of the code");
