/** React, and Preact in its image: elements, components, hooks, contexts, and the roots that draw them. */
import { isRunnable, objectsOf, setSlot } from "../../domain/heap.js";
import type { Labels } from "../../domain/labels.js";
import { ANY_BOOLEAN, ANY_NUMBER, FALSE, join, NULL, ofRef, ofRefs, stringOf, UNDEFINED, type Value } from "../../domain/value.js";
import { anyItem, iterate } from "../../machine/iterate.js";
import { make, type Native, type NativeCall } from "../../machine/machine.js";
import { awaitValue } from "../../machine/promise.js";
import { copyProps, getNamed } from "../../machine/props.js";
import type { NativeModule, NativeTable } from "../index.js";
import { bounded, spot } from "../items.js";
import { promiseOf } from "../settle.js";
import { perhaps } from "../../machine/fork.js";
import { alike, argOf, arrayOf, callWith, constant, instance, listOf, methods, option, record, spelling } from "../support.js";
import { CLASSES } from "./class.js";
import { createContext } from "./context.js";
import { createElement as newTree, drawRoot } from "./draw.js";
import { calls, first, HOOKS } from "./hooks.js";

/** `createElement(type, props, ...children)`. */
const createElement: Native = (call) => element(call, argOf(call, 0), argOf(call, 1), 2);

function element(call: NativeCall, type: Value, given: Value, childrenAt: number): Value {
  const { m, site, args } = call;
  const props = make(m, "object", spot(site, "props"));
  if (given.refs.length > 0) copyProps(m, props, given, site);
  const children = args.list.slice(childrenAt);
  if (args.rest !== null) setSlot(m.heap, props, "children", listOf(m, children.reduce(join, args.rest), spot(site, "children")));
  else if (children.length > 0)
    setSlot(m.heap, props, "children", children.length === 1 ? children[0]! : arrayOf(m, children, spot(site, "children")));
  return newTree(m, type, ofRef(props.id), site);
}

/** What the syntax becomes: `jsx(type, props, key)`; the props hold the children. */
const jsx: Native = (call) => newTree(call.m, argOf(call, 0), argOf(call, 1), call.site);

const cloneElement: Native = (call) => {
  const { m, site } = call;
  const base = argOf(call, 0);
  const props = make(m, "object", spot(site, "cloned"));
  if (base.refs.length > 0) copyProps(m, props, getNamed(m, base, "props", site), site);
  if (argOf(call, 1).refs.length > 0) copyProps(m, props, argOf(call, 1), site);
  return element(call, option(call, base, "type"), ofRef(props.id), 2);
};

/** `lazy(() => import("./x"))`: the component itself. */
const lazy: Native = (call) => {
  const { m, site } = call;
  const module = awaitValue(m, calls(call), site);
  m.alive = true;
  return option(call, module, "default");
};

/** `dynamic(() => import("./x"))`, also of one name: `dynamic(() => import("./x").then((x) => x.Chart))`; `dynamic({ loader })`. */
const dynamic: Native = (call) => {
  const { m, site } = call;
  const given = argOf(call, 0);
  const loader = objectsOf(m.heap, given).some(isRunnable) ? given : option(call, given, "loader");
  const loaded = awaitValue(m, callWith(m, loader, [], site), site);
  m.alive = true;
  const components = objectsOf(m.heap, loaded).filter((o) => isRunnable(o) || o.kind === "class");
  return components.length > 0 ? loaded : option(call, loaded, "default");
};

/** Children as a list, whatever they are. */
function childrenIn(call: NativeCall, v: Value): { readonly list: readonly Value[]; readonly rest: Value | null } {
  const { m, site } = call;
  const lists = objectsOf(m.heap, v).filter((o) => o.kind === "array");
  if (lists.length === 0) return { list: [v], rest: null };
  const single = objectsOf(m.heap, v).filter((o) => o.kind !== "array");
  const items = bounded(
    iterate(
      m,
      ofRefs(
        lists.map((o) => o.id),
        v.via,
      ),
      site,
    ),
  );
  return single.length === 0
    ? items
    : {
        list: [],
        rest: join(
          anyItem(items),
          ofRefs(
            single.map((o) => o.id),
            v.via,
          ),
        ),
      };
}

