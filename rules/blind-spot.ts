/** `purpose/blind-spot`: a declared field enters code that the analysis cannot follow. No violation, but no verdict either. */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule("blind-spot", "Disallow passing declared fields into code that the analysis cannot follow", {
  type: "suggestion",
});
