/** `purpose/special-category`: data of a special category is used without an exemption that lifts the prohibition (GDPR Art. 9). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule("special-category", "Disallow the use of special categories of data without an exemption of Art. 9(2)", {
  suggests: true,
});
