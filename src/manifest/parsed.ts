/** What a parser of a small notation gives: the value, or what is wrong and what to write instead. */
export type Parsed<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string; readonly fix: string };

export function parsed<Value>(value: Value): Parsed<Value> {
  return { ok: true, value };
}

export function failed(message: string, fix: string): { readonly ok: false; readonly message: string; readonly fix: string } {
  return { ok: false, message, fix };
}
