/** Putting declared fields onto values: by name pattern (`user.*`) or whole. */
import type { TypeRef } from "../../link/types.js";
import type { Manifest, PathStep } from "../../manifest/model.js";
import { labelId, type Labels, type Site } from "../domain/labels.js";
import { objectsOf, S, setSlot, type Obj, isCallable } from "../domain/heap.js";
import { addLabels, hasPrimitive, isBottom, K, type Value } from "../domain/value.js";
import { labelDeep } from "../machine/deep.js";
import { ENTRY } from "../domain/slot-names.js";
import { heldSlots } from "../machine/iterate.js";
import { meetField } from "../machine/purse.js";
import { newStep, type Machine } from "../machine/machine.js";
import { entries } from "../machine/props.js";
import { named } from "../machine/subjects.js";
import { childOf, typeOf } from "../machine/unknown.js";
import { isOpen } from "./named.js";

/** Declared field ids as a tree, so that `user.*` finds `user.address.city` below `address`. */
export interface FieldTree {
  readonly id: string | null;
  readonly children: Map<string, FieldTree>;
}

export function fieldTree(manifest: Manifest): FieldTree {
  const root = { id: null as string | null, children: new Map<string, FieldTree>() };
  for (const f of manifest.fields) {
    let at = root;
    for (const part of f.id.split(".")) {
      let next = at.children.get(part);
      if (next === undefined) at.children.set(part, (next = { id: null, children: new Map() }));
      at = next;
    }
    at.id = f.id;
  }
  return root;
}

const subtree = (tree: FieldTree, prefix: string): FieldTree | undefined => {
  let at: FieldTree | undefined = tree;
  if (prefix !== "") for (const part of prefix.split(".")) at = at?.children.get(part);
  return at;
};

/** Called with each property that no declared field covers. */
export type OnUndeclared = (property: string) => void;

/** `of`: whose it is, by names of things, where consents are declared. */
export function newLabel(m: Machine, field: string, site: Site, of: readonly string[] = NOBODY): Labels {
  meetField(m);
  return [{ id: labelId(m.labels, field, "identified", NOBODY, m.gates === null ? NOBODY : of), step: newStep(m, site, "source", null) }];
}

const NOBODY: readonly string[] = [];

/** What is in an object is of whom the object is about, and of whom the whole was asked for; elements of a list are of many. */
const ofObject = (m: Machine, obj: Obj, of: readonly string[]): readonly string[] =>
  m.gates === null ? NOBODY : [...new Set([named(m, obj), ...of])].sort();

/**
 * Labels `value` with a source's field: whole, or each property with the field of its name. In place; gives the labelled value. `type`
 * is what the value is said to be: something unknown has the properties that it says.
 */
export function applyField(
  m: Machine,
  tree: FieldTree,
  field: string,
  value: Value,
  site: Site,
  undeclared: OnUndeclared,
  type?: TypeRef,
  of: readonly string[] = NOBODY,
): Value {
  if (!field.endsWith("*")) return labelDeep(m, value, newLabel(m, field, site, of));
  const below = subtree(tree, prefixOf(field));
  if (below === undefined) return value;
  return labelTree(m, below, value, site, undeclared, "", new Set(), type, of);
}

const prefixOf = (pattern: string): string => (pattern === "*" ? "" : pattern.slice(0, -2));

/** Tells of what a type has that no field below the pattern is declared for; `name` is the property that it is the type of. */
export function undeclaredIn(
  m: Machine,
  tree: FieldTree,
  pattern: string,
  type: TypeRef | undefined,
  name: string,
  undeclared: OnUndeclared,
): void {
  const inside = m.types.element(m.types.awaited(type)) ?? m.types.awaited(type);
  const members = m.types.members(inside).filter((x) => !x.method);
  if (members.length > 0) tellOthers(m, subtree(tree, prefixOf(pattern)), inside, undeclared, "");
  else if (m.types.view(inside).v !== "any") undeclared(name);
}

function tellOthers(m: Machine, tree: FieldTree | undefined, type: TypeRef | undefined, undeclared: OnUndeclared, at: string): void {
  for (const member of m.types.members(type))
    if (!member.method && tree?.children.has(member.name) !== true && m.types.view(member.type).v !== "function")
      undeclared(join(at, member.name));
}

/** Has a type certainly no property of this name? */
function lacks(m: Machine, type: TypeRef | undefined, name: string): boolean {
  const { v } = m.types.view(type);
  return (v === "object" || v === "class") && m.types.member(type, name) === undefined && !isOpen(m.types, type!);
}

