/** Looking for statements in a function's body. */
import type { Expr, Pattern, Stmt } from "../facts/ir.js";

/** Statements of a function, those in blocks too. */
function* statements(body: readonly Stmt[]): Generator<Stmt> {
  for (const s of body) {
    yield s;
    switch (s.s) {
      case "if":
        yield* statements(s.then);
        yield* statements(s.else ?? []);
        break;
      case "block":
      case "scope":
      case "loop":
      case "for-of":
      case "for-in":
        yield* statements(s.body);
        break;
      case "switch":
        for (const c of s.cases) yield* statements(c.body);
        break;
      case "try":
        yield* statements([...s.block, ...(s.handler ?? []), ...(s.finalizer ?? [])]);
        break;
      case "labeled":
        yield* statements([s.body]);
        break;
      default:
        break;
    }
  }
}

/** The declaration of a variable. */
export function bindingOf(body: readonly Stmt[], slot: string): (Stmt & { s: "bind" }) | undefined {
  for (const s of statements(body)) if (s.s === "bind" && s.target.p === "var" && s.target.slot === slot) return s;
  return undefined;
}

/** What the declaration whose initialiser begins here binds its value to. */
export function boundAt(body: readonly Stmt[], at: number): Pattern | undefined {
  for (const s of statements(body)) if (s.s === "bind" && s.init?.at === at) return s.target;
  return undefined;
}

/** What a function's own `return`s give. */
export function returnsOf(body: readonly Stmt[]): Expr[] {
  const out: Expr[] = [];
  for (const s of statements(body)) if (s.s === "return" && s.e !== undefined) out.push(s.e);
  return out;
}
