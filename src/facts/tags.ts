/** JSDoc tags: `@collects user.email`, `@trains`, `@yields pseudonymised`, and others that are not JSDoc's own. */
import type * as tsc from "typescript";
import type { Context } from "./context.js";
import type { DocTag } from "./ir.js";

/** Tags of JSDoc, TSDoc and the compiler: they describe code to people and say nothing about data. */
const STANDARD = new Set(
  (
    "abstract access alias alpha api arg argument async augments author beta borrows bug callback category class classdesc const constant constructor " +
    "constructs copyright decorator default defaultValue deprecated desc description discussion emits enum event eventProperty example exception experimental exports " +
    "extends external file fileoverview fires fixme function generator global group hidden hideconstructor host ignore implements import inheritDoc inheritdoc " +
    "inner instance interface internal jsx jsxImportSource jsxRuntime jsxFrag kind label lends license link linkcode linkplain listens member memberof method mixes mixin module " +
    "name namespace nocollapse note overload override overview packageDocumentation param package preserve privateRemarks private prop property protected public readonly " +
    "remarks requires return returns satisfies sealed see since static summary suppress template test this throws title todo tutorial type typeParam typedef " +
    "types usage var variation version virtual warning yield"
  ).split(" "),
);

/** Is there any tag in the text at all? */
export function mayHaveTags(text: string): boolean {
  return /\/\*\*(?:[^*]|\*(?!\/))*?@[a-z]/i.test(text);
}

/** The tags in the JSDoc comment right before a node, in order; undefined when there are none. */
export function tagsOf(cx: Context, node: tsc.Node): DocTag[] | undefined {
  if (!cx.hasTags) return undefined;
  const from = node.pos;
  const start = node.getStart(cx.file);
  // "/** @x */" has nine characters.
  if (start - from < 9) return undefined;
  // A comment on the line of the token before it is "trailing" to the compiler: `{ /** @x */ m() {} }`.
  const trailing = (cx.ts.getTrailingCommentRanges(cx.text, from) ?? []).filter((c) => !/[\r\n]/.test(cx.text.slice(c.end, start)));
  const comments = [...trailing, ...(cx.ts.getLeadingCommentRanges(cx.text, from) ?? [])];
  for (let i = comments.length - 1; i >= 0; i--) {
    const c = comments[i];
    if (c !== undefined && c.end <= start && cx.text.startsWith("/**", c.pos) && c.end - c.pos > 5) {
      const tags = parseTags(cx.text, c.pos, c.end);
      return tags.length > 0 ? tags : undefined;
    }
  }
  return undefined;
}

/** The tags of one comment. A tag begins a line (or is one of ours anywhere) and reaches to the next tag or the comment's end. */
function parseTags(text: string, from: number, end: number): DocTag[] {
  const comment = text.slice(from, end - 2);
  const starts = /(?:^\/\*\*|\n)[ \t]*(?:\*+[ \t]*)?(?=@[A-Za-z])|\s(?=@(?:collects|trains|yields)\b)/g;
  const at: number[] = [];
  for (let m = starts.exec(comment); m !== null; m = starts.exec(comment)) at.push(m.index + m[0].length);
  const out: DocTag[] = [];
  at.forEach((begin, i) => {
    const raw = comment.slice(begin, at[i + 1] ?? comment.length).replace(/\s[\s*]*$/, "");
    const tag = /^@([A-Za-z][\w-]*)/.exec(raw)?.[1] ?? "";
    if (STANDARD.has(tag)) return;
    const body = raw.slice(tag.length + 1).replace(/\s*\n[ \t]*\*?[ \t]*/g, " ");
    out.push({ tag, text: body.trim(), at: from + begin, end: from + begin + raw.length });
  });
  return out;
}
