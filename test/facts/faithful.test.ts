/** Lowering keeps the meaning: regenerated programs and packages behave as the originals do. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { compileFunction, runInNewContext } from "node:vm";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { parseFacts } from "../../src/facts/extract.js";
import { regenerate } from "./regenerate.js";

/** As JSON has it; what has no JSON, a function say, is null. */
function roundTrip(v: unknown): unknown {
  const json = JSON.stringify(v) as string | undefined;
  return json === undefined ? null : JSON.parse(json);
}

/** What a program hands to `out(…)`, and what it throws. */
function run(code: string): unknown[] {
  const seen: unknown[] = [];
  const out = (...values: unknown[]): void => void seen.push(...values.map((v) => (typeof v === "bigint" ? `${v}n` : roundTrip(v))));
  try {
    runInNewContext(`"use strict";\n${code}`, { out }, { microtaskMode: "afterEvaluate" });
  } catch (error) {
    seen.push(String(error));
  }
  return seen;
}

function check(code: string): unknown[] {
  const js = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext } }).outputText;
  const expected = run(js);
  const regenerated = regenerate(parseFacts("a.ts", code, ts));
  expect(run(regenerated), regenerated).toEqual(expected);
  return expected;
}

const PROGRAMS: Record<string, string> = {
  "for…of closures": `const fs = []; for (const x of [1, 2, 3]) { const y = x * 10; fs.push(() => x + y); } out(fs.map((f) => f()));`,
  "for closures": `const fs = []; for (let i = 0, n = 3; i < n; i++) { let j = i; fs.push(() => [i, j, i++, ++j]); } out(fs.map((f) => f()), fs.map((f) => f()));`,
  "for with closure in head": `const fs = []; for (let i = 0, f = () => i; i < 3; fs.push(f), i++) {} out(fs.map((f) => f()));`,
  "for var is shared": `const fs = []; for (var i = 0; i < 3; i++) { fs.push(() => i); } out(fs.map((f) => f()), i);`,
  "for…in": `const fs = []; for (const k in { a: 1, b: 2 }) fs.push(() => k); let o: any = {}; for (o.k in { z: 1 }) {} out(fs.map((f) => f()), o);`,
  labels: `const fs = []; outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; fs.push(() => [i, j]); } } out(fs.map((f) => f()));`,
  "while closures": `const fs = []; let i = 0; while (i < 3) { const v = i; let c = 0; { function g() { return [v, c++]; } fs.push(g); } i++; } out(fs.map((f) => f()), fs.map((f) => f()));`,
  "do closures": `const fs = []; let i = 0; do { let v = i; fs.push(() => v++); } while (++i < 2); out(fs.map((f) => f() + f()));`,
  "switch in a loop": `const fs = []; for (const t of ["a", "b"]) { switch (t) { case "a": let s = 1; fs.push(() => s++); break; default: let u = 5; fs.push(() => u++); } } out(fs.map((f) => f()), fs.map((f) => f()));`,
  "catch in a loop": `const fs = []; for (const t of ["a", "b"]) { try { throw { t }; } catch ({ t: e, ...r }) { const q = e + t; fs.push(() => [e, q, r]); } finally { const e = 1; out(e); } } out(fs.map((f) => f()));`,
  shadowing: `const x = 1; { const x = 2; { const x = 3; out(x); } out(x); } out(x); function f(x, y = () => x) { { let x = 9; out(x); } var z = x; x = 5; return [x, y(), z]; } out(f(1));`,
  "slots with a dollar": `let x$1 = "taken"; let x = 1; { let x = 2; { let x$1 = 3; out(x, x$1); } } out(x, x$1);`,
  hoisting: `out(f(), typeof v); var v = 1; function f() { return g(); } function g() { return "g"; } out(v); var v; out(v);`,
  "block functions": `{ function f() { return 1; } out(f()); } { function f() { return 2; } out(f()); }`,
  arguments: `function f(a) { const g = () => arguments.length; return [arguments[1], g(), (function () { return arguments.length; })()]; } out(f(1, 2));`,
  "own names": `const f = function fact(n) { return n < 2 ? 1 : n * fact(n - 1); }; const g = function h(h) { return h; }; const k = function m() { var m = 3; return m; }; out(f(5), g(7), k());`,
  destructuring: `const { a, b: [c = 1, , ...d] = [undefined, 0, 4, 5], ["x" + "y"]: e = a, ...rest } = { a: 1, xy: undefined, p: 1, q: 2 } as any; out(a, c, d, e, rest); const [[m], { n = m } = {} as any, ...o] = [[1]] as any; out(m, n, o);`,
  "assignment patterns": `let a, b, o: any = {}, r; ({ a, b: [o.x = 5, o["y"]], ...r } = { a: 1, b: [undefined, 2], z: 3 } as any); [a, b] = [b, a]; [o.p, ...o.q] = "hey"; out(a, b, o, r); ({ a = 4 } = {} as any); out(a);`,
  parameters: `function f({ a, b = a }: any, [c, d = b]: any[] = [1], ...[e, g]: any[]) { return [a, b, c, d, e, g]; } out(f({ a: 1 }), f({ a: 1, b: 2 }, [3, 4], 5, 6));`,
  compound: `let x: any = null; x ??= 1; x += 2; x **= 2; x ||= 0; x &&= x - 1; x <<= 1; const o = { n: 1, get g() { return this.n; }, set g(v) { this.n = v; } }; o.g++; ++o.g; o["g"] -= 5; out(x, o.n, x++, --x, -x, +"1", ~5, !x, typeof x, void 0);`,
  classes: `class A { static #count = 0; static all: A[] = []; #id = ++A.#count; tag = () => this.#id; constructor(public name: string, private readonly extra = name + "!") { A.all.push(this); } get id() { return this.#id; } set id(v) { this.#id = v; } static { A.all.push(new A("static")); } has(o) { return #id in o; } show() { return [this.name, this.extra, this.#id]; } static of(...n: string[]) { return n.map((x) => new this(x)); } ["com" + "puted"]() { return 1; } }
    class B extends A { field = super.show(); constructor(n, public z = 1) { const up = n + "?"; super(up); this.name += z; } show() { return [...super.show(), "B"]; } }
    const b = new B("b"); b.id += 10; out(A.of("x")[0].show(), b.show(), b.field, b.tag(), A.all.length, b.has(b), b.has({}), b.computed(), b);`,
  "class expressions": `const C = class Inner { static make() { return new Inner(); } static self = Inner; v = 1; }; out(C.make(), C.self === C); const cs = [1, 2].map((n) => class K { n = n; static k() { return new K(); } }); out(cs.map((c) => c.k().n)); const made = []; for (const n of [1, 2]) { made.push(class L { who() { return [n, L === made[n - 1]]; } }); } out(made.map((c) => new c().who()));`,
  "class in a loop": `const made = []; for (let i = 0; i < 2; i++) { class P { static i = i; self() { return P.i; } } made.push(P); } out(made.map((P) => new P().self()));`,
  mixins: `const M = (Base) => class extends Base { m() { return "m" + super.m(); } }; class Z { m() { return "z"; } } out(new (M(M(Z)))().m());`,
  objects: `const s = { s: 1 }, k = "dyn"; const o = { a: 1, "b-c": 2, 3: 3, [k]: 4, ...s, m() { return this.a; }, *g() { yield 1; yield* [2, 3]; }, async am() { return 1; }, get x() { return this.a + 1; }, s, f: (a) => a, __proto__: { inherited: true } }; out(o, o.m(), [...o.g()], o.x, (o as any).inherited, o.f(1));`,
  "super in objects": `const base = { hi() { return "base"; } }; const o = { __proto__: base, hi() { return super.hi() + "!"; } }; out(o.hi());`,
  "optional chains": `const o: any = { a: { f() { return this.v; }, v: 7 }, n: null }; out(o?.a?.f(), o.n?.x.y.z(), o.a.f?.(), o.zip?.(), o?.["a"]?.v, (o.n?.x)?.y, delete o?.a); out(o);`,
  templates:
    "const tag = (s, ...v) => [s.join('|'), s.length, v]; out(`a${1}b${`c${2}`}\\n\\`\\${}`, tag`x${1}\\u0041${2}`, ({ tag }).tag`q`);",
  operators: `out(1 + 2 + "3" + 4 + 5, 2 ** 3 ** 2, 1 < 2 === true, (1, 2, 3), "a" in { a: 1 }, [] instanceof Array, 5 % 3, 7 >>> 1, 1 ? 2 ? "a" : "b" : "c", null ?? (0 || "x"), 0n + 0x10n, /a\\/(b)/gi.exec("A/b")![1], [, 1, , 2, ,].length);`,
  enums: `enum E { A, B = 1 << 2, C, D = "d", F = A | B, "quoted-name" } enum E { Z = 100 } const enum S { X = "x", Y = \`\${X}y\` } out(E, E.A, E[4], E["quoted-name"], S.X, S.Y, E.Z);`,
  namespaces: `namespace N { export const x = 1; export let y = x; export function inc() { y++; return x + y; } export namespace M { export const q = y; } export class K { v = y; } const hidden = 5; export const { a, b: [c] } = { a: hidden, b: [6] }; } namespace N { export const z = x + y; inc(); } namespace A.B.C { export const deep = 1; } function F() { return 1; } namespace F { export const meta = "m"; } namespace T { export interface I {} } out(N, N.inc(), N.y, new N.K().v, A, F(), F.meta);`,
  "namespace of its own name": `namespace N { const N = 5; export const v = N; } out(N.v);`,
  "import aliases": `namespace A { export namespace B { export const c = 1; } } import X = A.B; out(X.c);`,
  generators: `function* g(n) { const got = yield n; try { yield got + 1; } finally { out("closed"); } } const it = g(1); out(it.next(), it.next(5), it.return(9)); function* all() { for (const x of [1, 2]) yield () => x; } out([...all()].map((f) => f()));`,
  exceptions: `class E2 extends Error { constructor(m, public extra = 1) { super(m); } } function f() { try { throw new E2("bad"); } catch (e: any) { return [e.message, e.extra, e instanceof Error]; } finally { out("finally"); } } out(f()); try { (() => { throw 1; })(); } catch { out("caught"); }`,
  casts: `const a = <any>{ b: { c: 1 } }; (a as any).b!.c = 2; (<any>a).d = 3; out(a satisfies unknown, (a.b as any)!.c); let v: any; (v as any) = 4; out(v);`,
  "new.target and this": `function F() { return new.target === F; } const o = { f() { return (() => this === o)(); } }; out(new (F as any)() instanceof F, o.f()); (function () { out(typeof this); }).call("x");`,
  "long else-if": `function f(n) { ${Array.from({ length: 100 }, (_, i) => `if (n === ${i}) { const k = ${i} * 2; return k; }`).join(" else ")} else { return -1; } } out(f(0), f(70), f(99), f(100));`,
  "long else-if falling through": `let seen = []; for (const n of [0, 80, 500]) { ${Array.from({ length: 100 }, (_, i) => `if (n === ${i}) { seen.push(() => n); }`).join(" else ")} else seen.push(() => "none"); } out(seen.map((f) => f()));`,
  "long sums": `out(${Array.from({ length: 400 }, (_, i) => (i % 7 === 0 ? `"s${i}"` : `"${i}"`)).join(" + ")}, ${Array.from({ length: 300 }, (_, i) => (i === 250 ? "7" : "0")).join(" || ")});`,
  "loop var in nested function in a block": `const fs = []; for (const x of [1, 2]) { if (x) { const y = x; { const z = y; fs.push(() => { const w = z; return () => [x, y, z, w]; }); } } } out(fs.map((f) => f()()));`,
  "using the outer variable of the same name": `const list = [1, 2]; const fs = []; for (const item of list) { const list = [item]; fs.push(() => list); } out(fs.map((f) => f()), list);`,
  async: `async function f(x) { for await (const y of [x, Promise.resolve(x + 1)]) { const z = y; out(await (async () => z * 2)()); } try { await Promise.reject(new Error("no")); } catch (e: any) { out(e.message); } } async function* g() { for (let i = 0; i < 2; i++) yield async () => i; } f(1).then(async () => { for await (const h of g()) out(await h()); }); out("first");`,
  directives: `function f() { "use strict"; return this === undefined; } out(f());`,
};

