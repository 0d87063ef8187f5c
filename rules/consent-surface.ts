/** `purpose/consent-surface`: consent is asked for in a way that makes it none (GDPR Art. 4(11), 7, 25). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule("consent-surface", "Disallow consent that is preset, bundled, or cannot be refused as easily as given");
