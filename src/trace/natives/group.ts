/** `groupBy`: elements under the keys that a callback gives them. */
import { NO_FACTS } from "../domain/about.js";
import { caseOf, exact, ANY_NUMBER, BOTTOM, ofConst, UNDEFINED, type Value } from "../domain/value.js";
import { arg } from "../machine/call.js";
import { withHeld } from "../machine/gates.js";
import type { Items } from "../machine/iterate.js";
import { inPath, type NativeCall } from "../machine/machine.js";
import { keySlot } from "../machine/iterate.js";
import { callWithElement, type Callback } from "./callbacks.js";
import { alternatives, newArray, Sequence } from "./items.js";
import { forkAll } from "../machine/fork.js";
import { oneOf } from "../machine/subjects.js";
import { repeat } from "../machine/repeat.js";

/**
 * Calls the second argument for each element and hands each group to `put` with its key; `sure` when the group certainly exists.
 * Elements whose key is open may be in any group.
 */
export function groupInto(call: NativeCall, items: Items, put: (key: Value, group: Value, sure: boolean) => void): void {
  const { m, site } = call;
  const cb: Callback = { m, fn: arg(call.args, 1), thisArg: UNDEFINED, self: UNDEFINED, site };
  const groups = new Map<string, { key: Value; items: Sequence; sure: boolean }>();
  const open: { key: Value; element: Value }[] = [];
  const place = (key: Value, element: Value, sure: boolean): void => {
    const slot = keySlot(key);
    const keys =
      slot !== undefined
        ? [key]
        : key.kinds === 0 && key.refs.length === 0 && key.labels.length === 0
          ? key.consts.map((c) => ofConst(c))
          : [];
    if (keys.length === 0 || key.labels.length > 0) {
      open.push({ key, element });
      return;
    }
    for (const k of keys) {
      // In the group are those of which the callback says so.
      const kept = withHeld(m, element, caseOf(key, exact(k)!) ?? NO_FACTS);
      const id = `${typeof exact(k)} ${String(exact(k))}`;
      let group = groups.get(id);
      if (group === undefined) groups.set(id, (group = { key: k, items: new Sequence(), sure: false }));
      if (sure && keys.length === 1) {
        group.items.add(kept);
        group.sure = true;
      } else group.items.addMaybe(kept);
    }
  };
  for (const [i, x] of items.list.entries()) {
    const key = inPath(m, i, () => callWithElement(cb, x, ofConst(i)));
    if (!m.alive) return;
    place(key, x, true);
  }
  if (items.rest !== null) {
    const rest = items.rest;
    const keyed = new Map<number, { key: Value; element: Value }>();
    repeat(m, () =>
      forkAll(
        m,
        alternatives(m, oneOf(m, rest, site), false).map((part, i) => () => {
          const key = inPath(m, `or${i}`, () => callWithElement(cb, part, ANY_NUMBER));
          if (m.alive) keyed.set(i, { key, element: part });
          return BOTTOM;
        }),
      ),
    );
    for (const { key, element } of keyed.values()) place(key, element, false);
  }
  for (const g of groups.values()) {
    for (const o of open) g.items.addMaybe(o.element);
    put(g.key, newArray(m, site, g.items, `group ${String(exact(g.key))}`), g.sure);
  }
  for (const [i, o] of open.entries()) {
    const group = new Sequence();
    for (const other of open) group.addMaybe(other.element);
    put(o.key, newArray(m, site, group, `group ${i}`), false);
  }
}
