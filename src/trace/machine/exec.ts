/** Statements. */
import { NO_FACTS, type Facts } from "../domain/about.js";
import type { Expr, Stmt } from "../../facts/ir.js";
import type { Site } from "../domain/labels.js";
import { fold } from "../domain/fold.js";
import { S, setSlot, type Obj } from "../domain/heap.js";
import { begin, capture, end, rollback, weaken, type Diff } from "../domain/ways.js";
import { BOTTOM, exact, hasPrimitive, isBottom, join, K, ofConst, ofRef, truthiness, UNDEFINED, type Value } from "../domain/value.js";
import { cutOff } from "./bound.js";
import { hoist, returned } from "./call.js";
import { believe, typeIn } from "./declared.js";
import { evaluate } from "./eval.js";
import { ofTurn } from "./every.js";
import { waiting } from "./floating.js";
import { forkAll, forkBoth, joinWays } from "./fork.js";
import { throwAsked, receivesMore } from "./generators.js";
import { courseOf, fixed, type Course } from "./course.js";
import { assume, assumeFacts, sealed } from "./gates.js";
import { goesOn, hop, inPath, LIMITS, make, siteOf, uncounted, type Jump, type Machine } from "./machine.js";
import { binary } from "./operators.js";
import { countTurns, elementsAtMost } from "./turns.js";
import { behind, ELSE, leaves, onArm, THEN } from "./arms.js";
import { bind } from "./pattern.js";
import { awaitValue } from "./promise.js";
import { entries } from "./props.js";
import { isProxy } from "./proxy.js";
import { refine } from "./refine.js";
import { oneOf } from "./subjects.js";
import { runFinalizers, throwValue } from "./throw.js";
import { onThrow, tryStatement } from "./try.js";
import { objectsOf } from "../domain/heap.js";
import { NO_LABELS } from "../domain/labels.js";

/** Runs statements in order while the way goes on. */
export function executeAll(m: Machine, body: readonly Stmt[]): void {
  const { arms } = m;
  for (const s of body) {
    if (!m.alive) break;
    execute(m, s);
    behind(m, s);
  }
  m.arms = arms;
}

export function execute(m: Machine, s: Stmt): void {
  if (!m.alive) return;
  switch (s.s) {
    case "expr":
      if (isCall(s.e)) waiting(m, "never", () => evaluate(m, s.e));
      else evaluate(m, s.e);
      return;
    case "bind": {
      if (s.init === undefined) {
        bind(m, s.target, UNDEFINED, true);
        return;
      }
      let v = evaluate(m, s.init);
      if (!goesOn(m)) return;
      if (s.type !== undefined) v = believe(m, v, typeIn(m, m.frame.code, s.type), siteOf(m, s));
      bind(m, s.target, hop(m, v, "assign", siteOf(m, s)), s.kind !== "var");
      return;
    }
    case "return":
      returnValue(m, s);
      return;
    case "throw": {
      const v = evaluate(m, s.e);
      if (goesOn(m)) throwValue(m, hop(m, v, "throw", siteOf(m, s)));
      return;
    }
    case "if": {
      const test = evaluate(m, s.test);
      if (!goesOn(m)) return;
      const t = truthiness(test);
      if (t.yes && t.no) branch(m, s, test);
      else {
        assume(m, test, t.yes);
        executeAll(m, t.yes ? s.then : (s.else ?? []));
      }
      return;
    }
    case "loop":
    case "for-of":
    case "for-in":
      repeatStatement(m, s, undefined);
      return;
    case "switch":
      jumpTarget(m, undefined, false, () => switchOn(m, s));
      return;
    case "try":
      tryStatement(m, s);
      return;
    case "break":
    case "continue":
      jumpTo(m, s.s, s.label);
      return;
    case "labeled": {
      const inner = s.body;
      if (inner.s === "loop" || inner.s === "for-of" || inner.s === "for-in") repeatStatement(m, inner, s.label);
      else
        jumpTarget(m, s.label, false, () => {
          execute(m, inner);
        });
      return;
    }
    case "block":
      executeAll(m, s.body);
      return;
    case "scope":
      inRecord(m, siteOf(m, s), () => {
        hoist(m, s.hoisted);
        executeAll(m, s.body);
      });
      return;
    case "opaque":
      m.blind("unsupported-syntax", siteOf(m, s), s.reason, NO_LABELS);
      return;
  }
}

/** Both ways of an `if`; the one that is likely to write more comes last. */
/** `f()`, `void f()`. */
const isCall = (e: Expr): boolean => e.e === "call" || (e.e === "unary" && e.op === "void" && e.v.e === "call");

