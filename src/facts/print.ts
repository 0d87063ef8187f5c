/** The intermediate representation as readable text, for people and tests. `x^1` is the variable `x` one record out. */
import type { Arg, ClassFacts, Expr, FileFacts, FunctionFacts, Hoisted, ObjectProp, Pattern, PatternElem, Stmt, TypeIR } from "./ir.js";

/** All functions, classes, imports and exports of a file. */
export function printFacts(facts: FileFacts): string {
  const out: string[] = [];
  facts.imports.forEach((i, n) => out.push(`import #${n} ${i.typeOnly ? "type " : ""}${i.local || "-"} = ${i.name} of ${quote(i.from)}`));
  facts.functions.forEach((f, n) => out.push(`fn#${n} ${printFunction(f)}`));
  facts.classes.forEach((c, n) => out.push(`class#${n} ${printClass(c)}`));
  for (const t of facts.types) out.push(`${t.k} ${t.name} = ${printType(t.type)}`);
  for (const e of facts.exports) {
    switch (e.k) {
      case "local":
        out.push(`export ${e.name} = ${e.slot}${e.ambient === true ? " (ambient)" : ""}`);
        break;
      case "from":
        out.push(`export ${e.name} = ${e.imported} of ${quote(e.from)}`);
        break;
      case "star":
        out.push(`export * of ${quote(e.from)}`);
        break;
      case "import":
        out.push(`export ${e.name} = import #${e.import}`);
        break;
      case "type":
        out.push(`export type ${e.name} = ${e.type}`);
        break;
    }
  }
  for (const a of facts.ambient ?? []) out.push(`ambient ${a.name}${a.type === undefined ? "" : `: ${printType(a.type)}`}`);
  for (const e of facts.syntaxErrors) out.push(`error ${e.message}`);
  return out.join("\n");
}

export function printFunction(f: FunctionFacts): string {
  const flags = [f.async ? "async " : "", f.kind, f.generator ? "*" : ""].join("");
  const params = f.params.map(
    (p) =>
      `${p.rest ? "..." : ""}${printPattern(p.target)}${p.optional ? "?" : ""}${p.default === undefined ? "" : ` = ${printExpr(p.default)}`}`,
  );
  const notes = [
    `in ${f.parent}`,
    f.owner === undefined ? "" : ` of class#${f.owner}`,
    f.selfName === undefined ? "" : ` self ${f.selfName}`,
    f.usesArguments === true ? " arguments" : "",
    f.thisType === undefined ? "" : ` this: ${printType(f.thisType)}`,
    ...(f.directives ?? []).map((d) => ` ${quote(d)}`),
    ...(f.tags ?? []).map((t) => ` @${t.tag} ${t.text}`),
  ].join("");
  const returns = f.returnType === undefined ? "" : `: ${printType(f.returnType)}`;
  return `${flags} ${f.name || "-"}(${params.join(", ")})${returns} [${notes}] ${block(f.body, f.hoisted, "")}`;
}

export function printClass(c: ClassFacts): string {
  const members = c.members.map((m) => {
    const fn = m.fn === undefined ? "" : ` fn#${m.fn}`;
    return `  ${m.static ? "static " : ""}${m.kind} ${printExpr(m.key)}${fn}${m.ambient === true ? " ambient" : ""}`;
  });
  if (c.ctor !== undefined) members.unshift(`  ctor fn#${c.ctor}`);
  const base = c.superclass === undefined ? "" : ` extends ${printExpr(c.superclass)}`;
  const self = c.selfSlot === undefined ? "" : ` self ${c.selfSlot}`;
  return `${c.name || "-"}${self}${base} {\n${members.join("\n")}\n}`;
}

function block(body: readonly Stmt[], hoisted: readonly Hoisted[], indent: string): string {
  const lines = [...hoisted.map((h) => `hoist ${h.slot} = fn#${h.fn}`), ...body.map((s) => printStmt(s, `${indent}  `))];
  return lines.length === 0 ? "{}" : `{\n${lines.map((l) => `${indent}  ${l}`).join("\n")}\n${indent}}`;
}

