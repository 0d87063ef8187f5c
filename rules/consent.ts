/** `purpose/consent`: no check of the consent guards the way (GDPR Art. 6(1)(a), 7). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule("consent", "Disallow passing data to a purpose that rests on consent on a way that no check of it guards", {
  suggests: true,
});
