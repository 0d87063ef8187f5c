/** Callbacks of a function that a model describes: what they are called with, once or for every element, and what they give. */
import type { Callee, ModelFlow } from "../../models/model.js";
import { ANY_NUMBER, BOTTOM, isBottom, join, joinAll, UNDEFINED, type Value } from "../domain/value.js";
import { allArgs, arg, callValue } from "../machine/call.js";
import { allLabels, atPath } from "../machine/deep.js";
import { forkAll } from "../machine/fork.js";
import { hop, inPath, type Args } from "../machine/machine.js";
import { unknown } from "../machine/unknown.js";
import { alternatives, namesOf, spot } from "../natives/items.js";
import { repeat } from "../machine/repeat.js";
import { callable, record } from "../natives/support.js";
import { elementsOf, type Element } from "./elements.js";
import { mayHold, readFrom, settled, type Execution } from "./execution.js";
import { parsed, stringified } from "./plain.js";
import { anyFound, type Found } from "./read.js";
import { put } from "./write.js";

/** What a callback has given, for each element that it was called for. */
export interface Outcome {
  readonly each: readonly Element[];
}

type Callback = Extract<Callee, { readonly k: "callback" }>;

/** What flows into one parameter. */
interface Given {
  readonly position: number;
  readonly flow: ModelFlow;
  readonly found: Found;
}

/** Calls a callback with what flows into it: once, or for each element where a path goes through a list. */
export function calledBack(x: Execution, of: Callback): Outcome {
  const { m, site } = x.call;
  const all = atPath(m, arg(x.call.args, of.position), of.path, site);
  const fns = of.each === true ? elementsOf(m, all, site) : undefined;
  const fn = fns === undefined ? all : joinAll(fns.map(({ value }) => value));
  if (!callable(m, fn)) return { each: [] };
  const flows = x.flows.filter(
    (flow) => flow.to.root.k === "parameter" && flow.to.root.of.k === "callback" && flow.to.root.of.text === of.text && mayHold(x, flow),
  );
  const isOwn = ({ from: { root } }: ModelFlow): boolean => root.k === "given" && root.of.k === "callback" && root.of.text === of.text;
  const given = flows.filter((flow) => !isOwn(flow)).flatMap((flow) => givenBy(x, flow));
  // What it gives goes into it again: a fold.
  const again = flows.find(isOwn)?.to.root;
  const turns = Math.max(0, ...given.map(({ found }) => (found.k === "each" ? found.list.length : 0)));
  const keyed = given.some(({ found }) => found.k === "each");
  const many = again !== undefined || flows.some(({ from }) => from.steps.some(({ k }) => k === "any"));
  const into = again?.k === "parameter" ? again.position : undefined;
  const start = into === undefined ? BOTTOM : valueAt(given, into, undefined);

  const fnAt = (turn: number | undefined): Value => (turn === undefined ? fn : (fns?.[turn]?.value ?? fn));
  const once = (turn: number | undefined, so: Value): Value => {
    const args = argsOf(x, given, turn, into === undefined ? undefined : { position: into, value: so });
    return settled(x, callValue(m, fnAt(turn), UNDEFINED, args, site));
  };
  const often = (turn: number | undefined, so: Value): Value =>
    repeat(
      m,
      (acc) =>
        apart(x, given, turn, (one) =>
          settled(
            x,
            callValue(
              m,
              fnAt(turn),
              UNDEFINED,
              argsOf(x, one, turn, into === undefined ? undefined : { position: into, value: acc }),
              site,
            ),
          ),
        ),
      so,
    );

  if (!keyed) {
    const value = many ? often(undefined, start) : once(undefined, start);
    return { each: isBottom(value) ? [] : [{ key: ANY_NUMBER, value, sure: !many }] };
  }
  const each: Element[] = [];
  let so = start;
  for (let turn = 0; turn < turns && m.alive; turn++) {
    const elements = given.flatMap(({ found }) => (found.k === "each" ? (found.list[turn] ?? []) : []));
    const sure = elements.every((e) => e.sure);
    const before = so;
    const value = inPath(m, turn, () => (sure ? once(turn, before) : often(turn, before)));
    if (into !== undefined) so = value;
    else if (!isBottom(value)) each.push({ key: elements[0]?.key ?? ANY_NUMBER, value, sure });
  }
  return into === undefined ? { each } : { each: isBottom(so) ? [] : [{ key: ANY_NUMBER, value: so, sure: true }] };
}

