/** How mechanisms, costs and numbers are told. */
import type { Spent } from "../../manifest/model.js";
import type { MechanismCall } from "../../trace/result.js";
import type { Loss } from "../accounting/loss.js";
import { at } from "../context.js";
import { SYMBOLS, type Flaw } from "./cost.js";

/** To six digits, as short as that is: `3.23333`, `1e-6`. */
export function number(value: number): string {
  const short = Number(value.toPrecision(6));
  return short !== 0 && Math.abs(short) < 1e-3 ? short.toExponential() : String(short);
}

/** `ε 0.5`, `ε 0.5 and δ 1e-6`, `ρ 0.005`. */
export function loss(cost: Loss): string {
  if (cost.k === "rho") return `ρ ${number(cost.rho)}`;
  return `ε ${number(cost.epsilon)}${cost.delta > 0 ? ` and δ ${number(cost.delta)}` : ""}`;
}

/** `./src/noise.ts:addNoise`, as the manifest calls it. */
export function mechanism({ transform }: Pick<MechanismCall, "transform">): string {
  return `\`${transform.locator.text}\``;
}

/** `3 × ε 0.5 at src/train.ts:12`. */
export function event(call: MechanismCall, cost: Loss): string {
  const times = cost.times !== 1 ? `${cost.times} × ` : "";
  return `${times}${loss(cost)} at ${at(call)}`;
}

/** `ε 2 of release 2026-01`. */
export function release(spent: Spent): string {
  const cost: Loss = "rho" in spent ? { k: "rho", rho: spent.rho, times: 1 } : { k: "epsilon", ...spent, times: 1 };
  return `${loss(cost)} of release ${spent.release}`;
}

/** What is wrong with a call's numbers, as a sentence without its end. */
export function flaw(call: MechanismCall, wrong: Flaw): string {
  switch (wrong.k) {
    case "undeclared":
      return `what ${mechanism(call)} spends is not declared: neither its ε nor the scale of its noise`;
    case "no-delta":
      return `${mechanism(call)} draws Gaussian noise, which has no ε without a δ`;
    case "impossible":
      return `${SYMBOLS[wrong.name]} of ${mechanism(call)} is ${number(wrong.value)} here, which is none`;
    case "unreadable": {
      const { values, open } = wrong.amount;
      const seen = values.length > 0 && open !== "absent" ? ` (beside ${values.map(number).join(" or ")})` : "";
      return `${SYMBOLS[wrong.name]} of ${mechanism(call)} cannot be read from the code: ${WHY[open ?? "unknown"]}${seen}`;
    }
  }
}

const WHY = {
  absent: "it may not be given here",
  "no-number": "what is given here may be no number",
  unknown: "it is known only when the program runs (the environment, a file, an argument from outside)",
} as const;
