/** Plurals of models' names, by which libraries name tables and collections: a model `User` is `users`. */

/**
 * Mongoose's plural of a model's name: https://github.com/Automattic/mongoose/blob/master/lib/helpers/pluralize.js. The first rule that fits
 * is the one.
 */
export function pluralized(name: string): string {
  const lower = name.toLowerCase();
  if (UNCOUNTABLE.has(lower)) return lower;
  const rule = PLURALS.find(([pattern]) => pattern.test(lower));
  return rule === undefined ? lower : lower.replace(rule[0], rule[1]);
}

const PLURALS: readonly (readonly [RegExp, string])[] = [
  [/human$/, "humans"],
  [/(m|wom)an$/, "$1en"],
  [/(pe)rson$/, "$1ople"],
  [/(child)$/, "$1ren"],
  [/^(ox)$/, "$1en"],
  [/(ax|test)is$/, "$1es"],
  [/(octop|cact|foc|fung|nucle)us$/, "$1i"],
  [/(alias|status|virus)$/, "$1es"],
  [/(bu)s$/, "$1ses"],
  [/(buffal|tomat|potat)o$/, "$1oes"],
  [/([ti])um$/, "$1a"],
  [/sis$/, "ses"],
  [/(?:([^f])fe|([lr])f)$/, "$1$2ves"],
  [/(hive)$/, "$1s"],
  [/([^aeiouy]|qu)y$/, "$1ies"],
  [/(x|ch|ss|sh)$/, "$1es"],
  [/(matr|vert|ind)ix|ex$/, "$1ices"],
  [/([m|l])ouse$/, "$1ice"],
  [/(kn|w|l)ife$/, "$1ives"],
  [/(quiz)$/, "$1zes"],
  [/^goose$/, "geese"],
  [/s$/, "s"],
  [/([^a-z])$/, "$1"],
  [/$/, "s"],
];

const UNCOUNTABLE: ReadonlySet<string> = new Set(
  "advice energy excretion digestion cooperation health justice labour machinery equipment information pollution sewage paper money species series rain rice fish sheep moose deer news expertise status media".split(
    " ",
  ),
);
