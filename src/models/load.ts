/**
 * models: YAML files that describe libraries to {@link LibraryModel}s.
 *
 * Takes a file's name and text; gives the model, or everything that is wrong with it, each with its place and what to do. Reads
 * nothing, and does not know whether the library has what the file describes: that is seen when it is held against a program.
 */
import { parseLocator } from "../manifest/locator.js";
import type { Locator } from "../manifest/model.js";
import type { Parsed } from "../manifest/parsed.js";
import type { Report } from "../manifest/problems.js";
import { suggestion } from "../manifest/nearest.js";
import { tellShape } from "../manifest/shape.js";
import { parseYaml } from "../manifest/yaml/parse.js";
import { keyPositionOf, plain, positionOf, type Path, type Tree } from "../manifest/yaml/tree.js";
import { fetchProblem, flowProblem } from "./flow-problem.js";
import type { LibraryModel, ModelFlow, ModelFunction, ModelPath, ModelResult, ModelType } from "./model.js";
import { parseModelPath } from "./path.js";
import { modelSchema, RESULTS, type ModelInput } from "./schema.js";

const NOUN = "library model";

type FunctionInput = NonNullable<ModelInput["functions"]>[number];

const listOf = (one: string | readonly string[] | undefined): readonly string[] =>
  one === undefined ? [] : typeof one === "string" ? [one] : one;

/** Reads one file. Undefined when something is wrong with it, which is reported then. */
export function loadModel(file: string, text: string, report: Report): LibraryModel | undefined {
  let told = 0;
  const tell: Report = (...problem) => {
    told++;
    report(...problem);
  };
  const tree = parseYaml(text, tell, NOUN);
  if (tree === undefined) return undefined;
  const data = plain(tree);
  tellShape(tree, data, tell, { schema: modelSchema, noun: NOUN, sections: "`package:` and `functions:`" });
  if (told > 0) return undefined;
  const model = resolve(file, tree, data as ModelInput, tell);
  return told > 0 ? undefined : model;
}

function resolve(file: string, tree: Tree, input: ModelInput, report: Report): LibraryModel {
  const place = (path: Path): ModelType["place"] => ({ file, ...positionOf(tree, path) });
  /** What a notation says; undefined when (reported) it says nothing. */
  const read = <Value>(path: Path, text: string, parse: (text: string) => Parsed<Value>): Value | undefined => {
    const result = parse(text);
    if (result.ok) return result.value;
    report("locator", positionOf(tree, path), result.message, result.fix);
    return undefined;
  };
  const like = (path: Path, text: string | undefined): Locator | undefined => {
    if (text === undefined) return undefined;
    const locator = read(path, text, (one) => parseLocator(one, "/"));
    if (locator?.module.kind !== "file") return locator;
    report("locator", positionOf(tree, path), `\`${text}\` is of a file`, "name what is of the language or of Node: `global:JSON.parse`");
    return undefined;
  };

  const types = Object.entries(input.types ?? {}).map(([name, type]): ModelType => {
    const likeness = like(["types", name, "like"], type.like);
    const exported = type.exported === undefined ? [name] : listOf(type.exported);
    return {
      name,
      ...(likeness && { like: likeness }),
      ...(type.gathers !== undefined && { gathers: type.gathers }),
      namespace: type.namespace ?? false,
      exported,
      place: { file, ...keyPositionOf(tree, ["types", name]) },
    };
  });
  const typeNames = types.map(({ name }) => name);
  const known = [...RESULTS, ...typeNames];
  for (const { name, gathers } of types)
    if (gathers !== undefined && !typeNames.includes(gathers))
      report(
        "reference",
        positionOf(tree, ["types", name, "gathers"]),
        `unknown type \`${gathers}\``,
        suggestion(gathers, typeNames, "describe it in `types`"),
      );
  // A library's own `Map` is not the language's.
  const resultsOf = (written: FunctionInput["result"]): ModelResult[] =>
    listOf(written).map((name) => ({ name, isType: typeNames.includes(name) }));

  const functions = (input.functions ?? []).map((fn, i): ModelFunction => {
    const at = ["functions", i] as const;
    for (const [j, of] of listOf(fn.of).entries())
      if (!typeNames.includes(of))
        report(
          "reference",
          positionOf(tree, typeof fn.of === "string" ? [...at, "of"] : [...at, "of", j]),
          `unknown type \`${of}\``,
          suggestion(of, typeNames, "describe it in `types`"),
        );
    for (const key of ["result", "gives"] as const)
      for (const [j, result] of listOf(fn[key]).entries())
        if (!known.includes(result))
          report(
            "reference",
            positionOf(tree, typeof fn[key] === "string" ? [...at, key] : [...at, key, j]),
            `unknown result \`${result}\``,
            suggestion(result, known, "describe it in `types`"),
          );
    if (fn.like !== undefined && (fn.flows ?? []).length > 0)
      report("conflict", positionOf(tree, [...at, "flows"]), "a function that is `like` another has its flows", "remove `like` or `flows`");
    const likeness = like([...at, "like"], fn.like);
    return {
      names: namesOf(fn),
      result: resultsOf(fn.result),
      ...(fn.gives !== undefined && { gives: resultsOf(fn.gives) }),
      async: fn.async ?? false,
      later: fn.later ?? false,
      ...(fn.curried !== undefined && { curried: fn.curried }),
      ...(likeness && { like: likeness }),
      undeclared: fn.undeclared ?? false,
      flows: flowsOf(fn, at, "flows"),
      fetches: flowsOf(fn, at, "fetches"),
      place: place(at),
    };
  });

  function flowsOf(fn: FunctionInput, at: Path, list: "flows" | "fetches"): ModelFlow[] {
    return (fn[list] ?? []).flatMap((flow, i) => {
      const paths = (key: "from" | "to"): ModelPath[] =>
        listOf(flow[key]).flatMap((text, j) => {
          const where = [...at, list, i, key];
          return read(typeof flow[key] === "string" ? where : [...where, j], text, parseModelPath) ?? [];
        });
      const how = flow.how ?? "value";
      const when = Object.entries(flow.when ?? {}).flatMap(([text, is]) => {
        const path = read([...at, list, i, "when", text], text, parseModelPath);
        return path === undefined ? [] : [{ path, is }];
      });
      const all = paths("from").flatMap((from) => paths("to").map((to): ModelFlow => ({ from, to, how, when })));
      for (const one of all) {
        const made = one.from.root.k === "new" ? one.from.root.type : undefined;
        if (made !== undefined && !typeNames.includes(made))
          report(
            "reference",
            positionOf(tree, [...at, list, i, "from"]),
            `unknown type \`${made}\``,
            suggestion(made, typeNames, "describe it in `types`"),
          );
        const problem = list === "flows" ? flowProblem(one) : fetchProblem(one);
        if (problem !== undefined) report("conflict", positionOf(tree, [...at, list, i, problem.key]), problem.message, problem.fix);
      }
      return all;
    });
  }

  const seen = new Map<string, number>();
  for (const [i, { names }] of functions.entries())
    for (const name of names) {
      const first = seen.get(name);
      if (first === undefined) seen.set(name, i);
      else
        report(
          "duplicate",
          positionOf(tree, ["functions", i]),
          `\`${name}\` is described twice; first in line ${functions[first]!.place.line}`,
          "put both into one entry",
        );
    }
  return { file, packages: listOf(input.package), split: listOf(input.split), types, functions, place: place(["package"]) };
}

function namesOf({ call, of }: FunctionInput): readonly string[] {
  return of === undefined ? listOf(call) : listOf(of).flatMap((type) => listOf(call).map((name) => `${type}.${name}`));
}
