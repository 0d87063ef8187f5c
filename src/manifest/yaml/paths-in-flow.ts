/**
 * Property paths inside flow collections. In `{ path: body.messages[*].content }` YAML ends the text at the bracket, and the
 * manifest's own notation would need quotes in the very place where it is used most. So the tokens of text, bracket, bracket, text
 * that touch each other are joined to one text before they are parsed. Other YAML tools do refuse it: quote it to please them.
 */

/** What the `yaml` lexer puts before a plain text. */
const PLAIN = "\x1f";

/** The lexer's tokens with such paths joined. No character is added or dropped, so every offset stays. */
export function joinPaths(tokens: readonly string[]): string[] {
  const joined: string[] = [];
  let depth = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token === "[" || token === "{") depth++;
    else if (token === "]" || token === "}") depth--;
    joined.push(token);
    if (token !== PLAIN || depth <= 0) continue;
    let text = tokens[++at]!;
    for (let end = pathEnd(tokens, at + 1); end !== undefined; end = pathEnd(tokens, at + 1)) {
      text += tokens
        .slice(at + 1, end)
        .filter((part) => part !== PLAIN)
        .join("");
      at = end - 1;
    }
    joined.push(text);
  }
  return joined;
}

/** Behind the `[*]`, `[0]` or `["name"]`, and the `.name` that touches it, which begin at `from`; undefined when none does. */
function pathEnd(tokens: readonly string[], from: number): number | undefined {
  if (tokens[from] !== "[") return undefined;
  let at = from + 1;
  if (tokens[at] === PLAIN) at++;
  if (!/^(?:\*|\d+|"(?:[^"\\\n]|\\.)*")$/.test(tokens[at] ?? "") || tokens[at + 1] !== "]") return undefined;
  at += 2;
  return tokens[at] === PLAIN && tokens[at + 1]?.startsWith(".") ? at + 2 : at;
}
