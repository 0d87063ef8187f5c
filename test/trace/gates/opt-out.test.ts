/** Who has opted out is excluded in every form that a program may give it, and nobody else is asked for. */
import { describe, expect, it } from "vitest";
import { expectedIn, gatesOf } from "./program.js";

const cases: [string, string][] = [
  [
    "one of two lists",
    `export function f(us: User[]) { const no: User[] = [], yes: User[] = []; for (const u of us) (hasOptedOut(u) ? no : yes).push(u);
 sell(yes); // ok
 sell(no); // undecided
}`,
  ],
  [
    "filters",
    `export function f(us: User[]) { sell(us.filter((u) => !hasOptedOut(u)).map((u) => u.prompt)); // ok
 sell(us.filter(hasOptedOut)); // undecided
 sell(us.filter((u) => !hasOptedOut(us[0]!))); // undecided
}`,
  ],
  [
    "a loop",
    `export function f(us: User[]) { for (const u of us) { if (hasOptedOut(u)) continue; sell(u.prompt); // ok
 } for (const u of us) { if (hasOptedOut(u)) console.log(u.id); sell(u.prompt); // undecided
 } }`,
  ],
  [
    "all of a list",
    `export function f(us: User[]) { if (us.some((u) => hasOptedOut(u))) return;
 sell(us); // ok
}
export function g(us: User[]) { if (us.every((u) => hasOptedOut(u))) return;
 sell(us); // undecided
}`,
  ],
  [
    "or another reason not to",
    `export function f(u: User, paused: boolean) { if (hasOptedOut(u) || paused) return;
 sell(u.prompt); // ok
}
export function g(u: User, paused: boolean) { if (hasOptedOut(u) && paused) return;
 sell(u.prompt); // undecided
}`,
  ],
];

describe("an opt-out in the form of", () => {
  it.each(cases)("%s", (_name, code) => {
    expect(gatesOf(code)).toEqual(expectedIn(code));
  });
});
