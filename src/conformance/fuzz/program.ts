/** Whole programs: some modules that import from each other, and a main one that runs to an end. */
import { choicesFrom, type Choices } from "./choices.js";
import { classDeclaration } from "./classes.js";
import { body, declare, fresh, statementOf, type Context, type Shared, type Variable } from "./context.js";
import { EVENT, SOURCE_RECORDS, USER } from "./frame.js";
import { layOut } from "./lay-out.js";
import { someType } from "./some-type.js";
import { sink } from "./statements/simple.js";
import { statement } from "./statements/statement.js";
import { array, fn, isData, show, VOID, type RecordType } from "./types.js";

/** The numbers that a program is made of: see {@link Choices}. */
export interface Seed {
  readonly shape: readonly number[];
  /** Modules, each of its statements. The last one is the main module. */
  readonly modules: readonly (readonly (readonly number[])[])[];
}

export interface Program {
  /** By name, relative to the project; without the frame's. */
  readonly files: Readonly<Record<string, string>>;
  /** Are the sources' values known by their types alone? */
  readonly opaque: boolean;
  readonly used: ReadonlySet<string>;
}

const NEST = 3;

/** The program that a seed stands for; one that never does two things at a time, unless it is to be `concurrent`. */
export function writeProgram(seed: Seed, concurrent = false): Program {
  const shape = choicesFrom(seed.shape);
  const shared: Shared = { records: [...SOURCE_RECORDS], names: new Map(), concurrent, used: new Set() };
  const start = (choices: Choices, vars: Variable[]): Context => ({
    choices,
    shared,
    vars,
    inside: { async: false, loops: [] },
    depth: 3,
    nest: NEST,
    repeat: 1,
    meter: { steps: 0 },
  });
  const opaque = shape.chance(30);
  const shapes = start(shape, []);
  const count = 1 + shape.below(3);
  for (let i = 0; i < count; i++) shared.records.push(someRecord(shapes));

  const files: Record<string, string> = {};
  const exported: { readonly from: string; readonly variable: Variable }[] = [];
  seed.modules.forEach((seeds, i) => {
    const main = i === seed.modules.length - 1;
    const name = main ? "main" : `m${i}`;
    const vars = exported.map(({ variable }) => ({ ...variable, mutable: false }));
    const g = start(shape, vars);
    declare(g, "user", USER);
    declare(g, "event", EVENT);
    declare(g, "loadUser", fn([], USER), false, 1);
    declare(g, "loadEvent", fn([], EVENT), false, 1);
    const before = vars.length;
    const whole = main && shape.chance(60);
    const inner = whole ? { ...body(g, { async: true, returns: VOID }), nest: NEST, vars } : g;
    const written = seeds.map((numbers) => topLevel({ ...inner, choices: choicesFrom(numbers) }, whole));
    const lines = whole ? [`async function main(): Promise<void> {`, ...written, "}", "void main();"] : written;
    const text = lines.join("\n");
    const imports = exported.filter(({ variable }) => mentions(text, variable.name));
    if (!main) for (const variable of vars.slice(before)) exported.push({ from: shape.chance(25) ? "barrel" : name, variable });
    files[`${name}.ts`] = layOut([
      ...head(shared.records),
      ...importLines(imports),
      "const user = loadUser();",
      "const event = loadEvent();",
      ...(main ? lines : written.map(exportable)),
    ]);
  });
  const modules = Object.keys(files).filter((file) => file !== "main.ts");
  files["barrel.ts"] = modules.map((file) => `export * from "./${file.replace(".ts", ".js")}";\n`).join("") || "export {};\n";
  files["types.ts"] = typesModule(shared.records);
  return { files, opaque, used: shared.used };
}

/** A statement of a module, or one of main's; classes stand at the top of modules only. */
function topLevel(g: Context, inFunction: boolean): string {
  const roll = g.choices.below(12);
  if (roll === 11 && !inFunction) {
    g.shared.used.add("class");
    return classDeclaration(statementOf(g));
  }
  if (roll >= 9) return sink(statementOf(g));
  return statement(g);
}

const mentions = (text: string, name: string): boolean => new RegExp(`\\b${name}\\b`, "u").test(text);

function head(records: readonly RecordType[]): string[] {
  return [
    'import { EventEmitter } from "node:events";',
    'import { loadEvent, loadUser, type Address, type Event, type Meta, type User } from "./source.js";',
    'import { train } from "./sink.js";',
    'import { choose, input } from "./input.js";',
    `import { Failure, type ${records
      .slice(SOURCE_RECORDS.length)
      .map((record) => record.name)
      .join(", type ")} } from "./types.js";`,
  ];
}

function importLines(imports: readonly { readonly from: string; readonly variable: Variable }[]): string[] {
  const modules = [...new Set(imports.map(({ from }) => from))];
  return modules.map((from) => {
    const names = imports.flatMap((one) => (one.from === from ? [one.variable.name] : []));
    return `import { ${names.join(", ")} } from "./${from}.js";`;
  });
}

/** Everything that a module declares at its top is exported. */
const exportable = (text: string): string =>
  text
    .split("\n")
    .map((line, i, all) => (isTop(all, i) ? line.replace(/^(?=(?:const|let|class|function\*?|async function\*?) )/u, "export ") : line))
    .join("\n");

/** Is the line outside of all brackets? */
function isTop(lines: readonly string[], at: number): boolean {
  let depth = 0;
  for (const line of lines.slice(0, at)) for (const c of line) depth += "{([".includes(c) ? 1 : "})]".includes(c) ? -1 : 0;
  return depth === 0;
}

function someRecord(g: Context): RecordType {
  const name = fresh(g, "R");
  const count = 1 + g.choices.below(4);
  const props = Array.from({ length: count }, (_, i) => {
    const type = someType(g, (candidate) => isData(candidate) || candidate.k === "function", 1);
    const lists = g.choices.chance(10) ? array(type) : type;
    return { name: "abcd"[i]!, type: lists, ...(g.choices.chance(20) && type.k !== "function" ? { optional: true } : {}) };
  });
  return { k: "record", name, props };
}

function typesModule(records: readonly RecordType[]): string {
  const own = records.slice(SOURCE_RECORDS.length).map((record) => {
    const props = record.props.map((prop) => `${prop.name}${prop.optional === true ? "?" : ""}: ${show(prop.type)}`);
    return `export interface ${record.name} { ${props.join("; ")} }`;
  });
  return `import type { Address, Event, Meta, User } from "./source.js";
${own.join("\n")}
export class Failure extends Error {
  constructor(message: string, readonly detail: string) { super(message); }
}
`;
}