export function printStmt(s: Stmt, indent = ""): string {
  const body = (b: readonly Stmt[], hoisted: readonly Hoisted[] = []): string => block(b, hoisted, indent);
  switch (s.s) {
    case "expr":
      return printExpr(s.e);
    case "bind":
      return `${s.kind} ${printPattern(s.target)}${s.init === undefined ? "" : ` = ${printExpr(s.init)}`}${(s.tags ?? []).map((t) => ` @${t.tag} ${t.text}`).join("")}`;
    case "return":
      return s.e === undefined ? "return" : `return ${printExpr(s.e)}`;
    case "throw":
      return `throw ${printExpr(s.e)}`;
    case "if":
      return `if ${printExpr(s.test)} ${body(s.then)}${s.else === undefined ? "" : ` else ${body(s.else)}`}`;
    case "loop": {
      const parts = [
        s.test === undefined ? "" : ` test ${printExpr(s.test)}`,
        s.update === undefined ? "" : ` update ${printExpr(s.update)}`,
      ];
      const init = s.init.length === 0 ? "" : ` init ${body(s.init)}`;
      return `${s.kind}${s.scoped ? " scoped" : ""}${init}${parts.join("")} ${body(s.body)}`;
    }
    case "for-of":
      return `for${s.scoped ? " scoped" : ""}${s.await ? " await" : ""} ${printPattern(s.target)} of ${printExpr(s.iter)} ${body(s.body, s.hoisted)}`;
    case "for-in":
      return `for${s.scoped ? " scoped" : ""} ${printPattern(s.target)} in ${printExpr(s.o)} ${body(s.body, s.hoisted)}`;
    case "switch":
      return `switch ${printExpr(s.e)} {${s.cases.map((c) => `\n${indent}  ${c.test === undefined ? "default" : `case ${printExpr(c.test)}`} ${block(c.body, [], `${indent}  `)}`).join("")}\n${indent}}`;
    case "try": {
      const handler = s.handler === undefined ? "" : ` catch${s.param === undefined ? "" : ` ${printPattern(s.param)}`} ${body(s.handler)}`;
      return `try ${body(s.block)}${handler}${s.finalizer === undefined ? "" : ` finally ${body(s.finalizer)}`}`;
    }
    case "break":
    case "continue":
      return s.label === undefined ? s.s : `${s.s} ${s.label}`;
    case "labeled":
      return `${s.label}: ${printStmt(s.body, indent)}`;
    case "block":
      return body(s.body);
    case "scope":
      return `scope ${body(s.body, s.hoisted)}`;
    case "opaque":
      return `opaque ${s.reason}`;
  }
}

export function printPattern(p: Pattern): string {
  switch (p.p) {
    case "var":
      return `${p.slot}${up(p.up)}${typed(p.type)}`;
    case "global":
      return `global ${p.name}`;
    case "member":
      return member(p.o, p.key, "");
    case "object": {
      const props = p.props.map((q) => `${printKey(q.key)}: ${elem(q)}`);
      if (p.rest !== undefined) props.push(`...${printPattern(p.rest)}`);
      return `{${props.join(", ")}}${typed(p.type)}`;
    }
    case "array": {
      const elems = p.elems.map((q) => (q === null ? "" : elem(q)));
      if (p.rest !== undefined) elems.push(`...${printPattern(p.rest)}`);
      return `[${elems.join(", ")}]${typed(p.type)}`;
    }
  }
}

function elem(e: PatternElem): string {
  return `${printPattern(e.target)}${e.default === undefined ? "" : ` = ${printExpr(e.default)}`}`;
}

function typed(type: TypeIR | undefined): string {
  return type === undefined ? "" : `: ${printType(type)}`;
}

function up(n: number): string {
  return n === 0 ? "" : `^${n}`;
}