function branch(m: Machine, s: Stmt & { s: "if" }, test: Value): void {
  const yes = (): void => {
    refine(m, s.test, true);
    assume(m, test, true);
    onArm(m, s, THEN, () => {
      executeAll(m, s.then);
    });
  };
  const no = (): void => {
    refine(m, s.test, false);
    assume(m, test, false);
    onArm(m, s, ELSE, () => {
      if (s.else !== undefined) executeAll(m, s.else);
    });
  };
  if (leaves(s.then) || (s.else !== undefined && !leaves(s.else) && lengthOf(s.else) > lengthOf(s.then))) forkBoth(m, yes, no);
  else forkBoth(m, no, yes);
}

/** In characters. */
const lengthOf = (body: readonly Stmt[]): number => (body.at(-1)?.end ?? 0) - (body[0]?.at ?? 0);

const unknownKey: Value = { ...ofConst("x"), consts: [], kinds: 64 };

function returnValue(m: Machine, s: Stmt & { s: "return" }): void {
  const v = returned(m, s.e);
  if (!m.alive) return;
  const { frame } = m;
  if (m.hooks.returnSinks && s.e !== undefined) m.hooks.onReturn(frame.func, frame.code, v, siteOf(m, s.e));
  leaveWith(m, v);
}

/** Leaves the function that runs with a value, through its `finally` blocks. */
export function leaveWith(m: Machine, v: Value): void {
  const { frame } = m;
  runFinalizers(m, 0);
  if (goesOn(m)) frame.returns.push({ diff: capture(m.heap, frame.point, v), value: sealed(m, v) });
  m.alive = false;
}

/** Runs something in a fresh environment record. */
function inRecord(m: Machine, site: Site, run: () => void): void {
  const outer = m.frame.env;
  const env = make(m, "env", `scope ${site.file}:${site.at}`);
  setSlot(m.heap, env, S.proto, ofRef(outer.id));
  m.frame.env = env;
  run();
  m.frame.env = outer;
}

// ------------------------------------------------------------------------------------------------ jumps

/** Runs a statement that `break` can leave; joins those ways behind it. */
function jumpTarget(m: Machine, label: string | undefined, isLoop: boolean, run: (jump: Jump) => void): void {
  const point = begin(m.heap);
  const around = m.frame.finalizers.length;
  const jump: Jump = { label, loop: isLoop, point, turn: point, breaks: [], continues: [], finalizers: around, turnFinalizers: around };
  m.frame.jumps.push(jump);
  run(jump);
  m.frame.jumps.pop();
  if (jump.breaks.length > 0) joinWays(m, point, jump.breaks);
  end(m.heap, point);
}

function jumpTo(m: Machine, kind: "break" | "continue", label: string | undefined): void {
  const { jumps } = m.frame;
  for (let i = jumps.length - 1; i >= 0; i--) {
    const j = jumps[i]!;
    if (label === undefined ? (kind === "continue" ? !j.loop : j.label !== undefined && !j.loop) : j.label !== label) continue;
    runFinalizers(m, kind === "break" ? j.finalizers : j.turnFinalizers);
    if (m.alive) {
      if (kind === "break") j.breaks.push(capture(m.heap, j.point));
      else j.continues.push(capture(m.heap, j.turn));
    }
    break;
  }
  m.alive = false;
}

/** Runs one turn; the ways that `continue` ends are joined with the current one at its end. */
function inTurn(m: Machine, jump: Jump, run: () => void): void {
  const { turn } = jump;
  const point = begin(m.heap);
  jump.turn = point;
  run();
  joinContinues(m, jump);
  jump.turn = turn;
  end(m.heap, point);
}

function joinContinues(m: Machine, jump: Jump): void {
  if (jump.continues.length === 0) return;
  const diffs = jump.continues;
  jump.continues = [];
  joinWays(m, jump.turn, diffs);
}

// ------------------------------------------------------------------------------------------------ loops

