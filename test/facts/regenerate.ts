/**
 * Facts back to JavaScript, environment records spelled out as objects `r0`, `r1`, …: running the result beside the original shows
 * whether lowering kept the meaning. Types are lost, positions and tags too; everything else must survive.
 */
import type { Arg, Expr, FileFacts, FunctionFacts, Hoisted, ObjectProp, Pattern, Stmt } from "../../src/facts/ir.js";

/** A script that runs the file's top level; `require`, `module`, `exports` and other globals are taken from around it. */
export function regenerate(facts: FileFacts): string {
  const module = facts.functions[0] as FunctionFacts;
  return `${strict(module)}const r0 = Object.create(null);\n${hoisted(module.hoisted, 0)}${block(module.body, 0)}`;

  function strict(f: FunctionFacts): string {
    return facts.format === "esm" || f.directives?.includes("use strict") === true ? '"use strict";\n' : "";
  }

  function hoisted(hs: readonly Hoisted[], level: number): string {
    return hs.map((h) => `${slot(h.slot, 0, level)} = ${fn(h.fn, level)};\n`).join("");
  }

  function slot(name: string, up: number, level: number): string {
    return `r${level - up}[${JSON.stringify(name)}]`;
  }

  /** A function value; `head` replaces `function name` for methods. */
  function fn(index: number, outer: number, head?: string): string {
    const f = facts.functions[index] as FunctionFacts;
    const level = outer + 1;
    const star = f.generator ? "*" : "";
    const async = f.async ? "async " : "";
    const params = f.params.map((p) =>
      p.rest ? `...${pattern(p.target, level)}` : withDefault(pattern(p.target, level), p.default, level),
    );
    const arity = f.params.filter((p) => !p.rest && p.default === undefined).map((_, i) => `$${i}`);
    const names = `${arity.join(", ")}${arity.length > 0 ? ", " : ""}...$rest`;
    const prologue = [
      ...(f.directives ?? []).map((d) => `${JSON.stringify(d)};`),
      `const r${level} = Object.create(null);`,
      f.selfName === undefined ? "" : `${slot(f.selfName, 0, level)} = $self;`,
      f.usesArguments === true ? `${slot("arguments", 0, level)} = arguments;` : "",
      hoisted(f.hoisted, level),
      params.length === 0 ? "" : `[${params.join(", ")}] = [${names}];`,
    ].join("\n");
    // A function with a directive may not have a rest parameter, and setters need exactly one.
    const setter = f.kind === "setter";
    const list = f.kind === "getter" ? "" : setter ? "$0" : (f.directives ?? []).length > 0 ? arity.join(", ") : names;
    const fixed = setter ? prologue.replace(/, \.\.\.\$rest\]|\[\.\.\.\$rest\]/, (m) => (m.startsWith(",") ? "]" : "[$0]")) : prologue;
    const restless = list === names ? fixed : fixed.replace(/(?:, )?\.\.\.\$rest\];/, "];");
    const body = `{\n${restless}\n${block(f.body, level)}}`;
    if (f.kind === "arrow") return `(${async}(${list}) => ${body})`;
    if (head !== undefined) return `${async}${star}${head}(${list}) ${body}`;
    return `(${async}function${star} ${f.selfName === undefined ? "" : "$self"}(${list}) ${body})`;
  }

  function block(body: readonly Stmt[], level: number): string {
    return body.map((s) => stmt(s, level)).join("");
  }

  function stmt(s: Stmt, level: number): string {
    switch (s.s) {
      case "expr":
        return `(${expr(s.e, level)});\n`;
      case "bind":
        return `(${pattern(s.target, level)} = ${s.init === undefined ? "undefined" : expr(s.init, level)});\n`;
      case "return":
        return s.e === undefined ? "return;\n" : `return ${expr(s.e, level)};\n`;
      case "throw":
        return `throw ${expr(s.e, level)};\n`;
      case "if":
        return `if (${expr(s.test, level)}) {\n${block(s.then, level)}}${s.else === undefined ? "\n" : ` else {\n${block(s.else, level)}}\n`}`;
      case "loop": {
        const test = s.test === undefined ? "" : expr(s.test, level);
        if (s.kind === "while") return `while (${test}) {\n${block(s.body, level)}}\n`;
        if (s.kind === "do") return `do {\n${block(s.body, level)}} while (${test});\n`;
        return forLoop(s, level, "");
      }
      case "for-of":
      case "for-in": {
        const head =
          s.s === "for-of"
            ? `for ${s.await ? "await " : ""}(const $each of ${expr(s.iter, level)})`
            : `for (const $each in ${expr(s.o, level)})`;
        const inner = s.scoped ? level + 1 : level;
        const record = s.scoped ? `const r${inner} = Object.create(null);\n${hoisted(s.hoisted, inner)}` : "";
        return `${head} {\n${record}(${pattern(s.target, inner)} = $each);\n${block(s.body, inner)}}\n`;
      }
      case "switch":
        return `switch (${expr(s.e, level)}) {\n${s.cases.map((c) => `${c.test === undefined ? "default" : `case ${expr(c.test, level)}`}:\n${block(c.body, level)}`).join("")}}\n`;
      case "try": {
        const bind = s.param === undefined ? "" : `(${pattern(s.param, level)} = $error);\n`;
        const handler = s.handler === undefined ? "" : ` catch ($error) {\n${bind}${block(s.handler, level)}}`;
        return `try {\n${block(s.block, level)}}${handler}${s.finalizer === undefined ? "" : ` finally {\n${block(s.finalizer, level)}}`}\n`;
      }
      case "break":
      case "continue":
        return `${s.s}${s.label === undefined ? "" : ` ${label(s.label)}`};\n`;
      case "labeled":
        if (s.body.s === "loop" && s.body.kind === "for") return forLoop(s.body, level, `${label(s.label)}: `);
        return `${label(s.label)}: ${s.body.s === "expr" || s.body.s === "bind" || s.body.s === "scope" ? `{\n${stmt(s.body, level)}}\n` : stmt(s.body, level)}`;
      case "block":
        return `{\n${block(s.body, level)}}\n`;
      case "scope":
        return `{\nlet r${level + 1} = Object.create(null);\n${hoisted(s.hoisted, level + 1)}${block(s.body, level + 1)}}\n`;
      case "opaque":
        throw new Error(`opaque statement: ${s.reason}`);
    }
  }

  /** The record of a scoped loop is copied before each update, as the language does with the head's variables. */
  function forLoop(s: Extract<Stmt, { s: "loop" }>, level: number, prefix: string): string {
    const test = s.test === undefined ? "" : expr(s.test, level);
    const update = s.update === undefined ? "" : expr(s.update, level);
    if (!s.scoped) return `${block(s.init, level)}${prefix}for (; ${test}; ${update}) {\n${block(s.body, level)}}\n`;
    const r = `r${level}`;
    const copy = `${r} = Object.assign(Object.create(null), ${r})`;
    return `${block(s.init, level)}{ const $t = ${r}; ${prefix}for (let ${r} = Object.assign(Object.create(null), $t); ${test}; ${copy}${update === "" ? "" : `, ${update}`}) {\n${block(s.body, level)}}\n}\n`;
  }

  function label(name: string): string {
    return name.replace(/\*/g, "$");
  }

  function withDefault(target: string, value: Expr | undefined, level: number): string {
    return value === undefined ? target : `${target} = ${expr(value, level)}`;
  }

  function pattern(p: Pattern, level: number): string {
    switch (p.p) {
      case "var":
        return slot(p.slot, p.up, level);
      case "global":
        return p.name;
      case "member":
        return member(p.o, p.key, level, "");
      case "object": {
        const props = p.props.map((q) => `${key(q.key, level)}: ${withDefault(pattern(q.target, level), q.default, level)}`);
        if (p.rest !== undefined) props.push(`...${pattern(p.rest, level)}`);
        return `{${props.join(", ")}}`;
      }
      case "array": {
        const elems = p.elems.map((q) => (q === null ? "" : withDefault(pattern(q.target, level), q.default, level)));
        return `[${elems.map((e) => `${e},`).join("")}${p.rest === undefined ? "" : `...${pattern(p.rest, level)}`}]`;
      }
    }
  }

  function key(k: Expr, level: number): string {
    if (k.e === "const" && typeof k.v === "string" && /^\0#[\w$]+$/.test(k.v)) return k.v.slice(1);
    return k.e === "const" && k.v === "__proto__" ? '"__proto__"' : `[${expr(k, level)}]`;
  }

  function member(o: Expr, k: Expr, level: number, dot: string): string {
    const object = o.e === "super" ? "super" : `(${expr(o, level)})`;
    if (k.e === "const" && typeof k.v === "string" && /^(?:\0#)?[A-Za-z_$][\w$]*$/.test(k.v))
      return `${object}${dot || "."}${k.v.replace("\0", "")}`;
    return `${object}${dot}[${expr(k, level)}]`;
  }

  function args(as: readonly (Arg | null)[], level: number): string {
    return as.map((a) => (a === null ? "" : a.e === "spread" ? `...${expr(a.v, level)}` : expr(a, level))).join(", ");
  }

  /** Callee or object of an optional chain: without parentheses, which would end the chain. */
  function chain(e: Expr, level: number): string {
    if (e.e === "member") {
      const dot = e.opt === true ? "?." : "";
      const object = e.o.e === "super" ? "super" : chain(e.o, level);
      if (e.key.e === "const" && typeof e.key.v === "string" && /^(?:\0#)?[A-Za-z_$][\w$]*$/.test(e.key.v))
        return `${object}${dot || "."}${e.key.v.replace("\0", "")}`;
      return `${object}${dot}[${expr(e.key, level)}]`;
    }
    if (e.e === "call") return `${e.f.e === "super" ? "super" : chain(e.f, level)}${e.opt === true ? "?." : ""}(${args(e.args, level)})`;
    if (e.e === "super") return "super";
    // Called as a variable, not as a method of its record.
    if (e.e === "var") return `(0, ${expr(e, level)})`;
    return `(${expr(e, level)})`;
  }

  function expr(e: Expr, level: number): string {
    switch (e.e) {
      case "const":
        return e.big === true ? `${String(e.v)}n` : e.v === undefined ? "undefined" : JSON.stringify(e.v);
      case "regex":
        return `/${e.source}/${e.flags}`;
      case "template":
        return `\`${e.quasis.map((q, i) => `${i === 0 ? "" : `\${${expr(e.exprs[i - 1] as Expr, level)}}`}${escape(q)}`).join("")}\``;
      case "tagged":
        return `${chain(e.tag, level)}\`${e.quasis.map((q, i) => `${i === 0 ? "" : `\${${expr(e.exprs[i - 1] as Expr, level)}}`}${escape(q)}`).join("")}\``;
      case "var":
        return slot(e.slot, e.up, level);
      case "import":
        throw new Error("imports are not regenerated");
      case "global":
        return e.name;
      case "this":
      case "super":
        return e.e;
      case "meta":
        return e.name;
      case "member":
      case "call":
        return chain(e, level);
      case "new":
        return `new (${expr(e.f, level)})(${args(e.args, level)})`;
      case "object":
        return `({${e.props.map((p) => prop(p, level)).join(", ")}})`;
      case "array":
        return `[${e.elems.map((x) => `${x === null ? "" : args([x], level)},`).join("")}]`;
      case "fn":
        return fn(e.fn, level);
      case "class":
        return cls(e.cls, level);
      case "assign":
        return `(${pattern(e.target, level)} ${e.op ?? ""}= ${expr(e.v, level)})`;
      case "update":
        return e.prefix ? `(${e.op}${pattern(e.target, level)})` : `(${pattern(e.target, level)}${e.op})`;
      case "unary":
        return `(${e.op} ${expr(e.v, level)})`;
      case "delete":
        return `(delete ${member(e.o, e.key, level, "")})`;
      case "binary":
        if (e.op === "in" && e.l.e === "const" && typeof e.l.v === "string" && e.l.v.startsWith("\0#"))
          return `(${e.l.v.slice(1)} in ${expr(e.r, level)})`;
        return `((${expr(e.l, level)}) ${e.op} ${expr(e.r, level)})`;
      case "logical":
        return `((${expr(e.l, level)}) ${e.op} (${expr(e.r, level)}))`;
      case "cond":
        return `(${expr(e.test, level)} ? ${expr(e.then, level)} : ${expr(e.else, level)})`;
      case "seq":
        return `(${e.es.map((x) => expr(x, level)).join(", ")})`;
      case "await":
        return `(await ${expr(e.v, level)})`;
      case "yield":
        return `(yield${e.delegate ? "*" : ""}${e.v === undefined ? "" : ` ${expr(e.v, level)}`})`;
      case "cast":
        return expr(e.v, level);
      case "jsx":
        throw new Error("JSX is not regenerated");
      case "dynamic-import":
        return `${e.require === true ? "require" : "import"}(${expr(e.spec, level)})`;
      case "opaque":
        throw new Error(`opaque expression: ${e.reason}`);
    }
  }

  function escape(text: string): string {
    return text.replace(/[\\`]|\$(?=\{)/g, "\\$&").replace(/\r/g, "\\r");
  }

  function prop(p: ObjectProp, level: number): string {
    switch (p.k) {
      case "prop":
        if (p.v.e === "fn" && facts.functions[p.v.fn]?.kind === "method") return fn(p.v.fn, level, key(p.key, level));
        return `${key(p.key, level)}: ${expr(p.v, level)}`;
      case "spread":
        return `...${expr(p.v, level)}`;
      case "get":
      case "set":
        return `${p.k} ${fn(p.fn, level, key(p.key, level))}`;
    }
  }

  function cls(index: number, level: number): string {
    const c = facts.classes[index];
    if (c === undefined) throw new Error("no such class");
    const lines = [c.selfSlot === undefined ? "" : `static { ${slot(c.selfSlot, 0, level)} = this; }`];
    if (c.ctor !== undefined) lines.push(fn(c.ctor, level, "constructor"));
    for (const m of c.members) {
      if (m.ambient === true) continue;
      const pre = m.static ? "static " : "";
      const body = m.fn === undefined ? "" : block(facts.functions[m.fn]?.body ?? [], level + 1);
      const thunk =
        m.fn === undefined
          ? ""
          : `const r${level + 1} = Object.create(null);\n${hoisted(facts.functions[m.fn]?.hoisted ?? [], level + 1)}${body}`;
      if (m.kind === "field") lines.push(`${pre}${key(m.key, level)}${m.fn === undefined ? "" : ` = (() => {${thunk}})()`};`);
      else if (m.kind === "static-block") lines.push(`static {${thunk}}`);
      else if (m.fn !== undefined) lines.push(`${pre}${m.kind === "method" ? "" : `${m.kind} `}${fn(m.fn, level, key(m.key, level))}`);
    }
    return `(class ${c.superclass === undefined ? "" : `extends (${expr(c.superclass, level)}) `}{\n${lines.join("\n")}\n})`;
  }
}
