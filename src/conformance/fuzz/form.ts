/** Forms: the ways to write something, each with how often it is taken. Simple ones stand first, since shrinking goes that way. */
import type { Context } from "./context.js";

export interface Form<Of> {
  readonly name: string;
  readonly weight: number;
  readonly when?: (g: Context, of: Of) => boolean;
  readonly write: (g: Context, of: Of) => string;
}

/** Short for a form. */
export const form = <Of>(name: string, weight: number, write: Form<Of>["write"], when?: Form<Of>["when"]): Form<Of> => ({
  name,
  weight,
  write,
  ...(when === undefined ? {} : { when }),
});

/** Writes one of the forms that fit. There must be one that always does. */
export function writeOne<Of>(g: Context, forms: readonly Form<Of>[], of: Of): string {
  const chosen = g.choices.weighted(forms.filter((candidate) => candidate.when?.(g, of) !== false));
  g.shared.used.add(chosen.name);
  return chosen.write(g, of);
}