/** A loop of any kind, perhaps with a label. */
function repeatStatement(m: Machine, s: Stmt & { s: "loop" | "for-of" | "for-in" }, label: string | undefined): void {
  if (s.s === "loop") {
    jumpTarget(m, label, true, (jump) => {
      loop(m, s, jump);
    });
    return;
  }
  if (s.s === "for-of") {
    let v = evaluate(m, s.iter);
    if (!goesOn(m)) return;
    const site = siteOf(m, s.iter);
    if (s.await && v.refs.length > 0) v = objectsOf(m.heap, v).some((o) => o.kind === "promise") ? awaitValue(m, v, site) : v;
    const course = courseOf(m, v, site, s.await);
    if (!goesOn(m)) return;
    const objects = objectsOf(m.heap, v);
    // Asked for an element, a body may throw: before the first turn, or behind any of them.
    if (s.await) throwAsked(m, objects, true);
    const isOrdered = !objects.some((obj) => obj.props.has(S.unordered));
    const isList = m.hooks.counts && objects.every(({ kind }) => kind === "array" || kind === "iterator");
    const count = isList ? Math.min(course.count, elementsAtMost(m, s.iter, v)) : course.count;
    const { finalizers } = m.frame;
    const { close } = course;
    const run = (): void => {
      jumpTarget(m, label, true, (jump) => {
        if (close !== undefined) jump.turnFinalizers = finalizers.push(close);
        turns(m, s, { ...course, count }, jump, { isOrdered });
        finalizers.length = jump.finalizers;
      });
    };
    if (close === undefined) run();
    else onThrow(m, run, close, site);
    if (m.alive) for (const async of [true, false]) if (s.await || !async) throwAsked(m, objects, async);
    course.end();
    return;
  }
  const o = evaluate(m, s.o);
  if (!goesOn(m)) return;
  const { keys, rest, maybe } = keysOf(m, o, siteOf(m, s.o));
  jumpTarget(m, label, true, (jump) => {
    turns(m, { ...s, iter: s.o, await: false }, fixed({ list: keys, rest }), jump, { maybe });
  });
}

/** The prototypes whose properties count among an object's: what a class defines for its instances is not enumerable. */
const enumeratedProtos = (m: Machine, obj: Obj): readonly Obj[] =>
  isProxy(obj)
    ? []
    : objectsOf(m.heap, obj.props.get(S.proto) ?? BOTTOM).filter(
        (p) =>
          (p.kind === "object" || p.kind === "unknown") &&
          !objectsOf(m.heap, p.props.get("constructor") ?? BOTTOM).some((c) => c.kind === "class"),
      );

/** What `for (… in o)` goes through; turns of keys that may be missing may be left out: key and value stay together. */
function keysOf(
  m: Machine,
  o: Value,
  site: Site,
): { readonly keys: readonly Value[]; readonly rest: Value | null; readonly maybe: ReadonlySet<number> } {
  const names = new Set<string>();
  const maybe = new Set<number>();
  let rest: Value | null = null;
  // The object's own first, then what it inherits.
  let sure = true;
  let level = objectsOf(m.heap, o);
  // The places of a text's letters.
  if ((o.kinds & K.String) !== 0 || o.consts.some((c) => typeof c === "string")) rest = unknownKey;
  for (let depth = 0; level.length > 0 && depth < 24; depth++) {
    sure &&= level.length === 1;
    for (const obj of level) {
      const e = entries(m, obj, site);
      for (const x of e.known) {
        if (names.has(x.name)) continue;
        if (x.maybe || !sure) maybe.add(names.size);
        names.add(x.name);
      }
      if (e.rest !== null) rest = join(rest ?? BOTTOM, { ...unknownKey, labels: e.restKey });
    }
    level = level.flatMap((obj) => enumeratedProtos(m, obj));
  }
  return { keys: [...names].map(ofConst), rest, maybe };
}

/** Lists of exits that a pass over a loop may have added to; a repeated pass replaces what the one before added. */
function exitState(m: Machine): { restore: () => void } {
  const { frame } = m;
  const returns = frame.returns.length;
  const jumps = frame.jumps.map((j) => [j, j.breaks.length, j.continues.length] as const);
  const handlers = m.handlers.map((h) => [h, h.throws.length] as const);
  return {
    restore: () => {
      frame.returns.length = returns;
      for (const [j, b, c] of jumps) {
        j.breaks.length = b;
        j.continues.length = c;
      }
      for (const [h, n] of handlers) h.throws.length = n;
    },
  };
}

/**
 * Runs a turn again and again until the state at its beginning is stable. `turn` ends alive when another may follow; `count` says before
 * each pass how many there are at most, `ended` runs at the end of each turn that another may follow. Behind it the state is that at the beginning of any turn.
 */
