/** Whether a function's declaration has an argument or a part of a result that the manifest names. */
import type ts from "typescript";
import type { PathStep } from "../../manifest/model.js";
import type { Ts } from "../problems.js";
import type { CallPart } from "../project.js";

/** Of the declaration whose name is this node; undefined when it cannot be called, or its types leave it open. */
export function hasPart(name: ts.Node, part: CallPart, checker: ts.TypeChecker, ts: Ts): boolean | undefined {
  // At the name of a class stands the type of its instances; who calls it makes one.
  const made = ts.isClassLike(name.parent) ? checker.getSymbolAtLocation(name) : undefined;
  const type = made === undefined ? checker.getTypeAtLocation(name) : checker.getTypeOfSymbolAtLocation(made, name);
  const calls = type.getCallSignatures();
  const signatures = calls.length > 0 ? calls : type.getConstructSignatures();
  if (signatures.length === 0) return undefined;
  return any(
    signatures.flatMap((signature) =>
      "result" in part
        ? [atPath(signature.getReturnType(), part.result, name, checker, ts)]
        : argumentTypes(signature, part.argument.position, name, checker, ts).map(
            (argument) => argument && atPath(argument, part.argument.path, name, checker, ts),
          ),
    ),
  );
}

/** The types at a position, `*` for those of all parameters; none where there is no such parameter. */
function argumentTypes(
  signature: ts.Signature,
  position: number | "*",
  at: ts.Node,
  checker: ts.TypeChecker,
  ts: Ts,
): readonly (ts.Type | undefined)[] {
  const typeOf = (parameter: ts.Symbol): ts.Type | undefined => {
    const type = checker.getTypeOfSymbolAtLocation(parameter, at);
    const { valueDeclaration } = parameter;
    const isRest = valueDeclaration !== undefined && ts.isParameter(valueDeclaration) && valueDeclaration.dotDotDotToken !== undefined;
    return isRest ? checker.getIndexTypeOfType(type, ts.IndexKind.Number) : type;
  };
  const { parameters } = signature;
  if (position === "*") return parameters.map(typeOf);
  const last = parameters.at(-1)?.valueDeclaration;
  const isOpen = last !== undefined && ts.isParameter(last) && last.dotDotDotToken !== undefined;
  const parameter = parameters[position] ?? (isOpen ? parameters.at(-1) : undefined);
  return parameter === undefined ? [] : [typeOf(parameter)];
}

function atPath(given: ts.Type, path: readonly PathStep[], at: ts.Node, checker: ts.TypeChecker, ts: Ts): boolean | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  const type = checker.getNonNullableType(checker.getAwaitedType(given) ?? given);
  const { Any, Unknown, NonPrimitive, Instantiable, StringLike } = ts.TypeFlags;
  // Text may be JSON.
  if ((type.flags & (Any | Unknown | NonPrimitive | Instantiable | StringLike)) !== 0) return undefined;
  if (type.isUnion()) return any(type.types.map((one) => atPath(one, path, at, checker, ts)));
  if (step.k === "prop") {
    const property = checker.getPropertyOfType(type, step.name);
    if (property !== undefined) return atPath(checker.getTypeOfSymbolAtLocation(property, at), rest, at, checker, ts);
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    return index === undefined ? false : atPath(index, rest, at, checker, ts);
  }
  const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  return element && atPath(element, rest, at, checker, ts);
}

/** One that has it is enough; one that leaves it open leaves it open. */
const any = (all: readonly (boolean | undefined)[]): boolean | undefined =>
  all.includes(true) ? true : all.includes(undefined) ? undefined : false;
