/** `try`, `catch`, `finally`. */
import type { Expr, Stmt } from "../../facts/ir.js";
import { NO_FACTS } from "../domain/about.js";
import type { Site } from "../domain/labels.js";
import { BOTTOM, join, type Value } from "../domain/value.js";
import { ANY_MOMENT, anyMoment, applyJoined, beginWatched, capture, end, rollback, type Point } from "../domain/ways.js";
import { onWaysOut } from "./arms.js";
import { executeAll } from "./exec.js";
import { joinWays } from "./fork.js";
import { caught, factsOfWay } from "./gates.js";
import { goesOn, hop, siteOf, type Exit, type Machine } from "./machine.js";
import { bind } from "./pattern.js";
import { thrownBy, throwValue } from "./throw.js";
import { unknown } from "./unknown.js";

/** `try A catch B finally C` is `try { try A catch B } finally C`. */
export function tryStatement(m: Machine, s: Stmt & { s: "try" }): void {
  const { block, handler, finalizer } = s;
  const site = siteOf(m, s);
  const run = (body: readonly Stmt[]) => () => {
    executeAll(m, body);
  };
  if (handler === undefined) tryFinally(m, run(block), mayFail(block), finalizer ?? [], site);
  else if (finalizer === undefined) tryCatch(m, s, run(handler), site);
  else {
    // What fails in B is thrown as of B's own moments: A has ended before.
    const catching = (): void => {
      if (mayFail(handler)) tryFinally(m, run(handler), true, [], site);
      else executeAll(m, handler);
    };
    tryFinally(
      m,
      () => {
        tryCatch(m, s, catching, site);
      },
      false,
      finalizer,
      site,
    );
  }
}

function tryCatch(m: Machine, { block, param }: Stmt & { s: "try" }, handle: () => void, site: Site): void {
  const point = beginWatched(m.heap);
  const throws = thrownBy(m, point, () => {
    executeAll(m, block);
  });
  const found = m.alive ? factsOfWay(m) : NO_FACTS;
  const after = m.alive ? capture(m.heap, point) : null;
  const reason = asThrown(m, mayFail(block), point, throws, site);
  if (param !== undefined) bind(m, param, hop(m, reason, "throw", site), true);
  handle();
  joinWays(m, point, after === null ? [] : [after]);
  caught(m, found);
  end(m.heap, point);
}

/** What is thrown runs the finalizer and goes on outwards. `fails`: can something but an explicit `throw` fail in it? */
function tryFinally(m: Machine, run: () => void, fails: boolean, finalizer: readonly Stmt[], site: Site): void {
  const { finalizers } = m.frame;
  const wayOut = onWaysOut(m, site);
  const finish = (): void => {
    wayOut(() => {
      executeAll(m, finalizer);
    });
  };
  finalizers.push(finish);
  const point = beginWatched(m.heap);
  const throws = thrownBy(m, point, run);
  finalizers.pop();
  const after = m.alive ? capture(m.heap, point) : null;
  if (fails || throws.length > 0) {
    const reason = asThrown(m, fails, point, throws, site);
    finish();
    if (goesOn(m)) throwValue(m, reason);
  }
  rollback(m.heap, point);
  if (after !== null) applyJoined(m.heap, [after], point);
  m.alive = after !== null;
  end(m.heap, point);
  finish();
}

/** Runs something; what is thrown in it goes on outwards when `handle` has run. */
export function onThrow(m: Machine, run: () => void, handle: () => void, site: Site): void {
  const point = beginWatched(m.heap);
  const throws = thrownBy(m, point, run);
  if (throws.length > 0) {
    const after = m.alive ? capture(m.heap, point) : null;
    const reason = asThrown(m, false, point, throws, site);
    handle();
    if (goesOn(m)) throwValue(m, reason);
    rollback(m.heap, point);
    if (after !== null) applyJoined(m.heap, [after], point);
    m.alive = after !== null;
  }
  end(m.heap, point);
}

/** Makes the state in which something is thrown: explicitly, or, if it `fails`, at any moment since. Gives what is thrown. */
function asThrown(m: Machine, fails: boolean, point: Point, throws: readonly Exit[], site: Site): Value {
  const diffs = throws.map((t) => t.diff).filter((d) => d !== ANY_MOMENT);
  let reason: Value = throws.reduce((v, t) => join(v, t.value), BOTTOM);
  if (fails || diffs.length === 0) {
    reason = join(reason, unknown(m, site));
    diffs.push(anyMoment(m.heap, point, reason));
  }
  rollback(m.heap, point);
  applyJoined(m.heap, diffs, point);
  m.alive = true;
  return reason;
}

/** Can something other than `throw` fail here? Calls that the program itself defines throw explicitly; all but the simplest else may. */
const mayFail = (body: readonly Stmt[]): boolean => body.some((s) => !isSafe(s));

function isSafe(s: Stmt): boolean {
  switch (s.s) {
    case "throw":
      return isMade(s.e);
    case "return":
      return s.e === undefined || isPlain(s.e);
    case "expr":
      return (s.e.e === "assign" && s.e.target.p === "var" && isPlain(s.e.v)) || isLogged(s.e);
    case "bind":
      return s.target.p === "var" && (s.init === undefined || isPlain(s.init));
    default:
      return false;
  }
}

/** Is a value made of what is at hand, mostly a new error with its text? Properties are read of variables only: of others there may be none. */
function isMade(e: Expr): boolean {
  switch (e.e) {
    case "const":
    case "var":
    case "import":
    case "global":
    case "this":
    case "fn":
      return true;
    case "member":
      return e.o.e !== "member" && e.o.e !== "call" && isMade(e.o) && isMade(e.key);
    case "template":
      return e.exprs.every(isMade);
    case "binary":
    case "logical":
      return isMade(e.l) && isMade(e.r);
    case "cast":
      return isMade(e.v);
    case "new":
      return isMade(e.f) && e.args.every((arg) => arg.e !== "spread" && isMade(arg));
    case "object":
      return e.props.every((prop) => (prop.k === "prop" ? isMade(prop.key) && isMade(prop.v) : prop.k !== "spread" || isMade(prop.v)));
    default:
      return false;
  }
}

/** `console.error("…", error)`: the console of every platform takes anything. */
const isLogged = (e: Expr): boolean =>
  e.e === "call" &&
  e.f.e === "member" &&
  e.f.o.e === "global" &&
  e.f.o.name === "console" &&
  e.args.every((arg) => arg.e !== "spread" && isMade(arg));

const isPlain = ({ e }: Expr): boolean => e === "const" || e === "var";
