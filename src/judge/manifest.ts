/** manifest (Art. 5(2), 30): the manifest is no longer true of the code. What is wrong in its text alone, the loader says. */
import type { Context } from "./context.js";
import { announced } from "./announced.js";
import { dead } from "./dead.js";
import { drift } from "./drift.js";
import { expiring } from "./expiring.js";
import { empty } from "./empty.js";
import type { Draft } from "./finding.js";

export function manifest(ctx: Context): Draft[] {
  return [...empty(ctx), ...drift(ctx), ...dead(ctx), ...expiring(ctx), ...announced(ctx)];
}