function fixpoint(m: Machine, jump: Jump, turn: () => void, count = (): number => Infinity, ended = (): void => undefined): void {
  const summaries = new Map<string, Obj>();
  const { turns } = m;
  m.frame.uncertain++;
  m.repeating++;
  for (let pass = 1, again = true; again; pass++) {
    m.turns = turns * count();
    const exits = exitState(m);
    const from = begin(m.heap);
    jump.turn = from;
    m.alive = true;
    uncounted(m, turn);
    joinContinues(m, jump);
    if (goesOn(m)) {
      ended();
      fold(m.heap, from.born, summaries);
      again = weaken(m.heap, from);
      if (again && pass >= LIMITS.passes) {
        cutOff(m, from);
        again = false;
      }
    } else {
      // No turn follows another: what the turn did is in its exits only.
      rollback(m.heap, from);
      m.alive = true;
      again = false;
    }
    end(m.heap, from);
    if (again) exits.restore();
  }
  m.frame.uncertain--;
  m.repeating--;
  m.turns = turns;
}

/** More than this many are not told apart. */
const PAIRS = 16;

/** An element that may be one of several pairs, one at a time: what is decided by a pair's key counts for its value alone. */
function pairsOf(m: Machine, element: Value): readonly Value[] {
  if (element.refs.length < 2 || element.refs.length > PAIRS || hasPrimitive(element)) return [];
  const objects = objectsOf(m.heap, element);
  const isPair = (obj: Obj): boolean => obj.kind === "array" && exact(obj.props.get("0") ?? BOTTOM) !== undefined;
  return objects.every(isPair) ? objects.map((obj) => ofRef(obj.id, element.via)) : [];
}

const NONE: ReadonlySet<number> = new Set();

/** `for (target of …)`: the known elements one by one, then any number of the others. */
function turns(
  m: Machine,
  s: (Stmt & { s: "for-of" }) | (Omit<Stmt & { s: "for-in" }, "s"> & { s: "for-in"; iter: unknown; await: boolean }),
  course: Course,
  jump: Jump,
  { maybe = NONE, isOrdered = true }: { readonly maybe?: ReadonlySet<number>; readonly isOrdered?: boolean },
): void {
  const site = siteOf(m, s);
  const turn = (items: Value): void => {
    const parts = pairsOf(m, items);
    if (parts.length < 2) one(items);
    else
      forkAll(
        m,
        parts.map((part) => () => {
          one(part);
          return BOTTOM;
        }),
      );
  };
  const one = (item: Value): void => {
    const run = (): void => {
      const v = s.await && item.refs.length > 0 ? awaitValue(m, item, site) : item;
      if (!m.alive) return;
      bind(
        m,
        s.target,
        hop(m, v, "assign", siteOf(m, s.target)),
        s.target.p === "var" || s.target.p === "object" || s.target.p === "array",
      );
      executeAll(m, s.body);
    };
    if (s.scoped)
      inRecord(m, site, () => {
        hoist(m, s.hoisted);
        run();
      });
    else {
      hoist(m, s.hoisted);
      run();
    }
  };
  let i = 0;
  for (const item of course.sure) {
    const from = isOrdered ? null : begin(m.heap);
    inTurn(m, jump, () => {
      inPath(m, i, () => {
        if (maybe.has(i))
          forkBoth(
            m,
            () => {
              turn(item);
            },
            () => undefined,
          );
        else turn(item);
      });
    });
    if (from !== null) {
      // Another element may have been the first: its turn begins as this one did.
      if (!m.alive) rollback(m.heap, from);
      end(m.heap, from);
      m.alive = true;
    }
    if (!m.alive) return;
    i++;
  }
  if (course.others() === null) return;
  let any: Value = BOTTOM;
  let every: Facts = NO_FACTS;
  fixpoint(
    m,
    jump,
    () => {
      any = course.others() ?? BOTTOM;
      turn(isBottom(any) ? UNDEFINED : oneOf(m, any, site));
    },
    () => course.count,
    () => {
      every = ofTurn(m, any, site);
    },
  );
  assumeFacts(m, every);
}

/** Turns of `for (;;)` and `while (true)` that are run one by one: what such a loop waits for mostly comes in its first few. */
const ENDLESS = 3;

