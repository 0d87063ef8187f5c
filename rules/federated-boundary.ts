/** `purpose/federated-boundary`: raw data leaves a device zone, where only declared updates may (GDPR Art. 5(1)(c), 25). */
import { findingsRule } from "./lib/findings-rule.js";

export default findingsRule("federated-boundary", "Disallow sending raw data out of device zones");
