/** One step of a locator's path: from a symbol to its member of a name. */
import type ts from "typescript";
import type { Ts } from "../problems.js";
import { unaliased } from "./declarations.js";

/** `open` when the type is `any`: nobody can say what it has. */
export type Step = { readonly symbols: readonly ts.Symbol[]; readonly open?: true };

const NONE: Step = { symbols: [] };

/**
 * Static members and namespace exports first, else the instance's properties, else those of what a factory function returns;
 * `*` is all of the first kind that has any.
 */
export function memberOf(symbol: ts.Symbol, name: string, checker: ts.TypeChecker, ts: Ts): Step {
  let isOpen = false;
  for (const type of typesOf(unaliased(symbol, checker, ts), checker, ts)) {
    if ((type.flags & ts.TypeFlags.Any) !== 0) {
      isOpen = true;
      continue;
    }
    const found = propertiesNamed(type, name, checker);
    if (found.length > 0) return { symbols: found };
    // It has whatever it is asked for.
    if (type.getStringIndexType() !== undefined) isOpen = true;
  }
  return isOpen ? { symbols: [], open: true } : NONE;
}

export function propertiesNamed(type: ts.Type, name: string, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const full = checker.getApparentType(checker.getNonNullableType(type));
  if (name === "*") return checker.getPropertiesOfType(full).filter((p) => p.name !== "prototype");
  // Of a class or function, its own properties only: `User.name` is the instance's field, not the `name` that every function has.
  const isCallable = full.getCallSignatures().length > 0 || full.getConstructSignatures().length > 0;
  const found = isCallable ? checker.getPropertiesOfType(full).find((p) => p.name === name) : checker.getPropertyOfType(full, name);
  return found === undefined ? [] : [found];
}

function* typesOf(symbol: ts.Symbol, checker: ts.TypeChecker, ts: Ts): Generator<ts.Type> {
  const value = (symbol.flags & ts.SymbolFlags.Value) !== 0 ? checker.getTypeOfSymbol(symbol) : undefined;
  if (value !== undefined) yield value;
  if ((symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0)
    yield checker.getDeclaredTypeOfSymbol(symbol);
  if (value === undefined) return;
  // `const OpenAI = class …` and `createClient()`: the instance, or what the factory returns.
  for (const signature of [...value.getConstructSignatures(), ...value.getCallSignatures()]) {
    const returned = signature.getReturnType();
    yield checker.getAwaitedType(returned) ?? returned;
  }
}

/** The module's export of a name: named, `default`, or the default export where that bears the name or has it as a member. */
export function exportOf(module: ts.Symbol, name: string, checker: ts.TypeChecker, ts: Ts): Step {
  const exported = checker.getExportsOfModule(module);
  if (name === "*") return { symbols: exported.map((s) => unaliased(s, checker, ts)) };
  const named = exported.find((s) => s.name === name);
  if (named !== undefined) return { symbols: [unaliased(named, checker, ts)] };
  const assigned = module.exports?.get(ts.InternalSymbolName.ExportEquals);
  const standard = assigned ?? exported.find((s) => s.name === "default");
  if (standard === undefined) return NONE;
  const whole = unaliased(standard, checker, ts);
  if (name === "default" || whole.name === name || declaredName(whole, ts) === name) return { symbols: [whole] };
  return memberOf(whole, name, checker, ts);
}

function declaredName(symbol: ts.Symbol, ts: Ts): string | undefined {
  const declaration = symbol.declarations?.[0];
  const name = declaration && ts.getNameOfDeclaration(declaration);
  return name !== undefined && ts.isIdentifier(name) ? name.text : undefined;
}

/** A top-level declaration that is not exported, or that of a script. */
export function localOf(source: ts.SourceFile, name: string, checker: ts.TypeChecker, ts: Ts): Step {
  const symbols: ts.Symbol[] = [];
  const add = (node: ts.Node | undefined): void => {
    const symbol = node && ts.isIdentifier(node) && node.text === name ? checker.getSymbolAtLocation(node) : undefined;
    if (symbol !== undefined) symbols.push(symbol);
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) for (const d of statement.declarationList.declarations) add(d.name);
    else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isEnumDeclaration(statement)
    )
      add(statement.name);
  }
  return { symbols };
}
