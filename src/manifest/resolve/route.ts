/** `POST /v1/chat`, which the schema let pass: a method (`*` for every one), then a path. */
export function parseRoute(text: string): { readonly method: string; readonly url: string } {
  const space = text.indexOf(" ");
  return { method: text.slice(0, space), url: text.slice(space + 1) };
}
