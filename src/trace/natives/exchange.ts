/** Requests that the program sends to routes of its own: what goes to an address arrives there, and its answer comes back. */
import { objectsOf, S } from "../domain/heap.js";
import { ANY_STRING, BOTTOM, exact, isBottom, join, K, ofRef, refPart, withVia, type Value } from "../domain/value.js";
import { joinLabels } from "../domain/labels.js";
import { textOf } from "../machine/clone.js";
import { allLabels } from "../machine/deep.js";
import type { Machine, NativeCall } from "../machine/machine.js";
import { unknown } from "../machine/unknown.js";
import { readPlace, writePlace } from "../stores/places.js";
import { answeredBy, sentTo } from "./frameworks/requests.js";
import { spot } from "./items.js";
import { pairsText } from "./pairs.js";

/** What a client sends; bottom or undefined where it sends none. */
export interface Sent {
  /** Of any case; `GET` where it is not said. */
  readonly method: Value;
  /** Text, or a `URL`. */
  readonly url: Value;
  /** As it is sent: text, bytes, a form; or what a client is given to make JSON of. */
  readonly body: Value;
  readonly headers: Value;
  /** Beside what the address says. */
  readonly query?: Value;
}

/** Sends a request; gives what routes of the program answer, bottom where none does. An address that is not exact leads nowhere. */
export function exchange(call: NativeCall, sent: Sent): Value {
  const { m, site } = call;
  const parts = {
    body: content(call, sent.body),
    query: join(queryOf(call, sent.url), content(call, sent.query ?? BOTTOM)),
    headers: content(call, sent.headers),
  } as const;
  let out: Value = BOTTOM;
  for (const method of methodsOf(sent.method))
    for (const path of pathsOf(m, sent.url)) {
      for (const part of ["body", "query", "headers"] as const)
        if (!isBottom(parts[part])) writePlace(m, sentTo(method, path, part), parts[part], site);
      out = join(out, readPlace(m, answeredBy(method, path), site));
    }
  return out;
}

/** An answer as the text of a response: what the program's routes give, or what comes from elsewhere; bottom where only that. */
export const answerText = (m: Machine, answered: Value, site: NativeCall["site"]): Value =>
  isBottom(answered) ? BOTTOM : join(ANY_STRING, textOf(m, answered, site));

const methodsOf = (method: Value): readonly string[] => {
  const said = method.consts.map((c) => String(c).toUpperCase());
  return (method.kinds & ~K.Absent) !== 0 || said.length === 0 ? [...said, "GET"] : said;
};

function pathsOf(m: Machine, url: Value): readonly string[] {
  const out = url.consts.filter((c) => typeof c === "string");
  for (const obj of objectsOf(m.heap, url)) {
    const path = exact(obj.props.get(obj.kind === "text" ? S.begins : "pathname") ?? BOTTOM);
    if (typeof path === "string") out.push(path);
  }
  return out.filter((path) => /^(\/|https?:)/.test(path));
}

function queryOf(call: NativeCall, url: Value): Value {
  const { m, site } = call;
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, url)) {
    if (obj.kind === "text") out = join(out, obj.props.get(S.value) ?? BOTTOM);
    const params = objectsOf(m.heap, obj.props.get("searchParams") ?? BOTTOM);
    if (params.length > 0) out = join(out, content(call, pairsText(m, params, site)));
  }
  return out;
}

/** What is sent, taken apart; bottom where it bears nothing: others send such as well. */
function content({ m, site }: NativeCall, v: Value): Value {
  let out: Value = BOTTOM;
  let loose = v.labels;
  for (const obj of objectsOf(m.heap, v)) {
    const texts = obj.kind === "map" ? objectsOf(m.heap, pairsText(m, [obj], site)) : [obj];
    for (const text of texts) {
      const inside = text.kind === "text" ? (text.props.get(S.value) ?? BOTTOM) : ofRef(text.id);
      const isData = objectsOf(m.heap, inside).every((o) => o.kind === "object" || o.kind === "array");
      if (isData) out = join(out, withVia(refPart(inside), v.via));
      loose = joinLabels(loose, isData ? inside.labels : allLabels(m, inside));
    }
  }
  // Plain text, or bytes: whoever parses it finds it anywhere.
  if (loose.length > 0) out = join(out, unknown(m, spot(site, "sent"), loose));
  return allLabels(m, out).length > 0 ? out : BOTTOM;
}