function labelTree(
  m: Machine,
  tree: FieldTree,
  value: Value,
  site: Site,
  undeclared: OnUndeclared,
  at: string,
  seen: Set<number>,
  type?: TypeRef,
  whose: readonly string[] = NOBODY,
): Value {
  const said = m.types.awaited(type);
  for (const obj of objectsOf(m.heap, value)) {
    if (seen.has(obj.id)) continue;
    seen.add(obj.id);
    const mine = obj.kind === "promise" ? whose : NOBODY;
    const of = ofObject(m, obj, whose);
    const inside = obj.kind === "promise" ? said : (m.types.element(said) ?? said);
    for (const slot of heldSlots(obj)) relabel(m, obj, slot, tree, site, undeclared, at, seen, inside, mine);
    switch (obj.kind) {
      case "object":
      case "error":
        labelObject(m, obj, tree, site, undeclared, at, seen, said, of);
        break;
      case "unknown": {
        const own = typeOf(m, obj) ?? said;
        const element = m.types.element(own);
        // What is said to be a list has them in its elements.
        if (element !== undefined) {
          const elements = childOf(m, obj, S.rest, site);
          setSlot(m.heap, obj, S.rest, labelTree(m, tree, elements, site, undeclared, at, seen, element));
          break;
        }
        tellOthers(m, tree, own, undeclared, at);
        for (const [name, child] of tree.children) {
          if (lacks(m, own, name)) continue;
          const type = m.types.member(own, name)?.type;
          setSlot(m.heap, obj, name, labelNode(m, child, childOf(m, obj, name, site), site, undeclared, join(at, name), seen, type, of));
        }
        break;
      }
      default:
        break;
    }
  }
  return value;
}

const join = (at: string, name: string): string => (at === "" ? name : `${at}.${name}`);

function relabel(
  m: Machine,
  obj: Obj,
  slot: string,
  tree: FieldTree,
  site: Site,
  undeclared: OnUndeclared,
  at: string,
  seen: Set<number>,
  type: TypeRef | undefined,
  of: readonly string[],
): void {
  const v = obj.props.get(slot);
  if (v !== undefined) setSlot(m.heap, obj, slot, labelTree(m, tree, v, site, undeclared, at, seen, type, of));
}

function labelObject(
  m: Machine,
  obj: Obj,
  tree: FieldTree,
  site: Site,
  undeclared: OnUndeclared,
  at: string,
  seen: Set<number>,
  type: TypeRef | undefined,
  whose: readonly string[],
): void {
  const e = entries(m, obj, site);
  for (const x of e.known) {
    const child = tree.children.get(x.name);
    if (child === undefined) {
      if (!isFunction(m, x.value)) undeclared(join(at, x.name));
      continue;
    }
    // A getter's result has no slot of its own until it is labelled.
    const value = obj.props.get(x.name) ?? x.value;
    const of = m.types.member(type, x.name)?.type;
    setSlot(m.heap, obj, x.name, labelNode(m, child, value, site, undeclared, join(at, x.name), seen, of, whose));
  }
  if (e.rest !== null)
    for (const [name, child] of tree.children)
      if (!obj.props.has(name))
        setSlot(m.heap, obj, name, labelNode(m, child, e.rest, site, undeclared, join(at, name), new Set(), undefined, whose));
}

const isFunction = (m: Machine, v: Value): boolean => !hasPrimitive(v) && v.refs.length > 0 && objectsOf(m.heap, v).every(isCallable);

function labelNode(
  m: Machine,
  node: FieldTree,
  v: Value,
  site: Site,
  undeclared: OnUndeclared,
  at: string,
  seen: Set<number>,
  type: TypeRef | undefined,
  of: readonly string[],
): Value {
  if (node.children.size > 0 && v.refs.length > 0) {
    const inner = labelTree(m, node, v, site, undeclared, at, seen, type, of);
    return node.id === null ? inner : addLabels(inner, hasPrimitive(inner) ? newLabel(m, node.id, site, of) : []);
  }
  return node.id === null ? v : labelDeep(m, v, newLabel(m, node.id, site, of));
}

/** Labels the part of `value` at a property path, in place where it is inside an object; gives the value. */
export function applyAt(
  m: Machine,
  tree: FieldTree,
  field: string,
  value: Value,
  path: readonly PathStep[],
  site: Site,
  undeclared: OnUndeclared,
  of: readonly string[] = NOBODY,
): Value {
  const [step, ...rest] = path;
  if (step === undefined) return applyField(m, tree, field, value, site, undeclared, undefined, of);
  for (const obj of objectsOf(m.heap, value)) {
    if (obj.kind === "promise") {
      const v = obj.props.get(S.value);
      if (v !== undefined) setSlot(m.heap, obj, S.value, applyAt(m, tree, field, v, path, site, undeclared, of));
      continue;
    }
    if (step.k === "any") {
      if (obj.kind === "unknown") childOf(m, obj, S.rest, site);
      for (const slot of [...obj.props.keys()])
        if (slot === S.rest || slot.startsWith(ENTRY) || slot.charCodeAt(0) !== 0)
          setSlot(m.heap, obj, slot, applyAt(m, tree, field, obj.props.get(slot)!, rest, site, undeclared));
      continue;
    }
    const name = step.k === "prop" ? step.name : String(step.i);
    const old = obj.kind === "unknown" ? childOf(m, obj, name, site) : (obj.props.get(name) ?? obj.props.get(S.rest));
    if (old === undefined || isBottom(old)) continue;
    const labelled = applyAt(m, tree, field, old, rest, site, undeclared, of);
    if (obj.kind === "external") continue;
    setSlot(m.heap, obj, name, labelled);
  }
  // A primitive where an object was expected: JSON text, or nothing known; it holds the field somewhere.
  return hasPrimitive(value) && value.refs.length === 0 && (value.kinds & K.String) !== 0
    ? addLabels(value, newLabel(m, field, site, of))
    : value;
}