export function printExpr(e: Arg): string {
  switch (e.e) {
    case "const":
      return e.big === true ? `${String(e.v)}n` : e.v === undefined ? "undefined" : typeof e.v === "string" ? quote(e.v) : String(e.v);
    case "regex":
      return `/${e.source}/${e.flags}`;
    case "template":
    case "tagged":
      return `${e.e === "tagged" ? printExpr(e.tag) : ""}\`${e.quasis.map((q, i) => (i === 0 ? q : `\${${printExpr(e.exprs[i - 1] as Expr)}}${q}`)).join("")}\``;
    case "var":
      return `${e.slot}${up(e.up)}`;
    case "import":
      return `#${e.i}`;
    case "global":
      return `global ${e.name}`;
    case "this":
    case "super":
      return e.e;
    case "meta":
      return e.name;
    case "member":
      return member(e.o, e.key, e.opt === true ? "?." : "");
    case "call":
      return `${printExpr(e.f)}${e.opt === true ? "?." : ""}${typeArgs(e.types)}(${e.args.map(printExpr).join(", ")})`;
    case "new":
      return `new ${printExpr(e.f)}${typeArgs(e.types)}(${e.args.map(printExpr).join(", ")})`;
    case "object":
      return `{${e.props.map(printProp).join(", ")}}`;
    case "array":
      return `[${e.elems.map((x) => (x === null ? "" : printExpr(x))).join(", ")}]`;
    case "fn":
      return `fn#${e.fn}`;
    case "class":
      return `class#${e.cls}`;
    case "assign":
      return `(${printPattern(e.target)} ${e.op ?? ""}= ${printExpr(e.v)})`;
    case "update":
      return e.prefix ? `${e.op}${printPattern(e.target)}` : `${printPattern(e.target)}${e.op}`;
    case "unary":
      return `${e.op}${e.op.length > 1 ? " " : ""}${printExpr(e.v)}`;
    case "delete":
      return `delete ${member(e.o, e.key, "")}`;
    case "binary":
    case "logical":
      return `(${printExpr(e.l)} ${e.op} ${printExpr(e.r)})`;
    case "cond":
      return `(${printExpr(e.test)} ? ${printExpr(e.then)} : ${printExpr(e.else)})`;
    case "seq":
      return `(${e.es.map(printExpr).join(", ")})`;
    case "await":
      return `await ${printExpr(e.v)}`;
    case "yield":
      return `yield${e.delegate ? "*" : ""}${e.v === undefined ? "" : ` ${printExpr(e.v)}`}`;
    case "cast":
      return `<${e.satisfies === true ? "satisfies " : ""}${e.type === undefined ? "const" : printType(e.type)}>${printExpr(e.v)}`;
    case "jsx":
      return `<${e.tag === undefined ? "" : printExpr(e.tag)} {${e.props.map(printProp).join(", ")}}>`;
    case "dynamic-import":
      return `${e.require === true ? "require" : "import"}(${printExpr(e.spec)})`;
    case "opaque":
      return `opaque(${e.reason})`;
    case "spread":
      return `...${printExpr(e.v)}`;
  }
}

function typeArgs(types: readonly TypeIR[] | undefined): string {
  return types === undefined ? "" : `<${types.map(printType).join(", ")}>`;
}

function printProp(p: ObjectProp): string {
  switch (p.k) {
    case "prop":
      return `${printKey(p.key)}: ${printExpr(p.v)}`;
    case "spread":
      return `...${printExpr(p.v)}`;
    case "get":
    case "set":
      return `${p.k} ${printKey(p.key)} fn#${p.fn}`;
  }
}

function printKey(key: Expr): string {
  if (key.e === "const" && typeof key.v === "string") return /^(?:\0#)?[\w$]+$/.test(key.v) ? key.v.replace("\0", "") : quote(key.v);
  return `[${printExpr(key)}]`;
}

function member(o: Expr, key: Expr, dot: string): string {
  if (key.e === "const" && typeof key.v === "string" && /^(?:\0#)?[A-Za-z_$][\w$]*$/.test(key.v))
    return `${printExpr(o)}${dot || "."}${key.v.replace("\0", "")}`;
  return `${printExpr(o)}${dot}[${printExpr(key)}]`;
}

function quote(text: string): string {
  return JSON.stringify(text.replace(/^\0#/, "#"));
}

export function printType(t: TypeIR): string {
  switch (t.t) {
    case "ref":
      return `${t.name.join(".")}${typeArgs(t.args)}`;
    case "literal": {
      const props = t.props.map((p) => `${p.name}${p.optional === true ? "?" : ""}${p.type === undefined ? "" : `: ${printType(p.type)}`}`);
      if (t.index !== undefined) props.push(`[]: ${printType(t.index)}`);
      if (t.call !== undefined) props.push(printType(t.call));
      return `{${props.join("; ")}}`;
    }
    case "array":
      return `${printType(t.of)}[]`;
    case "tuple":
      return `[${[...t.of.map(printType), ...(t.rest === undefined ? [] : [`...${printType(t.rest)}`])].join(", ")}]`;
    case "union":
      return `(${t.of.map(printType).join(" | ")})`;
    case "intersection":
      return `(${t.of.map(printType).join(" & ")})`;
    case "function":
      return `(${t.params.map((p) => `${p.rest === true ? "..." : ""}${p.name}${p.type === undefined ? "" : `: ${printType(p.type)}`}`).join(", ")}) => ${t.returns === undefined ? "?" : printType(t.returns)}`;
    case "primitive":
      return t.name;
    case "const":
      return JSON.stringify(t.v);
    case "typeof":
      return `typeof ${t.name.join(".")}`;
    case "keyof":
      return `keyof ${printType(t.of)}`;
    case "indexed":
      return `${printType(t.of)}[${printType(t.key)}]`;
    case "mapped":
      return `{[${t.param} in ${printType(t.keys)}]${t.optional === true ? "?" : ""}${t.value === undefined ? "" : `: ${printType(t.value)}`}}`;
    case "conditional":
      return `(? ${printType(t.then)} : ${printType(t.else)})`;
    case "complex":
      return `complex(${t.text.replace(/\s+/g, " ")})`;
  }
}