const mapChildren: Native = (call) => {
  const { m, site } = call;
  const items = childrenIn(call, argOf(call, 0));
  const run = (v: Value): Value => perhaps(m, () => callWith(m, argOf(call, 1), [v, ANY_NUMBER], site));
  const list = items.list.map(run);
  return items.rest === null ? arrayOf(m, list, spot(site, "mapped")) : listOf(m, list.reduce(join, run(items.rest)), spot(site, "mapped"));
};

const CHILDREN: NativeTable = {
  "Children.map": mapChildren,
  "Children.forEach": (call) => {
    mapChildren(call);
    return UNDEFINED;
  },
  "Children.toArray": (call) => {
    const items = childrenIn(call, argOf(call, 0));
    return items.rest === null
      ? arrayOf(call.m, items.list, spot(call.site, "array"))
      : listOf(call.m, anyItem(items), spot(call.site, "array"));
  },
  "Children.only": first,
  "Children.count": constant(ANY_NUMBER),
};

const draw = (call: NativeCall, tree: Value): Labels =>
  drawRoot(call.m, tree, call.site, `${call.m.path}|${spot(call.site, "root")}`, true);

/** `root.render(tree)` and `render(tree, container)`. */
const render: Native = (call) => {
  draw(call, argOf(call, 0));
  return UNDEFINED;
};

const newRoot = (call: NativeCall): Value => ofRef(instance(call.m, "react-dom", "Root", call.site).id);

const hydrateRoot: Native = (call) => {
  draw(call, argOf(call, 1));
  return newRoot(call);
};

/** The page as text: whatever it shows. */
const text: Native = (call) => {
  const labels = draw(call, argOf(call, 0));
  return labels.length === 0 ? stringOf(labels) : spelling(call, labels);
};

const COMMON: NativeTable = {
  ...HOOKS,
  ...CLASSES,
  ...CHILDREN,
  ...alike(["createElement", "h"], createElement),
  ...alike(["jsx", "jsxs", "jsxDEV"], jsx),
  ...alike(["memo", "forwardRef", "cache", "createPortal"], first),
  ...alike(["act", "flushSync", "unstable_batchedUpdates", "batch", "untracked"], calls),
  ...alike(["render", "hydrate"], render),
  ...alike(["renderToString", "renderToStaticMarkup"], text),
  ...alike(["renderToReadableStream", "renderToStringAsync", "prerender"], (call) => promiseOf(call.m, text(call), call.site)),
  ...alike(["renderToPipeableStream", "renderToNodeStream", "renderToStaticNodeStream"], (call) => {
    text(call);
    return ofRef(instance(call.m, "react-dom", "Stream", call.site).id);
  }),
  createRoot: newRoot,
  hydrateRoot,
  cloneElement,
  createContext,
  lazy,
  createRef: (call) => record(call.m, { current: NULL }, spot(call.site, "ref")),
  isValidElement: (call) => (objectsOf(call.m.heap, argOf(call, 0)).length === 0 ? FALSE : ANY_BOOLEAN),
};

const MODULES = ["react", "react-dom", "preact"];
const SUBPATHS = [
  "react/jsx-runtime",
  "react/jsx-dev-runtime",
  "react-dom/client",
  "react-dom/server",
  "react-dom/static",
  "preact/hooks",
  "preact/compat",
  "preact/jsx-runtime",
  "preact-render-to-string",
];

export const react: readonly NativeModule[] = [
  { modules: [...MODULES, ...SUBPATHS], natives: COMMON },
  { modules: ["react-dom"], natives: methods("Root", { render, unmount: constant(UNDEFINED) }) },
  { modules: ["react-dom"], natives: methods("Stream", { pipe: first, abort: constant(UNDEFINED) }) },
  { modules: ["next/dynamic", "@loadable/component"], natives: { default: dynamic, loadable: dynamic } },
  // What the machine makes of the syntax, whichever library draws it.
  { modules: ["jsx"], natives: { element: jsx } },
];
