/** Days as the manifest writes them: `2026-03-01`, or a timestamp of which only the day counts. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ][\d:.]+(?: *(?:[Zz]|[-+]\d{1,2}(?::?\d{2})?))?)?$/;

/** The pattern for editors; that the day exists in the calendar is checked by {@link parseDay}. */
export const DAY_PATTERN = "^\\d{4}-\\d{2}-\\d{2}([Tt ].*)?$";

/** `2026-03-01` of a date or timestamp; undefined when it is neither, or no day of the calendar. Such days compare as text. */
export function parseDay(text: string): string | undefined {
  const match = DAY.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // `Date` rolls 30 February over into March.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  return `${year}-${month}-${day}`;
}

const DAY_MS = 86_400_000;

/** Whole days from one day to another, as {@link parseDay} gives them; negative when `to` is the earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}