/** What one flow gives, and to which parameter: `argument 1..` gives one after the other. */
function givenBy(x: Execution, flow: ModelFlow): readonly Given[] {
  const { root } = flow.to;
  if (root.k !== "parameter") return [];
  const { from } = flow;
  if (root.onward && "onward" in from.root && from.root.onward && from.root.position !== "*") {
    const call = from.root.k === "parameter" ? x.inner : x.call;
    const list = call === undefined ? [] : allArgs(call.args).slice(from.root.position);
    return list.map((value, i) => ({ position: root.position + i, flow, found: { k: "one", value: settled(x, value) } }));
  }
  const found = readFrom(x, from);
  if (flow.how === "parsed") return [{ position: root.position, flow, found: { k: "one", value: parsed(x.call, anyFound(found)) } }];
  if (flow.how === "stringified")
    return [{ position: root.position, flow, found: { k: "one", value: stringified(x.call, anyFound(found)) } }];
  if (flow.how !== "derived") return [{ position: root.position, flow, found }];
  const { m, site } = x.call;
  const value = unknown(m, spot(site, `given ${root.position}`), hop(m, ofLabels(x, anyFound(found)), "library", site).labels);
  return [{ position: root.position, flow, found: { k: "one", value } }];
}

const ofLabels = ({ call }: Execution, v: Value): Value => ({ ...UNDEFINED, labels: allLabels(call.m, v) });

/** What goes into a parameter whole, in one turn or in any. */
function valueAt(given: readonly Given[], position: number, turn: number | undefined): Value {
  let out: Value = BOTTOM;
  for (const g of given) if (g.position === position && g.flow.to.steps.length === 0) out = join(out, inTurn(g.found, turn));
  return out;
}

const inTurn = (found: Found, turn: number | undefined): Value =>
  found.k === "one" ? found.value : turn === undefined ? anyFound(found) : (found.list[turn]?.value ?? UNDEFINED);

/** The arguments of one call; `so` is what the call before has given. */
function argsOf(
  x: Execution,
  given: readonly Given[],
  turn: number | undefined,
  so: { readonly position: number; readonly value: Value } | undefined,
): Args {
  // What comes to a handler comes from elsewhere, also what no flow tells of.
  const rest = x.fn.later ? unknown(x.call.m, spot(x.call.site, "handled")) : null;
  const last = Math.max(so?.position ?? -1, ...given.map(({ position }) => position));
  const list = Array.from({ length: last + 1 }, (_, i): Value => {
    if (so?.position === i) return so.value;
    const missing = rest ?? UNDEFINED;
    // An instance of one of the library's types is a new one each time.
    const type = given.flatMap((g) => (g.position === i && g.flow.from.root.k === "new" ? [g.flow.from.root.type] : []))[0];
    const whole = type === undefined ? valueAt(given, i, turn) : x.newInstance(x.call, type);
    const parts = given.filter((g) => g.position === i && g.flow.to.steps.length > 0);
    if (parts.length === 0) return isBottom(whole) ? missing : whole;
    const made = type === undefined ? record(x.call.m, {}, spot(x.call.site, `parameter ${i}`)) : whole;
    for (const g of parts) put(x.call, made, g.flow.to.steps, { value: inTurn(g.found, turn), key: UNDEFINED, sure: true });
    return join(whole, made);
  });
  return { list, rest };
}

/** Runs a call for each object that an element may be, so that what is made of it stays with it. */
function apart(x: Execution, given: readonly Given[], turn: number | undefined, run: (given: readonly Given[]) => Value): Value {
  const { m } = x.call;
  const at = given.findIndex(({ flow, found }) => found.k === "each" || flow.from.steps.some(({ k }) => k === "any"));
  const split = given[at];
  const parts = split === undefined ? [] : alternatives(m, inTurn(split.found, turn), false);
  if (split === undefined || parts.length < 2) return run(given);
  const names = namesOf(m, parts);
  return forkAll(
    m,
    parts.map((value, i) => () => inPath(m, names[i]!, () => run(given.with(at, { ...split, found: { k: "one", value } })))),
  );
}
