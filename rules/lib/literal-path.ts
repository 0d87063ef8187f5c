/** From a place in the report to syntax, and from an argument's access path to the properties of the literals that spell it out. */
import { AST_NODE_TYPES as T, ASTUtils, type TSESTree } from "@typescript-eslint/utils";
import type { SourceCode } from "@typescript-eslint/utils/ts-eslint";
import type { ArgumentPath } from "../../src/manifest/model.js";
import type { ReportPlace } from "../../src/report/schema.js";

export type LiteralProperty = TSESTree.Property & { readonly parent: TSESTree.ObjectExpression };

/** The innermost node of a kind that starts where the place starts, and does not end before it. */
export function nodeAt<N extends TSESTree.Node>(
  code: Readonly<SourceCode>,
  { line, column }: ReportPlace,
  is: (node: TSESTree.Node) => node is N,
): N | undefined {
  const start = code.getIndexFromLoc({ line, column: column - 1 });
  for (let node = code.getNodeByRangeIndex(start); node?.range[0] === start; node = node.parent ?? null) {
    if (is(node)) return node;
  }
  return undefined;
}

/** The properties that an access path ends at: `metadata.email` in `{ metadata: { email } }`. Several when an index is any element. */
export function propertiesAt(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  argument: ArgumentPath,
  accessPath: string,
  code: Readonly<SourceCode>,
): LiteralProperty[] {
  if (argument.position === "*") return [];
  const root = call.arguments[argument.position];
  if (root === undefined || call.arguments.slice(0, argument.position).some(({ type }) => type === T.SpreadElement)) return [];
  const steps = [...argument.path.map((step) => (step.k === "prop" ? step.name : "[*]")), ...parse(accessPath)];

  let nodes: TSESTree.Node[] = [root];
  let found: LiteralProperty[] = [];
  for (const step of steps) {
    if (step === "[*]") {
      found = [];
      nodes = nodes.flatMap((node) => elements(literal(node, code)));
    } else {
      found = nodes.flatMap((node) => named(literal(node, code), step));
      nodes = found.map(({ value }) => value);
    }
  }
  return found;
}

/** `messages[*].content` → messages, [*], content. A constant index is taken as any element. */
function parse(accessPath: string): string[] {
  return [...accessPath.matchAll(/\[[^\]]*\]|[^.[\]]+/g)].map(([step]) => (step.startsWith("[") ? "[*]" : step));
}

/** The literal itself, or that of the constant that names it. */
function literal(node: TSESTree.Node, code: Readonly<SourceCode>): TSESTree.Node {
  if (node.type !== T.Identifier) return node;
  const definition = ASTUtils.findVariable(code.getScope(node), node)?.defs[0]?.node;
  if (definition?.type !== T.VariableDeclarator || definition.parent.kind !== "const") return node;
  return definition.id.type === T.Identifier && definition.init ? definition.init : node;
}

function elements(node: TSESTree.Node): TSESTree.Node[] {
  return node.type === T.ArrayExpression ? node.elements.filter((element) => element !== null) : [];
}

function named(node: TSESTree.Node, name: string): LiteralProperty[] {
  if (node.type !== T.ObjectExpression) return [];
  return node.properties.filter(
    (property): property is LiteralProperty => property.type === T.Property && ASTUtils.getPropertyName(property) === name,
  );
}
