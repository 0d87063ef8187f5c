/**
 * Functions that remember what they gave (`memoize(mayTrain)`): for what flows they are the same functions; but what they answer to a run may
 * be what they answered to another, unless they were made in this one.
 */
import { deref, type Obj } from "../domain/heap.js";
import type { Site } from "../domain/labels.js";
import { withRefs, type Value } from "../domain/value.js";
import { externalData } from "./external.js";
import { isAlive, lifeOf, outlived } from "./gates.js";
import { make, type Machine } from "./machine.js";

/** Packages that do nothing else. */
const MEMOIZERS =
  /^(?:lodash\.(?:memoize|once)|lodash(?:-es)?\/(?:memoize|once)|memoizee|mem|memoize|p-memoize|micro-memoize|moize|fast-memoize|memoize-one|nano-memoize|onetime)(?:\/|$)/;

/** Those that have a function for it. */
const TOOLKITS = /^(?:lodash(?:-es)?|underscore|ramda|remeda|next\/cache)$/;
const NAMES = /^(?:memoize|memoizeWith|once|unstable_cache)$/;

/** What a library has made of a function is another one, where the library makes it remember. */
export function remembering(m: Machine, library: Obj, gave: Value, site: Site): Value {
  const { module, path } = externalData(library);
  if (!MEMOIZERS.test(module) && !(TOOLKITS.test(module) && NAMES.test(path.at(-1) ?? ""))) return gave;
  const refs = gave.refs.map((id) => {
    const fn = deref(m.heap, id);
    if (fn.kind !== "function") return id;
    const memo = make(m, "function", `${fn.key} remembered at ${site.file}:${site.at}`, fn.data);
    for (const [slot, v] of fn.props) memo.props.set(slot, v);
    m.gates!.memos.set(memo.id, lifeOf(m));
    return memo.id;
  });
  return withRefs(
    gave,
    [...new Set(refs)].sort((a, b) => a - b),
  );
}

/** What a function gives that may have been remembered since another run. */
export function remembered(m: Machine, callee: Obj, gave: Value): Value {
  const life = m.gates!.memos.get(callee.id);
  return life === undefined || isAlive(m, life) ? gave : outlived(m, gave);
}