describe("programs", () => {
  for (const [name, code] of Object.entries(PROGRAMS)) {
    it(name, () => {
      const seen = check(code);
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.some((s) => typeof s === "string" && /^\w*Error/.test(s))).toBe(false);
    });
  }
});

/** Loads a CommonJS package with every file of it replaced by its regenerated form. */
function load(entry: string): unknown {
  const cache = new Map<string, { exports: unknown }>();
  const root = createRequire(import.meta.url);
  const loadFile = (path: string): unknown => {
    const seen = cache.get(path);
    if (seen !== undefined) return seen.exports;
    const module = { exports: {} as unknown };
    cache.set(path, module);
    const inner = createRequire(path);
    const require = (name: string): unknown => {
      const to = inner.resolve(name);
      return to.startsWith("/") && to.endsWith("js") ? loadFile(to) : inner(name);
    };
    const code = regenerate(parseFacts(path, readFileSync(path, "utf8"), ts));
    // The function's own parameters stand for the globals of a CommonJS module.
    const fn = compileFunction(code, ["require", "module", "exports", "__filename", "__dirname"]);
    fn.call(module.exports, require, module, module.exports, path, dirname(path));
    return module.exports;
  };
  return loadFile(root.resolve(entry));
}

describe("packages", () => {
  it("picomatch", () => {
    const original = createRequire(import.meta.url)("picomatch") as (g: string) => (s: string) => boolean;
    const again = load("picomatch") as typeof original;
    for (const glob of ["**/*.ts", "a/{b,c}/!(d)*.js", "[a-z]?.+(x|y)", "src/**/[!.]*"]) {
      for (const path of ["a/b/e.js", "src/x/y.ts", "ab.x", "a/c/d.js"])
        expect(again(glob)(path), `${glob} ${path}`).toBe(original(glob)(path));
    }
  });

  it("yaml", () => {
    type Yaml = { parse(s: string): unknown; stringify(v: unknown): string };
    const original = createRequire(import.meta.url)("yaml") as Yaml;
    const again = load("yaml") as Yaml;
    const text = "a: &x [1, 2.5, {b: c}]\nd: *x\ne: |\n  text\n  more\nf: !!set {q, r}\ng: 2020-01-01\n? [k]\n: v\n";
    expect(JSON.stringify(again.parse(text))).toBe(JSON.stringify(original.parse(text)));
    const value = { a: [1, "two", null, { b: "- x: y" }], long: "word ".repeat(40) };
    expect(again.stringify(value)).toBe(original.stringify(value));
  });

  it("zod", () => {
    const again = load("zod") as typeof import("zod");
    const schema = again.z.object({ a: again.z.string().min(2), b: again.z.array(again.z.coerce.number()).optional() }).strict();
    expect(schema.parse({ a: "xx", b: ["1", 2] })).toEqual({ a: "xx", b: [1, 2] });
    expect(schema.safeParse({ a: "x", c: 1 }).error?.issues.map((i) => i.code)).toEqual(["too_small", "unrecognized_keys"]);
  });
});
