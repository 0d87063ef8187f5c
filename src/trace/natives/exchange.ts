/** Requests that the program sends to routes of its own: what goes to an address arrives there, and its answer comes back. */
import { objectsOf, S, type Obj } from "../domain/heap.js";
import { joinLabels, NO_LABELS, type Labels } from "../domain/labels.js";
import { appended, HOLE, idsOf, type Ids, type TextPattern } from "../domain/text-pattern.js";
import {
  ANY_STRING,
  BOTTOM,
  isBottom,
  join,
  K,
  ofRef,
  primitivePart,
  refPart,
  spelledPatterns,
  stringOf,
  withPatterns,
  withVia,
  type Value,
} from "../domain/value.js";
import { textOf } from "../machine/clone.js";
import { allLabels } from "../machine/deep.js";
import type { Machine, NativeCall } from "../machine/machine.js";
import { unknown } from "../machine/unknown.js";
import { getBlobAt, putBlobAt } from "../stores/buckets/blobs.js";
import { readPlace, writePlace } from "../stores/places.js";
import { requestPath, requestQuery } from "./frameworks/addresses.js";
import { answeredBy, sentTo } from "./frameworks/requests.js";
import { spot } from "./items.js";
import { pairsText } from "./pairs.js";
import { record } from "./support.js";

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
  /** Handed to the application without a network between: the host does not matter. */
  readonly direct?: boolean;
}

/**
 * Sends a request; gives what routes of the program answer, bottom where none does. It reaches the routes that its path can be; a path of
 * which nothing is known leads nowhere, and so does another host.
 */
export function exchange(call: NativeCall, sent: Sent): Value {
  const { m, site } = call;
  const headers = content(call, sent.headers);
  const body = content(call, sent.body);
  const query = join(queryOf(call, sent.url), content(call, sent.query ?? BOTTOM));
  let out: Value = BOTTOM;
  for (const method of methodsOf(sent.method))
    for (const { text, pattern } of addressesOf(m, sent.url)) {
      if (method === "GET") out = join(out, content(call, getBlobAt(m, pattern.text, site)));
      else if (putBlobAt(m, pattern.text, bodyOf(call, sent.body), site)) continue;
      const path = requestPath(pattern, sent.direct);
      if (path === undefined) continue;
      const parts = { body, headers, query: join(query, queryIn(call, text, pattern)), path: spellingOf(text, path) };
      for (const part of ["body", "query", "headers", "path"] as const)
        if (!isBottom(parts[part])) writePlace(m, sentTo(method, path.text, part), parts[part], site);
      out = join(out, readPlace(m, answeredBy(method, path.text), site));
    }
  return out;
}

/** What is uploaded: of a form its parts, one of which is the object. */
const bodyOf = (call: NativeCall, body: Value): Value =>
  objectsOf(call.m.heap, body).some((o) => o.kind === "map") ? content(call, body) : body;

interface Address {
  readonly text: Value;
  readonly pattern: TextPattern;
}

/** The texts that an address can be. */
function addressesOf(m: Machine, url: Value): readonly Address[] {
  const texts: Value[] = [primitivePart(url)];
  for (const obj of objectsOf(m.heap, url)) texts.push(obj.kind === "text" ? (obj.props.get(S.pattern) ?? BOTTOM) : wholePath(obj));
  return texts.flatMap((text) => spelledPatterns(text).map((pattern) => ({ text, pattern })));
}

/** Host and path of a `URL`; the path alone where nothing is known of the host: a base has no part in it. */
function wholePath(url: Obj): Value {
  const [origin, path] = [url.props.get("origin") ?? BOTTOM, url.props.get("pathname") ?? BOTTOM];
  const host = spelledPatterns(origin);
  return host.length === 0 ? path : withPatterns(stringOf(joinLabels(origin.labels, path.labels)), appended(host, spelledPatterns(path)));
}

/** The part of an address that bears labels; bottom where it bears none: others request it as well. */
function spellingOf(text: Value, part: TextPattern): Value {
  const labels = labelsAt(text, idsOf(part));
  return labels.length === 0 ? BOTTOM : withPatterns(stringOf(labels), [part]);
}

const labelsAt = (text: Value, ids: Ids): Labels => text.labels.filter((l) => ids.includes(l.id));

/** What is written behind the `?`. */
function queryIn({ m, site }: NativeCall, text: Value, pattern: TextPattern): Value {
  const pairs = requestQuery(pattern).flatMap(([name, ids]) => {
    const labels = labelsAt(text, ids);
    return labels.length === 0 ? [] : [[name, stringOf(labels)] as const];
  });
  if (pairs.length === 0) return BOTTOM;
  return pairs.some(([name]) => name.includes(HOLE))
    ? unknown(
        m,
        spot(site, "query"),
        pairs.reduce((all, [, v]) => joinLabels(all, v.labels), NO_LABELS),
      )
    : record(m, Object.fromEntries(pairs), spot(site, "query"));
}

/** An answer as the text of a response: what the program's routes give, or what comes from elsewhere; bottom where only that. */
export const answerText = (m: Machine, answered: Value, site: NativeCall["site"]): Value =>
  isBottom(answered) ? BOTTOM : join(ANY_STRING, textOf(m, answered, site));

const methodsOf = (method: Value): readonly string[] => {
  const said = method.consts.map((c) => String(c).toUpperCase());
  return (method.kinds & ~K.Absent) !== 0 || said.length === 0 ? [...said, "GET"] : said;
};

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
export function content({ m, site }: NativeCall, v: Value): Value {
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
