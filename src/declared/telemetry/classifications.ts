/** Classification types: `{ owner: "me"; kind: { classification: "SystemMetaData"; purpose: "FeatureInsight" } }`. */
import type ts from "typescript";
import type { LinkedFile } from "../../link/modules.js";
import { METADATA, type Classified, type Tell, type Word } from "./annotation.js";
import type { DeclaredTypes } from "./declared-types.js";

interface Member {
  readonly name: string;
  readonly type: ts.TypeNode | undefined;
  readonly file: LinkedFile;
  readonly at: number;
}

/** Deeper, a type is taken to contain itself. */
const MAX_DEPTH = 16;

/**
 * What a type classifies; undefined when it is no classification: nothing in it has one. A part of it that is not written down as
 * a type of properties (mapped, from a package) is told.
 */
export function classifiedBy(
  compiler: typeof ts,
  types: DeclaredTypes,
  type: ts.TypeNode,
  file: LinkedFile,
  tell: Tell,
): readonly Classified[] | undefined {
  const untold: Parameters<Tell>[] = [];
  const found = inside(type, file, [], 0, (...told) => untold.push(told));
  if (found.length === 0) return undefined;
  for (const told of untold) tell(...told);
  return found;

  function inside(node: ts.TypeNode, from: LinkedFile, path: readonly string[], depth: number, say: Tell): Classified[] {
    const members = membersOf(node, from, depth);
    if (members === undefined) {
      const text = node.getText().replaceAll(/\s+/g, " ");
      say(
        from,
        node.getStart(),
        `what \`${text}\` classifies cannot be read`,
        "write its properties here, or in a type of the project",
        "warning",
      );
      return [];
    }
    return members.flatMap((member): Classified[] => {
      const below = [...path, member.name];
      if (member.type === undefined || (METADATA.has(member.name) && textOf(member.type) !== undefined)) return [];
      const parts = membersOf(member.type, member.file, depth + 1);
      const words = (parts ?? []).filter(
        ({ name, type }) => (name === "classification" || name === "purpose") && textOf(type) !== undefined,
      );
      if (words.length === 0) return inside(member.type, member.file, below, depth + 1, say);
      const classification = wordOf(words, "classification");
      const purpose = wordOf(words, "purpose");
      if (classification !== undefined && purpose !== undefined) return [{ path: below, classification, purpose }];
      const lacks = classification === undefined ? "classification" : "purpose";
      say(member.file, member.at, `\`${member.name}\` has no \`${lacks}\``, `add \`${lacks}: "…"\``);
      return [];
    });
  }

  /** Properties of a type that is written as such, by whatever name; undefined of any other. */
  function membersOf(node: ts.TypeNode, from: LinkedFile, depth: number): readonly Member[] | undefined {
    if (depth > MAX_DEPTH) return undefined;
    if (compiler.isParenthesizedTypeNode(node)) return membersOf(node.type, from, depth);
    if (compiler.isTypeLiteralNode(node)) return ofElements(node.members, from);
    if (compiler.isIntersectionTypeNode(node)) return all(node.types.map((part) => membersOf(part, from, depth + 1)));
    if (!compiler.isTypeReferenceNode(node) || !compiler.isIdentifier(node.typeName)) return undefined;
    return ofName(node.typeName, from, depth);
  }

  function ofName(name: ts.Identifier, from: LinkedFile, depth: number): readonly Member[] | undefined {
    const found = types.find(name.text, name, from);
    if (found === undefined || found === "parameter") return undefined;
    return all(
      found.declarations.flatMap((one) => {
        if (compiler.isTypeAliasDeclaration(one)) return [membersOf(one.type, found.file, depth + 1)];
        const bases = (one.heritageClauses ?? [])
          .flatMap((clause) => [...clause.types])
          .map(({ expression }) => (compiler.isIdentifier(expression) ? ofName(expression, found.file, depth + 1) : undefined));
        return [...bases, ofElements(one.members, found.file)];
      }),
    );
  }

  function ofElements(elements: readonly ts.TypeElement[], from: LinkedFile): Member[] {
    return elements.flatMap((element) => {
      if (!compiler.isPropertySignature(element)) return [];
      const name = compiler.isIdentifier(element.name) || compiler.isStringLiteral(element.name) ? element.name.text : undefined;
      return name === undefined ? [] : [{ name, type: element.type, file: from, at: element.getStart() }];
    });
  }

  function textOf(node: ts.TypeNode | undefined): string | undefined {
    return node !== undefined && compiler.isLiteralTypeNode(node) && compiler.isStringLiteral(node.literal) ? node.literal.text : undefined;
  }

  function wordOf(members: readonly Member[], name: string): Word | undefined {
    const member = members.find((one) => one.name === name);
    const text = textOf(member?.type);
    return member?.type === undefined || text === undefined ? undefined : { file: member.file, at: member.type.getStart(), text };
  }
}

const all = (parts: readonly (readonly Member[] | undefined)[]): readonly Member[] | undefined =>
  parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
