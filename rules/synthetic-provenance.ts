/** `purpose/synthetic-provenance`: what is called synthetic still has real people in it (GDPR Recital 26). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule("synthetic-provenance", "Disallow real records in the prompts and results of generators of synthetic data");
