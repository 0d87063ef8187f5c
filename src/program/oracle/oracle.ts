/** The few questions that only the checker can answer, each asked once. */
import type ts from "typescript";
import type { Locator } from "../../manifest/model.js";
import type { DeclarationRef, TypeOracle, TypeShape } from "../project.js";
import { fileOfKey, refTo } from "./declarations.js";
import { findNode, nodeAt } from "./find-node.js";
import { isInside, locatorFinder, type LocateInput } from "./locate.js";
import { hasPart } from "./parts.js";
import { referred, type Referred } from "./referred.js";
import { shapeOf } from "./shape.js";

interface Place {
  readonly program: ts.Program;
  readonly node: ts.Node;
}

/** Programs are made by the questions. An answer never throws: real projects make checkers fail, and then nothing is known. */
export function typeOracle(input: LocateInput): TypeOracle {
  const { own, programs, ts } = input;
  const { locate, hasPlace } = locatorFinder(input);
  const places = new Map<string, Place | undefined>();
  const references = new Map<string, Referred | undefined>();
  const declarations = new Map<string, DeclarationRef | undefined>();
  const shapes = new Map<string, TypeShape | undefined>();

  const placeAt = (file: string, at: number, end: number): Place | undefined =>
    remember(places, `${file}#${at}-${end}`, () => {
      const program = programs.of(file);
      const source = program?.getSourceFile(file);
      const node = source && findNode(source, at, end, ts);
      return program === undefined || node === undefined ? undefined : { program, node };
    });

  /** The declaration of a type's class or interface, else of its alias; of a union, the one that all its parts share. */
  const declaredBy = (program: ts.Program, type: ts.Type): DeclarationRef | undefined => {
    const symbol = type.getSymbol();
    if (symbol !== undefined && (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.Enum)) !== 0)
      return refTo(symbol, program, own, ts);
    if (type.aliasSymbol !== undefined) return refTo(type.aliasSymbol, program, own, ts);
    if (!type.isUnion()) return undefined;
    const refs = type.types.map((part) => declaredBy(program, part));
    const [first] = refs;
    return first !== undefined && refs.every((ref) => ref?.file === first.file && ref.at === first.at) ? first : undefined;
  };

  const typeAt = ({ program, node }: Place): ts.Type => {
    const checker = program.getTypeChecker();
    const known = (type: ts.Type): ts.Type =>
      (type.flags & ts.TypeFlags.TypeParameter) !== 0 ? (checker.getBaseConstraintOfType(type) ?? type) : type;
    const type = known(checker.getTypeAtLocation(node));
    const awaited = known(checker.getAwaitedType(type) ?? type);
    return awaited.isUnion() ? checker.getNonNullableType(awaited) : awaited;
  };

  return {
    refersTo: (file, at, end, locator) =>
      tolerant(() => {
        if (!own.has(file) || !hasPlace(locator)) return false;
        const place = placeAt(file, at, end);
        if (place === undefined) return false;
        const refers = remember(references, `${file}#${at}-${end}`, () => referred(place.node, place.program.getTypeChecker(), ts));
        return refers !== undefined && matches(refers, locator, place.program);
      }, false),
    knows: (locator) => tolerant(() => hasPlace(locator), false),
    typeDeclaration: (file, at, end) =>
      remember(declarations, `${file}#${at}-${end}`, () =>
        tolerant(() => {
          const place = placeAt(file, at, end);
          return place && declaredBy(place.program, typeAt(place));
        }, undefined),
      ),
    shape: (file, at, end, depth) =>
      remember(shapes, `${file}#${at}-${end}/${depth}`, () =>
        tolerant(() => {
          const place = placeAt(file, at, end);
          return place && shapeOf(typeAt(place), depth, { ...place, ts, declared: (type) => declaredBy(place.program, type) });
        }, undefined),
      ),
    has: (locator, part) =>
      tolerant(() => {
        if (!hasPlace(locator)) return undefined;
        const found = locate(locator, undefined);
        const answers = [...found.keys].map((key) => {
          const file = fileOfKey(key);
          const program = programs.of(file) ?? programs.around(file);
          const source = program?.getSourceFile(file);
          const name = source && nodeAt(source, Number(key.slice(file.length + 1)), ts);
          return program && name && hasPart(name, part, program.getTypeChecker(), ts);
        });
        return answers.includes(true) ? true : answers.length === 0 || answers.includes(undefined) ? undefined : false;
      }, undefined),
    exists: (locator) =>
      tolerant(() => {
        if (!hasPlace(locator)) return locator.module.kind === "file" ? false : undefined;
        // Globals and built-ins are declared by what a program includes: ask that of any file.
        const [anyFile] = [...own].sort();
        const needsProgram =
          locator.module.kind === "global" || (locator.module.kind === "package" && !locate(locator, undefined).hasModule);
        const found = locate(locator, needsProgram && anyFile !== undefined ? programs.of(anyFile) : undefined);
        if (found.keys.size > 0 || found.files.size > 0 || found.folders.length > 0) return true;
        if (found.isOpen) return undefined;
        return found.hasModule || locator.module.kind === "file" ? false : undefined;
      }, undefined),
  };

  function matches(refers: Referred, locator: Locator, program: ts.Program): boolean {
    const located = locate(locator, program);
    if (locator.module.kind === "global" && located.keys.size === 0) return refers.undeclared?.join(".") === locator.path.join(".");
    for (const key of refers.keys) {
      if (isInside(located, fileOfKey(key))) return true;
      if (!located.keys.has(key)) continue;
      if (located.within.size === 0 || refers.receiver === undefined) return true;
      for (const ancestor of refers.receiver) if (located.within.has(ancestor)) return true;
    }
    return false;
  }
}

function tolerant<T>(answer: () => T, otherwise: T): T {
  try {
    return answer();
  } catch {
    return otherwise;
  }
}

function remember<V>(known: Map<string, V | undefined>, key: string, make: () => V | undefined): V | undefined {
  if (known.has(key)) return known.get(key);
  const value = make();
  known.set(key, value);
  return value;
}
