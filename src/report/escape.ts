/**
 * Text from analysed code, made safe to print. A repository's author decides what its strings and file names are; they must not move
 * the terminal's cursor, hide lines, or turn into links and markup on a review page.
 */

/* Controls (C0 but tab and newline, DEL, C1), bidirectional and zero-width marks, line separators, lone surrogates. */

const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/gu;

/** Unsafe characters become `\u{1b}`; newlines become `\n`, tabs a space: what is left is one line. */
export function escapeLine(text: string): string {
  return escapeControls(text).replace(/\n/g, "\\n").replace(/\t/g, " ");
}

/** As `escapeLine`, but newlines and tabs stay. */
export function escapeControls(text: string): string {
  return text.replace(UNSAFE, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}

/** One line of Markdown that shows `text` as it is. */
export function escapeMarkdown(text: string): string {
  return escapeLine(text)
    .replace(/[\\`*_{}[\]()#+!|~-]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/@/g, "&#64;") // no mention of whoever happens to have that name
    .replace(/:\/\//g, "&#58;//"); // no link
}

/** Inline code: fenced by more backticks than are in it. */
export function markdownCode(text: string): string {
  const line = escapeLine(text);
  const fence = "`".repeat(1 + Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length)));
  const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** Plain text of a SARIF message, in which `[text](1)` would be a link. */
export function escapeSarifText(text: string): string {
  return escapeLine(text).replace(/[\\[\]]/g, "\\$&");
}
