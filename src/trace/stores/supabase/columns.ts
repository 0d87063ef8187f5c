/**
 * What a `select` of Supabase names: `id, mail:email, profile->>name, author:users!author_id(name), count()`.
 * Grammar: https://docs.postgrest.org/en/stable/references/api/tables_views.html, resource_embedding.html.
 */

/** One part of a selection, between two commas. */
export type Selected =
  | { readonly k: "all" }
  /** `path` leads on into a JSON column; `aggregate` is a function of it: `amount.max()`. */
  | {
      readonly k: "column";
      readonly as: string;
      readonly column: string;
      readonly path: readonly string[];
      readonly aggregate: string | undefined;
    }
  /** Rows of another table; `spread` puts their columns beside the others, with `inner` there is one for certain. */
  | {
      readonly k: "table";
      readonly as: string;
      readonly table: string;
      readonly spread: boolean;
      readonly inner: boolean;
      readonly columns: readonly Selected[];
    };

/** The parts of a selection, in order. What is no name is left out: the service refuses it. */
export function readSelection(text: string): readonly Selected[] {
  return partsOf(text.replace(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/g, "")).flatMap((part) => readPart(part) ?? []);
}

/** The text between commas that stand in no brackets. */
function partsOf(text: string): readonly string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    if (c === "(") depth++;
    if (c === ")") depth--;
    if (i < text.length && (c !== "," || depth > 0)) continue;
    if (i > from) out.push(text.slice(from, i));
    from = i + 1;
  }
  return out;
}

const NAME = /^[\w$ -]+$/;

function readPart(part: string): Selected | undefined {
  if (part === "*") return { k: "all" };
  const spread = part.startsWith("...");
  const [, alias, rest = ""] = /^(?:([^:(!>]+):(?!:))?(.*)$/.exec(spread ? part.slice(3) : part) ?? [];
  const open = rest.indexOf("(");
  const head = open < 0 ? rest : rest.slice(0, open);
  const inner = open < 0 ? "" : rest.slice(open + 1, rest.lastIndexOf(")"));
  const aggregate = /^(?:(.*)\.)?(count|sum|avg|min|max)$/.exec(head);
  if (open >= 0 && inner === "" && aggregate !== null) {
    const [, column = "", name = ""] = aggregate;
    return { k: "column", as: alias ?? name, column, path: [], aggregate: name };
  }
  if (open >= 0) {
    const [table = "", ...hints] = head.split("!");
    if (!NAME.test(table)) return undefined;
    return { k: "table", as: alias ?? table, table, spread, inner: hints.includes("inner"), columns: readSelection(inner) };
  }
  const [column = "", ...path] = head
    .replace(/::\w+$/, "")
    .split(/->>?/)
    .map((name) => name.replace(/^"|"$/g, ""));
  return NAME.test(column) ? { k: "column", as: alias ?? path.at(-1) ?? column, column, path, aggregate: undefined } : undefined;
}
