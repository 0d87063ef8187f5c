/** Durations as the manifest writes them: `24h`, `30d`, `2w`, `12mo`, `1y`. */

export const DURATION_UNITS = ["h", "d", "w", "mo", "y"] as const;

export type DurationUnit = (typeof DURATION_UNITS)[number];

export interface Duration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

export const DURATION_PATTERN = `^[1-9]\\d*(${DURATION_UNITS.join("|")})$`;

const DURATION = new RegExp(`^([1-9]\\d*)(${DURATION_UNITS.join("|")})$`);

/** Days, a thousand years or so: nothing is planned for longer, and what says so is a slip of the hand. */
const LONGEST = 366_000;

/** Undefined when it is no whole positive number followed by a known unit, or is absurdly long. */
export function parseDuration(text: string): Duration | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const duration: Duration = { amount: Number(match[1]), unit: match[2] as DurationUnit };
  return daysOf(duration).most <= LONGEST ? duration : undefined;
}

/** Days that something takes: months and years do not all have the same number. */
export interface Days {
  readonly least: number;
  readonly most: number;
}

/** The shortest and the longest run of so many consecutive months, from none to eleven. */
const LEAST = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];
const MOST = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337];

/** A year has 365 or 366 days. `1mo` is 28 to 31, `30d` is 30, `12h` a half. */
export function daysOf({ amount, unit }: Duration): Days {
  const fixed = { h: 1 / 24, d: 1, w: 7 };
  if (unit === "h" || unit === "d" || unit === "w") return { least: amount * fixed[unit], most: amount * fixed[unit] };
  const months = unit === "y" ? amount * 12 : amount;
  const years = Math.floor(months / 12);
  return { least: 365 * years + LEAST[months % 12]!, most: 366 * years + MOST[months % 12]! };
}

/** Is the one longer than the other whichever months and years they fall into? `31d` and `1mo` may be the same. */
export const isLonger = (a: Days, b: Days): boolean => a.least > b.most;
