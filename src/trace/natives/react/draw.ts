/** Drawing: the tree of elements is gone through from its root, components are called, handlers wait for the user. */
import { formData, sendForm, SUBMITS } from "./forms.js";
import { perhaps } from "../../machine/fork.js";
import { joinLabels, NO_LABELS, type Labels, type Site } from "../../domain/labels.js";
import { objectsOf, S, setSlot, type Obj, isFunction, isRunnable } from "../../domain/heap.js";
import { BOTTOM, hasPrimitive, isBottom, join, ofRef, ofRefs, UNDEFINED, type Value } from "../../domain/value.js";
import { callValue, NO_ARGS, unknownArgs } from "../../machine/call.js";
import { allLabels } from "../../machine/deep.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import { leave } from "../../machine/jobs.js";
import { LIMITS, type Machine } from "../../machine/machine.js";
import { awaitValue } from "../../machine/promise.js";
import { unknown } from "../../machine/unknown.js";
import { contextOf, givenTo, provide } from "./context.js";
import { at, kept, notePending, queue, queueTurn, takePending, within } from "./desk.js";
import { elementSite, isClaimed, isElement, newElement, noteDrawn, setRef } from "./elements.js";
import { drawInstance } from "./class.js";
import { callAgain, isUndrawn } from "./undrawn.js";

/** Where in the tree something is drawn: the objects around it. */
export interface Branch {
  readonly around: readonly Obj[];
}

/** What is kept of a tree of its own, beside the tree. */
interface Drawing {
  readonly key: string;
  readonly site: Site;
  /** Are all providers above it known? */
  readonly exact: boolean;
}

/** Levels of elements and components in each other. */
const DEPTH = 80;

/** An element made by the program; drawn on its own if nothing ever holds it. */
export function createElement(m: Machine, type: Value, props: Value, site: Site): Value {
  const element = newElement(m, type, props, site);
  // Those of a module's own top level (`const tabs = [<General />]`) are most likely drawn by the pages that import it.
  const { index, file } = m.frame.code;
  const isOfModule = index === 0 && m.stack.length === 0;
  const key = isOfModule ? `orphans of ${file.index}` : "orphans";
  notePending(m, element, key);
  queue(m, key, (call) => drawOrphans(call.m, key), site, isOfModule ? "entry" : "outside");
  return ofRef(element.id);
}

/**
 * Leaves to be drawn what no root has drawn: roots in code that is not here, components that are only called. Each on its own: it has
 * a budget of its own, and runs again alone.
 */
function drawOrphans(m: Machine, pending: string): Value {
  const trees = new Map<string, Value>();
  for (const element of takePending(m, pending)) {
    if (!isElement(element) || isClaimed(element)) continue;
    const key = `orphan ${element.key}`;
    const tree = join(trees.get(key) ?? BOTTOM, ofRef(element.id));
    trees.set(key, tree);
    setSlot(m.heap, kept(m, `root ${key}`, "env", { key, site: elementSite(element), exact: false }), S.value, tree);
    queue(m, `draw ${key}`, (call) => drawOrphan(call.m, key), elementSite(element));
  }
  return UNDEFINED;
}

/** Draws it, unless another tree has it by now. */
function drawOrphan(m: Machine, key: string): Value {
  const { props, data } = kept(m, `root ${key}`);
  const { site, exact } = data as Drawing;
  const free = objectsOf(m.heap, props.get(S.value) ?? BOTTOM).filter((element) => !isClaimed(element));
  if (free.length > 0)
    drawRoot(
      m,
      ofRefs(
        free.map((element) => element.id).sort((a, b) => a - b),
        null,
      ),
      site,
      key,
      exact,
    );
  return UNDEFINED;
}

/** Draws a tree of its own; gives the labels of all that it shows. */
export function drawRoot(m: Machine, tree: Value, site: Site, key: string, exact: boolean): Labels {
  const root = kept(m, `root ${key}`, "env", { key, site, exact });
  setSlot(m.heap, root, S.value, tree);
  let shown: Labels = NO_LABELS;
  within(m, ofRef(root.id), exact, () => {
    shown = at(m, `root ${key}`, () => draw(m, tree, { around: [] }, site));
  });
  return shown;
}

/** State below a root has changed: it is drawn again. */
export function redraw(m: Machine, roots: Value): void {
  for (const root of objectsOf(m.heap, roots)) {
    const { key, site, exact } = root.data as Drawing;
    queueTurn(
      m,
      key,
      (call) => {
        if (isUndrawn(root)) callAgain(call.m, root);
        else drawRoot(call.m, kept(call.m, `root ${key}`).props.get(S.value) ?? BOTTOM, site, key, exact);
        return UNDEFINED;
      },
      site,
    );
  }
}

/** Draws whatever can stand in a tree. */
export function draw(m: Machine, v: Value, branch: Branch, site: Site): Labels {
  let shown = hasPrimitive(v) ? v.labels : NO_LABELS;
  if (branch.around.length > DEPTH) {
    m.blind("depth-limit", site, `elements nested more than ${DEPTH} levels deep are not drawn`, allLabels(m, v));
    return joinLabels(shown, allLabels(m, v));
  }
  for (const obj of objectsOf(m.heap, v)) {
    if (isElement(obj)) shown = joinLabels(shown, drawElement(m, obj, branch));
    else if (obj.kind === "array" || obj.kind === "set" || obj.kind === "generator" || obj.kind === "iterator") {
      if (branch.around.includes(obj)) continue;
      const items = iterate(m, ofRef(obj.id), site);
      const inner = { around: [...branch.around, obj] };
      for (const item of items.list.length > LIMITS.unroll ? [anyItem(items)] : [...items.list, items.rest ?? BOTTOM])
        if (!isBottom(item)) shown = joinLabels(shown, draw(m, item, inner, site));
    } else if (obj.kind === "promise") {
      // Components may be asynchronous.
      const held = awaitValue(m, ofRef(obj.id), site);
      m.alive = true;
      shown = joinLabels(shown, draw(m, held, { around: [...branch.around, obj] }, site));
    } else shown = joinLabels(shown, allLabels(m, ofRef(obj.id)));
  }
  return shown;
}

