/** Where the page is: a state that is pushed is read again, an address that is set shows in all of its parts. */
import { joinSlot, type Obj } from "../../domain/heap.js";
import { ofConst, stringOf, UNDEFINED } from "../../domain/value.js";
import { allLabels } from "../../machine/deep.js";
import { external } from "../../machine/external.js";
import type { Machine, Native } from "../../machine/machine.js";
import { clone } from "../../machine/clone.js";
import { emit } from "../events.js";
import type { NativeModule } from "../index.js";
import { spot } from "../items.js";
import { alike, argOf, record } from "../support.js";

const host = (m: Machine, ...path: readonly string[]): Obj => external(m, "global", path);

const push: Native = (call) => {
  const { m, site } = call;
  const state = clone(m, argOf(call, 0), site, "structured");
  joinSlot(m.heap, host(m, "history"), "state", state);
  moved(call, 2);
  const event = record(m, { type: ofConst("popstate"), state }, spot(site, "popstate"));
  for (const listener of [host(m, "globalThis")]) emit(m, listener, ofConst("popstate"), { list: [event], rest: null }, site);
  return UNDEFINED;
};

/** The page goes to an address. */
function moved({ m, args }: Parameters<Native>[0], at: number): void {
  const address = args.list[at];
  const labels = address === undefined ? [] : allLabels(m, address);
  if (labels.length === 0) return;
  for (const part of ["href", "pathname", "search", "hash"]) joinSlot(m.heap, host(m, "location"), part, stringOf(labels));
}

export const histories: NativeModule = {
  modules: ["global"],
  natives: {
    ...alike(["history.pushState", "history.replaceState"], push),
    ...alike(["location.assign", "location.replace"], (call) => {
      moved(call, 0);
      return UNDEFINED;
    }),
  },
};
