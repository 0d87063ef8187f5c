/** Durations as the manifest writes them: `24h`, `30d`, `2w`, `12mo`, `1y`. */

export const DURATION_UNITS = ["h", "d", "w", "mo", "y"] as const;

export type DurationUnit = (typeof DURATION_UNITS)[number];

export interface Duration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

export const DURATION_PATTERN = `^[1-9]\\d*(${DURATION_UNITS.join("|")})$`;

const DURATION = new RegExp(`^([1-9]\\d*)(${DURATION_UNITS.join("|")})$`);

/** Undefined when it is no whole positive number followed by a known unit. */
export function parseDuration(text: string): Duration | undefined {
  const match = DURATION.exec(text);
  return match === null ? undefined : { amount: Number(match[1]), unit: match[2] as DurationUnit };
}
