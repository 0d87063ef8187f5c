/** Types by their names, as they are written: of the block, of the file, of the files that it imports from. Nothing is inferred. */
import type ts from "typescript";
import type { LinkedFile, Modules } from "../../link/modules.js";

export type Declared = ts.TypeAliasDeclaration | ts.InterfaceDeclaration;

/** A type's declaration, and the file that it is in. */
export interface Found {
  readonly declarations: readonly Declared[];
  readonly file: LinkedFile;
}

/** Re-exports that are followed for one name. */
const MAX_HOPS = 20;

export interface DeclaredTypes {
  /** `"parameter"` of a type parameter, of which nothing is known; undefined of what the project does not declare. */
  find(name: string, at: ts.Node, file: LinkedFile): Found | "parameter" | undefined;
}

export function declaredTypes(compiler: typeof ts, modules: Modules, sourceOf: (file: LinkedFile) => ts.SourceFile): DeclaredTypes {
  return {
    find: (name, at, file) => {
      for (let node: ts.Node | undefined = at; node !== undefined; node = node.parent as ts.Node | undefined) {
        if (hasTypeParameter(node, name)) return "parameter";
        const declarations = "statements" in node ? declaredIn(node.statements as ts.NodeArray<ts.Statement>, name) : [];
        if (declarations.length > 0) return { declarations, file };
      }
      const imported = file.facts.imports.find(({ local }) => local === name);
      return imported === undefined ? undefined : exported(file, imported.from, imported.name, MAX_HOPS);
    },
  };

  function declaredIn(statements: Iterable<ts.Statement>, name: string): Declared[] {
    return [...statements].filter(
      (one): one is Declared => (compiler.isTypeAliasDeclaration(one) || compiler.isInterfaceDeclaration(one)) && one.name.text === name,
    );
  }

  /** What a module exports under a name. */
  function exported(from: LinkedFile, specifier: string, name: string, hops: number): Found | undefined {
    const target = modules.resolve(from, specifier);
    if (target.k !== "file" || hops === 0) return undefined;
    const { file } = target;
    for (const one of file.facts.exports) {
      if (one.k !== "star" && one.name !== name) continue;
      if (one.k === "star" || one.k === "from") {
        const found = exported(file, one.from, one.k === "star" ? name : one.imported, hops - 1);
        if (found !== undefined) return found;
      } else if (one.k === "import") {
        const again = file.facts.imports[one.import];
        return again && exported(file, again.from, again.name, hops - 1);
      } else {
        const declarations = declaredIn(sourceOf(file).statements, one.k === "type" ? one.type : one.slot);
        if (declarations.length > 0) return { declarations, file };
      }
    }
    return undefined;
  }
}

const hasTypeParameter = (node: ts.Node, name: string): boolean =>
  ((node as { typeParameters?: readonly ts.TypeParameterDeclaration[] }).typeParameters ?? []).some((one) => one.name.text === name);
