/** How much room text takes in a terminal, so that carets stand under what they point at. */
import { escapeLine } from "./escape.js";

const TAB = "  ";
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;

/** Columns of a terminal that `text`, already escaped, takes. */
export function width(text: string): number {
  let columns = 0;
  for (const char of text) columns += /\p{M}/u.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return columns;
}

/** Source text as it is shown: tabs expanded, everything unsafe escaped. */
export function shown(text: string): string {
  return escapeLine(text.replaceAll("\t", TAB));
}

/** At most `columns` wide, with an ellipsis for what is cut off. `text` is already escaped. */
export function fit(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let cut = "";
  let used = 1;
  for (const char of text) {
    used += width(char);
    if (used > columns) break;
    cut += char;
  }
  return `${cut.trimEnd()}…`;
}

/** Filled with spaces to `columns`. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - width(text)));
}

/** Broken at spaces into lines of at most `columns`; a longer word keeps its own line. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && width(line) + 1 + width(word) > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