/** Functions and classes; a library's that wraps one is a function too. */
const isComponent = (obj: Obj): boolean => isFunction(obj) || obj.kind === "class" || obj.kind === "native";

function drawElement(m: Machine, element: Obj, branch: Branch): Labels {
  if (branch.around.includes(element)) return NO_LABELS;
  noteDrawn(m, element);
  const site = elementSite(element);
  const type = element.props.get("type") ?? UNDEFINED;
  const props = element.props.get("props") ?? UNDEFINED;
  const inner: Branch = { around: [...branch.around, element] };
  const components = objectsOf(m.heap, type);
  // Once, whatever it is: what a page shows of its own elements, it shows of components that are not here.
  const isForeign = components.some((c) => contextOf(c) === undefined && !isComponent(c));
  let shown: Labels = isForeign || hasPrimitive(type) ? drawHost(m, props, inner, site, isForeign) : NO_LABELS;
  for (const component of components) {
    const context = contextOf(component);
    if (context !== undefined) {
      if (context.role === "provider")
        provide(m, context.contexts, props, () => (shown = joinLabels(shown, drawChildren(m, props, inner, site))));
      else
        shown = joinLabels(
          shown,
          draw(m, callValue(m, childrenOf(m, props), UNDEFINED, { list: [givenTo(m, context.contexts)], rest: null }, site), inner, site),
        );
    } else if (isComponent(component)) {
      // A component that makes itself goes on as long as its data does, which nobody may know.
      if (branch.around.filter((o) => isElement(o) && madeAt(o, site)).length > LIMITS.recursionUnknown) {
        const labels = allLabels(m, props);
        if (labels.length > 0)
          m.blind(
            "depth-limit",
            site,
            `a component inside itself is not drawn more than ${LIMITS.recursionUnknown + 1} levels deep`,
            labels,
          );
        continue;
      }
      const drawn = at(m, `${m.path} ${element.key}`, () => {
        if (component.kind === "class") return drawInstance(m, component, props, site);
        const tree = perhaps(m, () => callValue(m, ofRef(component.id), UNDEFINED, { list: [props, refIn(m, props)], rest: null }, site));
        m.alive = true;
        return tree;
      });
      at(m, `${m.path} ${element.key}`, () => (shown = joinLabels(shown, draw(m, drawn, inner, site))));
    }
  }
  return shown;
}

const madeAt = (element: Obj, site: Site): boolean => elementSite(element).file === site.file && elementSite(element).at === site.at;

/** A prop of whatever the props can be. */
function propOf(m: Machine, props: Value, name: string): Value {
  for (const obj of objectsOf(m.heap, props)) {
    const v = obj.props.get(name);
    if (v !== undefined) return v;
  }
  return UNDEFINED;
}

const childrenOf = (m: Machine, props: Value): Value => propOf(m, props, "children");
const refIn = (m: Machine, props: Value): Value => propOf(m, props, "ref");
const drawChildren = (m: Machine, props: Value, branch: Branch, site: Site): Labels => draw(m, childrenOf(m, props), branch, site);

/** An element of the page, or a component that is not here: shows its props, and its handlers run when the user acts. */
function drawHost(m: Machine, props: Value, branch: Branch, site: Site, foreign: boolean): Labels {
  let shown: Labels = NO_LABELS;
  for (const obj of objectsOf(m.heap, props)) {
    sendForm(m, obj, site);
    for (const [name, v] of [...obj.props]) {
      if (name.charCodeAt(0) === 0 && name !== S.rest) continue;
      if (name === "ref") setRef(m, v, unknown(m, `${obj.key}.ref`));
      for (const fn of objectsOf(m.heap, v).filter(isRunnable)) {
        if (name === "children" || (foreign && /^render|^children|Component$/.test(name))) {
          const tree = perhaps(m, () => callValue(m, ofRef(fn.id), UNDEFINED, unknownArgs(m, fn, NO_LABELS, site), site));
          m.alive = true;
          shown = joinLabels(shown, draw(m, tree, branch, site));
        } else
          leave(m, {
            fn: ofRef(fn.id),
            self: UNDEFINED,
            args: SUBMITS.has(name)
              ? { list: [formData(m, childrenOf(m, ofRef(obj.id)), site)], rest: null }
              : fn.kind === "function"
                ? unknownArgs(m, fn, NO_LABELS, site)
                : { list: [unknown(m, `${obj.key}.${name}`)], rest: null },
            site,
            outside: true,
          });
      }
      shown = joinLabels(
        shown,
        name === "children" || foreign || objectsOf(m.heap, v).some(isElement) ? draw(m, v, branch, site) : allLabels(m, v),
      );
    }
  }
  return shown;
}

/** Runs something later, as the library does after it has drawn. */
export function afterwards(m: Machine, fn: Value, self: Value, site: Site): void {
  leave(m, { fn, self, args: NO_ARGS, site });
}
