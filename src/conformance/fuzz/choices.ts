/**
 * The decisions of a generator, drawn from a list of numbers. Every list is a program, and a list with smaller or fewer numbers is a simpler
 * one: 0, and what comes behind the end, chooses the first and simplest alternative. So shrinking the list shrinks the program.
 */
export interface Choices {
  /** A whole number from 0 up to, not including, `n`. */
  below(n: number): number;
  /** True in about `percent` of 100 draws. */
  chance(percent: number): boolean;
  /** One of a list that is not empty. */
  one<T>(list: readonly T[]): T;
  /** One of a list that is not empty, each as often as its weight says. */
  weighted<T extends { readonly weight: number }>(list: readonly T[]): T;
}

/** Numbers of a seed are below this. */
export const CHOICE_LIMIT = 1 << 20;

/** Draws from the numbers in their order. */
export function choicesFrom(numbers: readonly number[]): Choices {
  let next = 0;
  const below = (n: number): number => (numbers[next++] ?? 0) % n;
  return {
    below,
    chance: (percent) => below(100) >= 100 - percent,
    one: (list) => list[below(list.length)]!,
    weighted: (list) => {
      let at = below(list.reduce((sum, entry) => sum + entry.weight, 0));
      return list.find((entry) => (at -= entry.weight) < 0)!;
    },
  };
}
