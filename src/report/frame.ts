/** A code frame: the lines of a place, one line before, and carets under what is meant. */
import { fit, shown, width } from "./width.js";
import type { Paint } from "./paint.js";
import type { ReportPlace } from "./schema.js";

const MOST_LINES = 3;

export const linesOf = (source: string): readonly string[] => source.split(/\r\n|\n|\r/);

/** Nothing when the source's lines are not at hand or have changed since (fewer than the place says). */
export function codeFrame(lines: readonly string[] | undefined, place: ReportPlace, columns: number, paint: Paint): string[] {
  const first = lines?.[place.line - 1];
  if (lines === undefined || first === undefined) return [];

  const end = Math.min(place.endLine, lines.length);
  const last = Math.min(end, place.line + MOST_LINES - 1);
  const from = place.line > 1 && lines[place.line - 2]?.trim() !== "" ? place.line - 1 : place.line;
  const numbers = String(last).length;
  const gutter = (number: string, mark: string): string => `  ${paint("red", mark)} ${paint("dim", `${number.padStart(numbers)} │`)} `;
  const room = Math.max(20, columns - numbers - 7);

  // A minified line is shown from a little before the place on.
  const before = width(shown(first.slice(0, place.column - 1)));
  const skip = before > room - 20 ? Math.max(0, place.column - 1 - 10) : 0;
  const cut = (text: string): string => fit((skip > 0 ? "…" : "") + shown(text.slice(skip)), room);

  const frame: string[] = [];
  for (let number = from; number <= last; number++) {
    const marked = number >= place.line;
    frame.push(
      (gutter(String(number), marked ? "▸" : " ") + (marked ? cut(lines[number - 1]!) : paint("dim", cut(lines[number - 1]!)))).trimEnd(),
    );
    if (number === place.line) {
      const lead = (skip > 0 ? 1 : 0) + width(shown(first.slice(skip, place.column - 1)));
      const to = place.endLine === place.line && place.endColumn > place.column ? place.endColumn - 1 : first.length;
      const marks = Math.max(1, Math.min(width(shown(first.slice(place.column - 1, to)).trimEnd()), room - lead));
      frame.push(gutter("", " ") + " ".repeat(lead) + paint("red", "^".repeat(marks)));
    }
  }
  if (end > last) frame.push(gutter("", " ") + paint("dim", `… ${end - last} more ${end - last === 1 ? "line" : "lines"}`));
  return frame;
}
