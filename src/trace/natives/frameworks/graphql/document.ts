/** What a request in GraphQL asks for: the fields of its operations, with what each is given. Source: GraphQL, October 2021, chapter 2. */

export type Operation = "query" | "mutation" | "subscription";

export interface Asked {
  readonly name: string;
  /** What the answer calls it. */
  readonly as: string;
  readonly args: ReadonlyMap<string, Argument>;
  /** Of it; none of a scalar. */
  readonly fields: readonly Asked[];
  /** It asks for fields that are not in the text: a fragment from elsewhere. */
  readonly open: boolean;
}

export type Argument =
  | { readonly k: "variable"; readonly name: string }
  | { readonly k: "object"; readonly of: ReadonlyMap<string, Argument> }
  | { readonly k: "list"; readonly of: readonly Argument[] }
  | { readonly k: "literal" };

export interface Request {
  readonly operation: Operation;
  readonly fields: readonly Asked[];
}

const TOKEN = /"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|\.\.\.|[_A-Za-z]\w*|-?\d[\d.eE+-]*|[{}()[\]:$@!=|&]|\0/g;

interface Selected {
  readonly fields: Asked[];
  open: boolean;
}

/** The operations of a text, in order; none where it is no request (a schema, a lone fragment). */
export function requestsIn(text: string): readonly Request[] {
  const tokens = (text.match(TOKEN) ?? []).filter((token) => !token.startsWith("#"));
  const fragments = new Map<string, number>();
  tokens.forEach((token, i) => {
    if (token === "fragment") fragments.set(tokens[i + 1] ?? "", tokens.indexOf("{", i));
  });
  let at = 0;
  const inside = new Set<string>();

  const skipTo = (open: string, close: string): void => {
    for (let depth = 0; at < tokens.length; at++) {
      if (tokens[at] === open) depth++;
      if (tokens[at] === close && --depth === 0) break;
    }
    at++;
  };

  const skipDirectives = (): void => {
    while (tokens[at] === "@") {
      at += 2;
      if (tokens[at] === "(") skipTo("(", ")");
    }
  };

  const argument = (): Argument => {
    const token = tokens[at++];
    if (token === "$") return { k: "variable", name: tokens[at++] ?? "" };
    if (token === "{") return { k: "object", of: named("}") };
    if (token !== "[") return { k: "literal" };
    const of: Argument[] = [];
    while (at < tokens.length && tokens[at] !== "]") of.push(argument());
    at++;
    return { k: "list", of };
  };

  const named = (close: string): ReadonlyMap<string, Argument> => {
    const out = new Map<string, Argument>();
    while (at < tokens.length && tokens[at] !== close) {
      const name = tokens[at]!;
      at += 2;
      out.set(name, argument());
    }
    at++;
    return out;
  };

  /** At its brace; ends behind the closing one. */
  const selection = (): Selected => {
    const out: Selected = { fields: [], open: false };
    for (at++; at < tokens.length && tokens[at] !== "}";) {
      if (tokens[at] === "...") spread(out);
      else field(out);
    }
    at++;
    return out;
  };

  const spread = (out: Selected): void => {
    at++;
    const name = tokens[at] === "on" || tokens[at] === "@" || tokens[at] === "{" ? undefined : tokens[at++];
    if (name === undefined && tokens[at] === "on") at += 2;
    skipDirectives();
    const added = name === undefined ? (tokens[at] === "{" ? selection() : undefined) : fragment(name);
    out.fields.push(...(added?.fields ?? []));
    if (added === undefined || added.open) out.open = true;
  };

  const fragment = (name: string): Selected | undefined => {
    const begins = fragments.get(name);
    if (begins === undefined || begins < 0 || inside.has(name)) return undefined;
    const back = at;
    inside.add(name);
    at = begins;
    const found = selection();
    at = back;
    inside.delete(name);
    return found;
  };

  const field = (out: Selected): void => {
    const first = tokens[at++]!;
    const name = tokens[at] === ":" ? tokens[++at] : first;
    if (name !== first) at++;
    // What is put into the text at run time is fields of which nothing is known.
    if (first === "\0" || name === undefined || !/^\w+$/.test(name)) {
      out.open = true;
      return;
    }
    let args: ReadonlyMap<string, Argument> = new Map();
    if (tokens[at] === "(") {
      at++;
      args = named(")");
    }
    skipDirectives();
    const below = tokens[at] === "{" ? selection() : { fields: [], open: false };
    out.fields.push({ name, as: first, args, ...below });
  };

  const requests: Request[] = [];
  while (at < tokens.length) {
    const token = tokens[at]!;
    if (token === "{") requests.push({ operation: "query", fields: selection().fields });
    else if (token === "query" || token === "mutation" || token === "subscription") {
      while (at < tokens.length && tokens[at] !== "{" && tokens[at] !== "(" && tokens[at] !== "@") at++;
      if (tokens[at] === "(") skipTo("(", ")");
      skipDirectives();
      if (tokens[at] === "{") requests.push({ operation: token, fields: selection().fields });
    } else if (token === "fragment") {
      at = fragments.get(tokens[at + 1] ?? "") ?? tokens.length;
      if (at < 0) break;
      skipTo("{", "}");
    } else return requests;
  }
  return requests;
}