function loop(m: Machine, s: Stmt & { s: "loop" }, jump: Jump): void {
  executeAll(m, s.init);
  if (!m.alive) return;
  const site = siteOf(m, s);
  const body = (): void => {
    executeAll(m, s.body);
  };
  /** The loop's own record is copied for each turn: closures keep the turn's variables. */
  const nextRecord = (): void => {
    if (!s.scoped) return;
    const old = m.frame.env;
    const env = make(m, "env", `turn ${site.file}:${site.at}`);
    for (const [slot, v] of old.props) setSlot(m.heap, env, slot, v);
    m.frame.env = env;
  };
  const outerRecord = m.frame.env;

  if (s.kind === "do") {
    inTurn(m, jump, body);
    if (!goesOn(m)) return;
  }
  // As long as it is certain that another turn follows, turns are run one by one.
  const endless = s.test === undefined || s.test.e === "const";
  for (let turn = 0; turn < LIMITS.unroll; turn++) {
    const test = s.test === undefined ? ofConst(true) : evaluate(m, s.test);
    if (!goesOn(m)) return;
    const t = truthiness(test);
    if (!t.yes) {
      m.frame.env = outerRecord;
      return;
    }
    const certain = m.frame.generator !== null && m.frame.uncertain === 0 && receivesMore(m.frame.generator);
    if (t.no || (!certain && endless && turn >= ENDLESS)) break;
    assume(m, test, true);
    inTurn(m, jump, () => {
      inPath(m, turn, body);
    });
    if (!goesOn(m)) {
      m.frame.env = outerRecord;
      return;
    }
    nextRecord();
    if (s.update !== undefined) evaluate(m, s.update);
  }
  // Then to a fixpoint; the ways on which the test fails leave it like a break.
  const record = m.frame.env;
  let left: Diff[] = [];
  const counting = m.hooks.counts ? countTurns(m, s) : null;
  const oneTurn = (): void => {
    left = [];
    m.frame.env = record;
    counting?.begins();
    const test = s.test === undefined ? ofConst(true) : evaluate(m, s.test);
    if (!m.alive) return;
    const t = truthiness(test);
    if (s.test !== undefined && t.no && t.yes) {
      const at = begin(m.heap);
      refine(m, s.test, false);
      assume(m, test, false);
      if (goesOn(m)) left.push(capture(m.heap, jump.point));
      rollback(m.heap, at);
      end(m.heap, at);
      m.alive = true;
      refine(m, s.test, true);
      assume(m, test, true);
    } else if (t.no && !t.yes) {
      left.push(capture(m.heap, jump.point));
      m.alive = false;
      return;
    }
    if (!goesOn(m)) return;
    inTurn(m, jump, body);
    if (!goesOn(m)) return;
    if (s.scoped) nextRecord();
    counting?.updates();
    if (s.update !== undefined) evaluate(m, s.update);
    counting?.ends();
  };
  fixpoint(m, jump, oneTurn, () => counting?.count() ?? Infinity);
  m.frame.env = outerRecord;
  jump.breaks.push(...left);
  if (endless || left.length > 0) m.alive = false;
}

// ------------------------------------------------------------------------------------------------ switch, try

function switchOn(m: Machine, s: Stmt & { s: "switch" }): void {
  const v = evaluate(m, s.e);
  if (!m.alive) return;
  const site = siteOf(m, s);
  /** Where a case may be entered: its index and what enters there is known of the value. */
  const entriesAt: { index: number; certain: boolean; is: Value }[] = [];
  let decided = false;
  for (const [index, c] of s.cases.entries()) {
    if (c.test === undefined) continue;
    const is = binary(m, "===", v, evaluate(m, c.test), site);
    const t = truthiness(is);
    if (!t.yes) continue;
    entriesAt.push({ index, certain: !t.no, is });
    if (!t.no) {
      decided = true;
      break;
    }
  }
  const fallback = s.cases.findIndex((c) => c.test === undefined);
  const enter = (index: number): void => {
    const test = s.cases[index]?.test;
    if (test !== undefined) refine(m, { e: "binary", op: "===", l: s.e, r: test, at: s.at, end: s.end }, true);
    for (let i = index; i < s.cases.length && m.alive; i++) executeAll(m, s.cases[i]!.body);
  };
  const ways = entriesAt.map((e, i) => () => {
    for (const before of entriesAt.slice(0, i)) assume(m, before.is, false);
    assume(m, e.is, true);
    enter(e.index);
    return BOTTOM;
  });
  if (!decided)
    ways.push(() => {
      for (const c of s.cases)
        if (c.test !== undefined) refine(m, { e: "binary", op: "===", l: s.e, r: c.test, at: s.at, end: s.end }, false);
      for (const e of entriesAt) assume(m, e.is, false);
      if (fallback >= 0) enter(fallback);
      return BOTTOM;
    });
  if (ways.length === 1) ways[0]!();
  else
    forkAll(
      m,
      ways.map((way, i) => () => onArm(m, s, i, way)),
    );
}
