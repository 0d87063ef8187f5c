/**
 * The files that a program has beyond those its tsconfig names: what they import. Specifiers are found without parsing; one in a
 * comment or a string may add a file that nothing imports, which harms nothing.
 */
const SPECIFIER = /\b(?:from|import|require|resolve|URL)\s*\(?\s*(?:\/\*(?:[^*]|\*(?!\/))*\*\/\s*)*(["'`])([^"'`\n$]{1,300})\1/g;

/** Specifiers in the text that may lead to a module, each once, in order. */
export function specifiersIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(SPECIFIER)) if (match[2] !== undefined) found.add(match[2]);
  return [...found];
}
