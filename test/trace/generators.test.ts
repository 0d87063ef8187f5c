/** What is sent into a generator arrives at the `yield` it was sent to, and at no other. */
import { expect, test } from "vitest";
import { annotated } from "./program.js";

const check = (code: string): void => {
  const { found, expected } = annotated(code);
  expect(found).toEqual(expected);
};

test("sent values reach what the body returns; other generators of the same body do not have them", () => {
  check(`
    function* collector(): Generator<string, string[], string> {
      const received: string[] = [];
      while (received.length < 2) received.push(yield "more");
      return received;
    }
    const collecting = collector();
    train(collecting.next().value); //! none
    collecting.next(loadUser().name);
    train(collecting.next(loadUser().email).value); //! user.email user.name
    const idle = collector();
    idle.next();
    idle.next("a");
    train(idle.next("b").value); //! none
  `);
});

test("each value at its own yield; the first one is received by nobody", () => {
  check(`
    function* two(): Generator<string, void, string> {
      const a = yield "a?";
      const b = yield "b?";
      train(a); //! user.name
      train(b); //! user.prompt
    }
    const t = two();
    t.next(loadUser().id);
    t.next(loadUser().name);
    t.next(loadUser().prompt);
    function* echo(): Generator<string, void, string> {
      let last = "";
      while (true) last = yield last;
    }
    const e = echo();
    train(e.next(loadUser().id).value); //! none
    train(e.next("x").value); //! none
    train(e.next(loadUser().email).value); //! user.email
    train(e.next("y").value); //! none
  `);
});

test("in loops, and through yield*", () => {
  check(`
    function* all(): Generator<string[], void, string> {
      const kept: string[] = [];
      for (;;) kept.push(yield kept);
    }
    const g = all();
    g.next();
    for (const u of [loadUser(), loadUser()]) g.next(u.prompt);
    train(g.next("").value); //! user.prompt
    function* inner(): Generator<string, string, string> {
      yield "a?";
      return yield "b?";
    }
    function* outer(): Generator<string, string, string> {
      const r = yield* inner();
      const z = yield "z";
      train(z); //! user.id
      return r;
    }
    const o = outer();
    o.next();
    o.next(loadUser().name);
    o.next(loadUser().email);
    train(o.next(loadUser().id).value); //! user.email
  `);
});

test("coroutines that get back what they yield", () => {
  check(`
    const drive = (body: () => Generator<unknown, string, any>): string => {
      const it = body();
      let step = it.next();
      while (!step.done) step = it.next(step.value);
      return step.value;
    };
    train(drive(function* () { const x = yield loadUser().id; const y = yield "c"; return x + y; })); //! user.id
    train(drive(function* () { const x = yield loadUser().id; const y = yield "c"; return x.length + y; })); //! none
  `);
});

test("steps of asynchronous generators are promised", () => {
  check(`
    async function* feed(): AsyncGenerator<string, void, string> {
      const question = yield "first";
      yield question;
    }
    const f = feed();
    f.next().then((s) => {
      train(s.value); //! none
    });
    f.next(loadUser().prompt).then((s) => {
      train(s.value); //! user.prompt
    });
  `);
});

test("what is thrown into a generator arrives at its catch, where it has one", () => {
  check(`
    const u = loadUser();
    function* co(): Generator<string> { try { yield "q"; } catch (e) { yield (e as Error).message; } }
    const g = co();
    g.next();
    train(g.throw(new Error(u.id)).value); //! user.id
    const seen: string[] = [];
    function* spy() { try { yield 1; } catch (e) { seen.push(String(e)); } }
    const s = spy();
    s.next();
    try { s.throw(u.prompt); } catch (e) { train(e); } //! none
    train(seen); //! user.prompt
    function* bare() { yield 1; }
    const b = bare();
    b.next();
    try { b.throw(u.name); } catch (e) { train(e); } //! user.name
    const unstarted = co();
    try { unstarted.throw(u.email); } catch (e) { train(e); } //! user.email
    function* inner(): Generator<string> { try { yield "q"; } catch (e) { yield String(e); } }
    function* outer(): Generator<string> { yield* inner(); }
    const o = outer();
    o.next();
    train(o.throw(u.email).value); //! user.email
  `);
});

test("in asynchronous generators too", () => {
  check(`
    const u = loadUser();
    async function* co(): AsyncGenerator<string> { for (;;) { try { yield "q"; } catch (e) { yield "caught " + String(e); } } }
    const g = co();
    await g.next();
    train((await g.throw(u.name)).value); //! user.name
    async function* failing(): AsyncGenerator<string> { yield u.id; throw new Error(u.email); }
    try {
      for await (const x of failing()) train(x); //! user.id
    } catch (e) {
      train((e as Error).message); //! user.email
    }
    const f = failing();
    try { await f.next(); await f.next(); } catch (e) { train((e as Error).message); } //! user.email
  `);
});

test("return ends a generator by way of its finally", () => {
  check(`
    const u = loadUser();
    function* plain(): Generator<string, string> { yield "q"; yield u.prompt; return "end"; }
    const p = plain();
    p.next();
    train(p.return(u.email).value); //! user.email
    train(p.next().value); //! none
    function* co(): Generator<string, string> { try { yield "q"; } finally { yield "bye"; } return "end"; }
    const g = co();
    g.next();
    train(g.return(u.email).value); //! none
    train(g.next().value); //! user.email
    function* over(): Generator<string, string> { try { yield "q"; return "x"; } finally { return u.id; } }
    const o = over();
    o.next();
    train(o.return(u.email).value); //! user.id
  `);
});

test("a body runs when it is asked, and sees what variables hold by then", () => {
  check(`
    const u = loadUser();
    let current = "";
    function* say(): Generator<string> { yield "start"; yield current; }
    const g = say();
    current = u.id;
    const [a, b] = g;
    train(a); //! none
    train(b); //! user.id
    const stepped = say();
    current = "x";
    stepped.next();
    current = u.email;
    train(stepped.next().value); //! user.email
    const over = (function* () { yield current; })();
    current = "x";
    train(over.next().value); //! none
    const queue: string[] = [];
    function* drain(): Generator<string> { while (queue.length > 0) yield queue.shift()!; }
    const waiting = drain();
    queue.push(u.email);
    for (const x of waiting) train(x); //! user.email
    class Box { items: string[] = []; *[Symbol.iterator]() { yield* this.items; } }
    const box = new Box();
    const walk = box[Symbol.iterator]();
    box.items.push(u.id);
    train(walk.next().value); //! user.id
    const done = say();
    for (const x of done) void x;
    current = u.email;
    train([...done]); //! none
  `);
});
