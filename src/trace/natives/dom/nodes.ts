/**
 * Nodes that the program makes itself: what is put into one, as text, markup, attribute or child, is read from it again. The text of a node is
 * that of all below it. Nodes that are found in the page are what the host gives.
 */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../../domain/labels.js";
import { joinSlot, objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import {
  BOTTOM,
  exact,
  isBottom,
  join,
  joinAll,
  NULL,
  ofConst,
  ofRef,
  ofRefs,
  primitivePart,
  stringOf,
  UNDEFINED,
  type Value,
} from "../../domain/value.js";
import { allArgs, hasArg } from "../../machine/call.js";
import { allLabels } from "../../machine/deep.js";
import { external } from "../../machine/external.js";
import { make, type Machine, type Native, type NativeCall, type UnknownData } from "../../machine/machine.js";
import { defineAccessor, getNamed, setNamed } from "../../machine/props.js";
import type { NativeModule, NativeTable } from "../index.js";
import { spot } from "../items.js";
import { alike, argOf, asText, constant, listOf, methods, putSlot, selves, stepped, tables } from "../support.js";
import { domTarget } from "./targets.js";

const CHILDREN = "\0children";
/** What is found inside a node, and is none of its children: part of its markup. */
const PART = "\0part";
const TEXTS = ["textContent", "innerText", "innerHTML", "outerHTML", "nodeValue", "data", "text"];
const LISTS = ["children", "childNodes"];
/** Whatever is named here the browser fetches: an image that nobody sees is a request. Only elements that load something have these. */
const LOADED = ["src", "srcset"];
const ENDS = ["firstChild", "lastChild", "firstElementChild", "lastElementChild"];

/** A fresh node. */
export function newNode(m: Machine, site: Site, text: Value = BOTTOM, what = "node"): Obj {
  const node = make(m, "unknown", spot(site, what), { type: undefined, depth: 0, name: "" } satisfies UnknownData);
  setSlot(m.heap, node, S.proto, ofRef(external(m, "global", ["Element"]).id));
  if (!isBottom(text)) setSlot(m.heap, node, S.value, asText(m, text, site));
  const accessor = (kind: "get" | "set", name: string): Value => ofRef(external(m, "global", ["Element", `${kind} ${name}`]).id);
  for (const name of [...TEXTS, ...LISTS, ...ENDS]) defineAccessor(m, node, name, "get", accessor("get", name));
  for (const name of TEXTS) defineAccessor(m, node, name, "set", accessor("set", "text"));
  for (const name of LOADED) {
    defineAccessor(m, node, name, "get", accessor("get", name));
    defineAccessor(m, node, name, "set", ofRef(external(m, "global", ["HTMLImageElement", name]).id));
  }
  return node;
}

const childrenOf = (m: Machine, nodes: readonly Obj[]): readonly Obj[] =>
  nodes.flatMap((node) => [CHILDREN, PART].flatMap((slot) => objectsOf(m.heap, node.props.get(slot) ?? BOTTOM)));

/** Nodes and all below them, each once. */
function withAllBelow(m: Machine, nodes: readonly Obj[]): ReadonlySet<Obj> {
  const all = new Set(nodes);
  for (const node of all) for (const child of childrenOf(m, [node])) all.add(child);
  return all;
}

/** What the text of nodes and of all below them spells out. */
function textLabels(m: Machine, nodes: readonly Obj[]): Labels {
  let out: Labels = NO_LABELS;
  for (const node of withAllBelow(m, nodes)) out = joinLabels(out, ownText(m, node));
  return out;
}

function ownText(m: Machine, node: Obj): Labels {
  let out: Labels = NO_LABELS;
  for (const slot of [S.value, ...TEXTS]) {
    const own = node.props.get(slot);
    if (own !== undefined) out = joinLabels(out, allLabels(m, own));
  }
  return out;
}

const text: Native = (call) => stepped(call, stringOf(textLabels(call.m, selves(call))));

/** What nodes and all below them hold: text, attributes, the values of fields. */
export function markupLabels(m: Machine, nodes: readonly Obj[]): Labels {
  let out: Labels = NO_LABELS;
  for (const node of withAllBelow(m, nodes)) out = joinLabels(out, joinLabels(ownText(m, node), attributeLabels(m, node)));
  return out;
}

/** Labels of a node's own properties; those that lead to other nodes are left out. */
function attributeLabels(m: Machine, node: Obj): Labels {
  let out: Labels = NO_LABELS;
  for (const [name, v] of node.props) if (name.charCodeAt(0) !== 0 && name !== "parentNode") out = joinLabels(out, allLabels(m, v));
  return out;
}

const markup: Native = (call) => stepped(call, stringOf(markupLabels(call.m, selves(call))));

/** The markup of what is inside: the attributes of the node itself are not part of it. */
const innerMarkup: Native = (call) => {
  const { m } = call;
  const inside = markupLabels(m, childrenOf(m, selves(call)));
  return stepped(call, stringOf(joinLabels(inside, textLabels(m, selves(call)))));
};

/** `node.textContent = …` and its like: all that was inside is gone. */
const setText: Native = (call) => {
  const { m, site } = call;
  putSlot(m, selves(call), S.value, asText(m, argOf(call, 0), site));
  empty(m, selves(call));
  return UNDEFINED;
};

/** All that was inside is gone. */
function empty(m: Machine, nodes: readonly Obj[]): void {
  putSlot(m, nodes, CHILDREN, BOTTOM);
  putSlot(m, nodes, PART, BOTTOM);
}

/** The address itself is an attribute like others. */
const setLoaded =
  (name: string): Native =>
  (call) => {
    putSlot(call.m, selves(call), name, argOf(call, 0));
    return UNDEFINED;
  };

/** Nodes stay what they are, anything else becomes text. */
function add(call: NativeCall, values: readonly Value[]): void {
  const { m, site } = call;
  for (const v of values) {
    if (v.refs.length > 0) for (const node of selves(call)) joinSlot(m.heap, node, CHILDREN, ofRefs(v.refs, v.via));
    if (v.kinds !== 0 || v.consts.length > 0)
      for (const node of selves(call)) joinSlot(m.heap, node, S.value, asText(m, primitivePart(v), site));
    for (const child of objectsOf(m.heap, v)) if (child.kind === "unknown") joinSlot(m.heap, child, "parentNode", call.self);
    if (selves(call).some((node) => node.kind === "external")) show(m, selves(call), v);
  }
}

/** What is put into the page shows in its text: in that of the node that it is put into, and of the whole. */
function show(m: Machine, into: readonly Obj[], v: Value): void {
  const labels = joinLabels(textLabels(m, objectsOf(m.heap, v)), v.labels);
  if (labels.length === 0) return;
  const whole = ["body", "documentElement"].map((name) => external(m, "global", ["document", name]));
  for (const node of new Set([...into.filter((o) => o.kind === "external"), ...whole]))
    for (const name of TEXTS) joinSlot(m.heap, node, name, stringOf(labels));
}

/** `attachShadow()`: a tree of its own. */
const shadow: Native = (call) => {
  const root = ofRef(newNode(call.m, call.site, BOTTOM, "shadow").id);
  for (const node of selves(call)) setSlot(call.m.heap, node, "shadowRoot", root);
  return root;
};

const append: Native = (call) => {
  add(call, allArgs(call.args));
  return UNDEFINED;
};

const appendOne: Native = (call) => {
  add(call, [argOf(call, 0)]);
  return argOf(call, 0);
};

const replaceAll: Native = (call) => {
  empty(call.m, selves(call));
  putSlot(call.m, selves(call), S.value, ofConst(""));
  add(call, allArgs(call.args));
  return UNDEFINED;
};

/** Where it goes is not followed: it is taken to be inside. */
const insertAdjacent: Native = (call) => {
  add(call, [argOf(call, 1)]);
  return argOf(call, 1);
};

const children = (call: NativeCall): Value =>
  ofRefs(
    selves(call).flatMap((node) => node.props.get(CHILDREN)?.refs ?? []),
    call.self.via,
  );

/** Something inside: a child, or a part of the markup. */
const part = (call: NativeCall): Value => {
  const { m } = call;
  const inside: Value[] = [children(call)];
  const labels = textLabels(m, selves(call));
  if (labels.length > 0 || isBottom(inside[0]!)) for (const node of selves(call)) inside.push(partOf(call, node, labels));
  return joinAll(inside);
};

/** One part stands for all that is ever found in a node, and for what is found in that: it is the same one the next time. */
function partOf({ m, site }: NativeCall, node: Obj, labels: Labels): Value {
  const own = node.kind === "unknown" ? node.props.get(PART) : undefined;
  if (own !== undefined && own.refs.length > 0) {
    for (const known of objectsOf(m.heap, own)) joinSlot(m.heap, known, S.value, stringOf(labels));
    return own;
  }
  const made = newNode(m, site, stringOf(labels), "part");
  made.summary = true;
  setSlot(m.heap, made, PART, ofRef(made.id));
  if (node.kind === "unknown") joinSlot(m.heap, node, PART, ofRef(made.id));
  return ofRef(made.id);
}

/** `data-user-id` is `dataset.userId`. */
const camel = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
const ATTRIBUTES: Readonly<Record<string, string>> = { class: "className", for: "htmlFor" };

/** The object and property that an attribute is; undefined when its name is not known. */
function attribute(call: NativeCall): { readonly of: Value; readonly name: string } | undefined {
  const name = exact(argOf(call, 0));
  if (typeof name !== "string") return undefined;
  if (!name.startsWith("data-")) return { of: call.self, name: ATTRIBUTES[name] ?? name };
  return { of: getNamed(call.m, call.self, "dataset", call.site), name: camel(name.slice(5)) };
}

const setAttribute: Native = (call) => {
  const { m, site } = call;
  const v = asText(m, argOf(call, 1), site);
  const at = attribute(call);
  const objects = objectsOf(m.heap, at?.of ?? call.self);
  for (const obj of objects) setNamed(m, obj, at?.name ?? S.rest, v, at !== undefined && objects.length === 1, at?.of ?? call.self, site);
  return UNDEFINED;
};

const getAttribute: Native = (call) => {
  const at = attribute(call);
  return at === undefined ? markup(call) : join(getNamed(call.m, at.of, at.name, call.site), NULL);
};

const cloned: Native = (call) => {
  const { m, site } = call;
  const copy = newNode(m, site, BOTTOM, "clone");
  for (const node of selves(call)) for (const [slot, v] of node.props) if (slot !== S.proto) joinSlot(m.heap, copy, slot, v);
  return ofRef(copy.id);
};

const element: Native = (call) => ofRef(newNode(call.m, call.site).id);
const withText =
  (at: number): Native =>
  (call) =>
    stepped(call, ofRef(newNode(call.m, call.site, hasArg(call.args, at) ? argOf(call, at) : BOTTOM).id));

const option: Native = (call) => {
  const { m, site } = call;
  const node = newNode(m, site, hasArg(call.args, 0) ? argOf(call, 0) : BOTTOM);
  if (hasArg(call.args, 1)) setSlot(m.heap, node, "value", argOf(call, 1));
  return ofRef(node.id);
};

/** What of the page has children. */
const PAGE = ["body", "head", "documentElement", "querySelector.()", "getElementById.()"];

const growing: NativeTable = {
  ...alike(["append", "prepend"], append),
  ...alike(["appendChild", "insertBefore", "replaceChild"], appendOne),
  replaceChildren: replaceAll,
};

const prototype: NativeTable = {
  ...domTarget,
  ...growing,
  ...alike(["insertAdjacentHTML", "insertAdjacentText", "insertAdjacentElement"], insertAdjacent),
  ...alike(["remove", "removeChild", "removeAttribute", "focus", "blur", "click", "scrollIntoView"], constant(UNDEFINED)),
  setAttribute,
  getAttribute,
  cloneNode: cloned,
  attachShadow: shadow,
  ...alike(["querySelector", "closest"], (call) => join(part(call), NULL)),
  ...alike(["querySelectorAll", "getElementsByTagName", "getElementsByClassName"], (call) =>
    listOf(call.m, part(call), spot(call.site, "found")),
  ),
  ...alike(
    TEXTS.map((name) => `get ${name}`),
    text,
  ),
  ...Object.fromEntries(
    LOADED.map((name) => [`get ${name}`, (call: NativeCall) => joinAll(selves(call).map((node) => node.props.get(name) ?? ofConst("")))]),
  ),
  "get innerHTML": innerMarkup,
  "get outerHTML": markup,
  "set text": setText,
  ...alike(
    LISTS.map((name) => `get ${name}`),
    (call) => listOf(call.m, children(call), spot(call.site, "children")),
  ),
  ...alike(
    ENDS.map((name) => `get ${name}`),
    (call) => join(part(call), NULL),
  ),
};

export const domNodes: NativeModule = {
  modules: ["global"],
  natives: {
    ...alike(["document.createElement", "document.createElementNS", "document.createDocumentFragment", "Image"], element),
    ...alike(["document.createTextNode", "document.createComment", "Text", "Comment"], withText(0)),
    Option: option,
    ...Object.fromEntries(LOADED.map((name) => [`HTMLImageElement.${name}`, setLoaded(name)])),
    ...Object.fromEntries(Object.entries(growing).flatMap(([name, native]) => PAGE.map((of) => [`document.${of}.${name}`, native]))),
    ...tables(["Element", "HTMLElement"], (owner) => methods(owner, prototype)),
    "DOMParser.prototype.parseFromString": parsed,
    "DOMParser.parseFromString": parsed,
    "XMLSerializer.prototype.serializeToString": serialised,
    "XMLSerializer.serializeToString": serialised,
  },
};

/** A document of some markup: its `body` and `documentElement` are all of it. */
function parsed(call: NativeCall): Value {
  const { m, site } = call;
  const document = newNode(m, site, argOf(call, 0), "document");
  for (const name of ["body", "head", "documentElement"]) setSlot(m.heap, document, name, ofRef(document.id));
  return stepped(call, ofRef(document.id));
}

function serialised(call: NativeCall): Value {
  return stepped(call, stringOf(markupLabels(call.m, objectsOf(call.m.heap, argOf(call, 0)))));
}
