/**
 * `property` sources with a pattern, spelt out: `{ field: user.*, property: "./model.ts:User.address" }` is about `user.address` and
 * what is declared below it. Where no such field is declared, the property stands for the whole: of `Account.user` its `email` is
 * `user.email`.
 */
import type { Manifest } from "../../manifest/model.js";
import type { Use } from "./uses.js";

/** The uses, and one more for each field that a pattern of theirs is about. */
export function spelledOut(uses: readonly Use[], manifest: Manifest): readonly Use[] {
  return uses.flatMap((use): Use[] => {
    if (use.use !== "source" || use.source.at.kind !== "property" || !use.source.field.endsWith("*")) return [use];
    const { path } = use.locator;
    const name = path.at(-1) ?? "";
    const fields = fieldsOf(manifest, use.source.field);
    const isNamed = ({ rest }: { readonly rest: string }): boolean => rest === name || rest.startsWith(`${name}.`);
    const own = fields.filter(isNamed);
    const spelled = own.length > 0 ? own : fields;
    return [
      use,
      ...spelled.map(({ id, rest }): Use => {
        const below = [...(own.length > 0 ? path.slice(0, -1) : path), ...rest.split(".")];
        return { ...use, locator: { ...use.locator, path: below }, source: { ...use.source, field: id }, named: [], matched: false };
      }),
    ];
  });
}

/** The declared fields that a pattern takes in, each with what follows the pattern's own part. */
function fieldsOf(manifest: Manifest, pattern: string): readonly { readonly id: string; readonly rest: string }[] {
  const prefix = pattern.slice(0, -1);
  return manifest.fields.filter(({ id }) => id.startsWith(prefix)).map(({ id }) => ({ id, rest: id.slice(prefix.length) }));
}

/** Is the property of this name the whole that the pattern is about, and not one of its fields? */
export const isWhole = (manifest: Manifest, pattern: string, name: string): boolean =>
  !fieldsOf(manifest, pattern).some(({ rest }) => rest === name || rest.startsWith(`${name}.`));
