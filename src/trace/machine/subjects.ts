/**
 * Who a consent's check was asked about, and whose data something is: by names of things. A thing is an object (by where it is made and on
 * which call path), a property of one, or a parameter. What a call outside of the program gives is made of what it was given: a row of the
 * key that it was looked up by.
 */
import { about, NO_FACTS, union, type Facts } from "../domain/about.js";
import { deref, objectsOf, S, setSlot, isIndex, type Obj } from "../domain/heap.js";
import { labelWith, type Site } from "../domain/labels.js";
import { exact, mapValue, withAbout, type Value } from "../domain/value.js";
import { externalData } from "./external.js";
import { allArgs } from "./call.js";
import type { Args, Code, Machine } from "./machine.js";
import { factOf } from "./gates.js";
import { contentOf, indicesIn, type Index } from "./indices.js";
import { namesOwner, namesSomebody, namesWhole, roleOf } from "./people.js";
import { typeOf } from "./unknown.js";

export interface Subjects {
  /** How often something that stands for many (an element of a list) has been taken for one of them. */
  readonly turns: Map<string, number>;
  /** The variables by which elements were taken, by record and name, and how many of their contents were. */
  readonly indices: Map<string, Index>;
  contents: number;
  /** Things that are primitives: they may name somebody, and hold nothing of him. */
  readonly keys: Set<string>;
  /** What a thing was made of. */
  readonly made: Map<string, readonly string[]>;
  /** Of a library's query, what its methods have been told of so far. */
  readonly told: Map<string, readonly string[]>;
  /** What libraries have made when modules were loaded, as tables and columns: nobody's. */
  readonly fixed: Set<string>;
  /** The constants that what made a thing was given: `loadUser("admin")`. */
  readonly spelled: Map<string, readonly string[]>;
  /** What a thing was compared with: it may be the same, or of the same. */
  readonly compared: Map<string, Set<string>>;
  /** What entry points are given: of whoever comes, each time another. */
  readonly given: Set<string>;
  /** The thing that one is a part of; an element is no part of its list. */
  readonly parents: Map<string, string>;
  /** The name of the type of a thing. */
  readonly types: Map<string, string>;
  /** Names under which a primitive was asked for or handed on: `user` of `userId`. */
  readonly roles: Map<string, Set<string>>;
  /** Of a thing whose type says whose it is, the properties that do: `ownerId`. */
  readonly owners: Map<string, readonly string[]>;
  /** The names of the parameters that things are of entry points. */
  readonly called: Map<string, string>;
  /** What the elements are called, all of them, of which a name means each. */
  readonly wholes: Map<string, string>;
}

export const newSubjects = (): Subjects => ({
  turns: new Map(),
  indices: new Map(),
  contents: 0,
  keys: new Set(),
  made: new Map(),
  told: new Map(),
  fixed: new Set(),
  spelled: new Map(),
  compared: new Map(),
  given: new Set(),
  parents: new Map(),
  types: new Map(),
  roles: new Map(),
  owners: new Map(),
  called: new Map(),
  wholes: new Map(),
});

/** Is one thing the other, or in it? */
export const isIn = (whole: string, part: string): boolean => part === whole || part.startsWith(`${whole}.`) || part.includes(`|${whole}.`);

/** An element that a place of the text has taken for one of many: whatever is taken there later is another. */
const TAKEN = /@(?:[#=]?[\d:]+['!]?|\*)/g;

/** What an index is called that says which element was taken: another is no such name. */
export const INDEX = "index@";

/** Marks the name of an element where each of many is meant, in what was made of each (`machine/every.ts`). */
export const EACH = "!";

/** How many elements have been, by now, what these things belong to; no number where nobody knows which of them it is. */
export function turnOf({ turns, indices }: Subjects, of: readonly string[]): number {
  let out = 0;
  if (turns.size > 0) for (const [element, count] of turns) if (of.some((key) => isIn(element, key.replaceAll("'", "")))) out += count;
  if (indices.size > 0) for (const index of indicesIn(indices, of)) out += contentOf(index) ?? NaN;
  return out;
}

/** What has been called by the place where it was taken is an earlier one from here on, in the variables around. */
export function outdate(m: Machine, place: string): void {
  const { gates } = m;
  if (gates === null) return;
  const name = new RegExp(`@${place}(?![\\d:'!])`);
  const old = (key: string): string => {
    const now = key.replace(name, `@${place}'`);
    if (now !== key) inherit(gates.subjects, key, now, old);
    return now;
  };
  const isMeant = (key: string): boolean => name.test(key);
  const facts = (all: Facts): Facts =>
    all.reduce(
      (out: Facts, f) =>
        union(out, [f.of.some(isMeant) ? factOf(m, gates, f.consent, f.denied, f.of.map(old), gates.origins.get(f), f.turn) : f]),
      NO_FACTS,
    );
  const label = (id: number): number => {
    const { of } = m.labels.infos[id]!;
    return of.some(isMeant) ? labelWith(m.labels, id, { of: [...new Set(of.map(old))].sort() }) : id;
  };
  for (let env: Obj | undefined = m.frame.env; env !== undefined; env = outerOf(m, env)) {
    for (const [slot, v] of [...env.props]) {
      if (slot.charCodeAt(0) === 0 || (v.about === null && v.labels.length === 0)) continue;
      const { about: of } = v;
      const now = of === null ? v : withAbout(v, about(old(of.key), facts(of.held), facts(of.yes), facts(of.no)));
      setSlot(m.heap, env, slot, mapValue(now, label));
    }
  }
}

/** What is known of a thing is known of it by its new name. */
export function inherit(
  { keys, parents, made, spelled, roles }: Subjects,
  from: string,
  to: string,
  renaming: (key: string) => string,
): void {
  if (keys.has(from)) keys.add(to);
  const parent = parents.get(from);
  if (parent !== undefined) parents.set(to, renaming(parent));
  const of = made.get(from);
  if (of !== undefined) made.set(to, of.map(renaming));
  const by = spelled.get(from);
  if (by !== undefined) spelled.set(to, by);
  const role = roles.get(from);
  if (role !== undefined) roles.set(to, role);
}

function outerOf(m: Machine, env: Obj): Obj | undefined {
  const [outer] = env.props.get(S.proto)?.refs ?? [];
  return outer === undefined ? undefined : deref(m.heap, outer);
}

/** The thing that a value is, by its own name or by that of its only object. */
export function thingOf(m: Machine, v: Value): string {
  if (v.about !== null && v.about.key !== "") return v.about.key;
  const objects = objectsOf(m.heap, v);
  const [obj] = objects;
  return objects.length === 1 && (obj!.kind === "unknown" || obj!.kind === "object") ? named(m, obj!) : "";
}

/**
 * Something that stands for many is one of them from here on: a thing of its own, until another is taken at the same place, or by another
 * content of the variable that said which (`index`; `=0` where it is known).
 */
export function oneOf(m: Machine, element: Value, site: Site, index?: string): Value {
  const { gates } = m;
  if (gates === null) return element;
  const { subjects } = gates;
  const before = thingOf(m, element);
  if (before === "") return element;
  const place = index ?? `${site.file}:${site.at}`;
  const key = takenAt(before, place);
  if (index === undefined) {
    const turn = subjects.turns.get(key) ?? 0;
    if (turn > 0) outdate(m, place);
    subjects.turns.set(key, turn + 1);
  }
  const of = element.about;
  // What was known of it before is known of it as this one.
  const now = (facts: Facts): Facts =>
    facts.reduce((all: Facts, f) => {
      const mine = f.of.some((x) => isIn(before, x));
      return union(all, [
        mine
          ? factOf(
              m,
              gates,
              f.consent,
              f.denied,
              f.of.map((x) => renamed(x, before, key)),
            )
          : f,
      ]);
    }, NO_FACTS);
  return withAbout(element, about(key, now(of?.held ?? NO_FACTS), now(of?.yes ?? NO_FACTS), now(of?.no ?? NO_FACTS)));
}

/** What an element is called that is taken at a place. */
export const takenAt = (element: string, place: string): string => `${element.replace(/@[#=]?[\d:]+'?$/, "")}@${place}`;

/** The name of a thing in another's terms: what is in `from` is in `to`. */
export const renamed = (key: string, from: string, to: string): string => (isIn(from, key) ? key.replace(from, () => to) : key);

/** Levels of objects that the program makes in which a key is looked for: `{ where: { id } }`. */
const LEVELS = 5;

/** The things that a value is, or holds where the program has made it. */
export function thingsOf(m: Machine, v: Value, depth = 0): string[] {
  const out: string[] = [];
  const own = v.about !== null && v.about.key !== "";
  if (own) out.push(v.about.key);
  for (const obj of objectsOf(m.heap, v)) {
    if (obj.kind === "promise") out.push(...thingsOf(m, obj.props.get(S.value) ?? { ...v, refs: [], about: null }, depth));
    else if (obj.kind === "unknown") {
      if (!own) out.push(named(m, obj));
    } else if (obj.kind === "object") {
      if (!own) out.push(named(m, obj));
      if (depth < LEVELS) for (const [slot, x] of obj.props) if (slot.charCodeAt(0) !== 0) out.push(...thingsOf(m, x, depth + 1));
    } else if (obj.kind === "array" && depth < LEVELS) {
      for (const [slot, x] of obj.props) if (isIndex(slot)) out.push(...thingsOf(m, x, depth + 1));
    } else if (obj.kind === "external" && externalData(obj).path.includes("()")) out.push(obj.key);
  }
  return out;
}

/** The name of an object, of which the type is noted. */
export function named(m: Machine, obj: Obj): string {
  const { subjects } = m.gates!;
  const { key } = obj;
  if (obj.kind === "unknown" && !subjects.types.has(key)) {
    const view = m.types.view(typeOf(m, obj));
    if (view.v === "class") subjects.types.set(key, `${view.file.index}:${view.cls.at}`);
    else if (view.v === "object" && view.name !== undefined) subjects.types.set(key, `${view.name.file.index}:${view.name.owner}`);
    const isSomebody = view.v === "object" && view.name !== undefined && namesSomebody(view.name.owner);
    const isOwner = (name: string): boolean => namesOwner(name) || (isSomebody && namesWhole(name));
    const owners = m.types.members(typeOf(m, obj)).flatMap(({ name }) => (isOwner(name) ? [name] : []));
    if (owners.length > 0) subjects.owners.set(key, owners);
  }
  return key;
}

/** Whom a call is about: what its arguments are; what packages keep for everybody counts only where there is nothing else. */
export function thingsOfCall(m: Machine, args: Args, self?: Value): readonly string[] {
  let all = allArgs(args).flatMap((v) => thingsOf(m, v));
  if (all.length === 0 && self !== undefined) all = thingsOf(m, self);
  const own = all.filter((key) => !isOfLibrary(key));
  return [...new Set(own.length > 0 ? own : all)].sort();
}

/** The name of a property's value: of a primitive, or of what something has that is one of many. */
export function partKey(m: Machine, whole: string, name: string, isPrimitive: boolean): string {
  const { subjects } = m.gates!;
  const key = `${whole}.${name}`;
  if (!isIndex(name) && name !== S.rest) subjects.parents.set(key, whole);
  if (isPrimitive) subjects.keys.add(key);
  return key;
}

/** The name of a text that is made of several: what the environment says of it counts only where there is nothing else. */
export function spelledOf(m: Machine, keys: readonly string[]): string {
  const all = [...new Set(keys.filter((key) => key !== "" && !key.startsWith(INDEX)))].sort();
  const own = all.filter((key) => !isConstantThing(key));
  const known = own.length > 0 ? own : all;
  if (known.length < 2) return known[0] ?? "";
  const { subjects } = m.gates!;
  const key = known.join("&");
  if (key.length > 2000) return "";
  subjects.made.set(key, known);
  subjects.keys.add(key);
  return key;
}

/** Notes that what a call gave was made of what it was given. */
export function madeOf(m: Machine, gave: Value, self: Value, args: Args, born: number): void {
  const { subjects } = m.gates!;
  let of: readonly string[] | undefined;
  const note = (v: Value): void => {
    for (const obj of objectsOf(m.heap, v)) {
      if (obj.kind === "promise") {
        const value = obj.props.get(S.value);
        if (value !== undefined && obj.id >= born) note(value);
      } else if (obj.kind === "array") {
        const any = obj.props.get(S.rest);
        if (any !== undefined && obj.id >= born) note(any);
      } else if ((obj.kind === "object" || obj.kind === "unknown") && obj.id >= born) {
        of ??= thingsOfCall(m, args, self);
        if (of.length > 0 && !subjects.made.has(obj.key)) subjects.made.set(obj.key, of);
        const spelled = args.list.flatMap((arg) => constantsIn(m, arg));
        if (spelled.length > 0 && !subjects.spelled.has(obj.key)) subjects.spelled.set(obj.key, spelled);
      }
    }
  };
  note(gave);
}

const CONSTANT = "constant ";

/** The thing that a constant names, where it names one: somebody in particular, whoever is there. */
export function constantThing(v: Value): string | undefined {
  const value = exact(v);
  return (typeof value === "string" && value !== "") || typeof value === "number" ? `${CONSTANT}${value}` : undefined;
}

/** What the environment says (`process.env.ADMIN_ID`) names somebody in particular as well. */
export const settingThing = (m: Machine, v: Value, name: string): Value =>
  m.gates === null ? v : withAbout(v, about(`${CONSTANT}env ${name}`, NO_FACTS));

export const isConstantThing = (key: string): boolean => key.startsWith(CONSTANT);

const SENT = "sent ";

/** Is it a library's own object: nobody's? */
export const isOfLibrary = (key: string): boolean => key.startsWith("external ");

/** Of whom a query gives rows that names nobody: of all that there are. */
export const EVERYBODY = "everybody";

/** Whose it is what a request brings: whoever sends it. That is the one that is asked about, unless the code names that. */
export function senderOf(m: Machine, request: Value): readonly string[] {
  const parts = objectsOf(m.heap, request).flatMap((obj) => [obj, ...[...obj.props.values()].flatMap((v) => objectsOf(m.heap, v))]);
  return [...new Set(parts.map(({ key }) => SENT + key))].sort();
}

/** The constants that a value is, or holds where the program has made it. */
function constantsIn(m: Machine, v: Value, depth = 0): string[] {
  const own = constantThing(v);
  if (own !== undefined) return [own];
  if (depth > LEVELS) return [];
  return objectsOf(m.heap, v).flatMap((obj) =>
    obj.kind === "object" || obj.kind === "array"
      ? [...obj.props].flatMap(([slot, x]) => (slot.charCodeAt(0) === 0 ? [] : constantsIn(m, x, depth + 1)))
      : [],
  );
}

/** Notes a name under which a key is handed on. */
export function noteRole(m: Machine, key: string, name: string): void {
  const { roles } = m.gates!.subjects;
  const role = roleOf(name);
  if (IS_ROLE.test(role)) roles.set(key, new Set([...(roles.get(key) ?? []), role]));
}

/** Notes what a parameter of an entry point is called. */
export function noteCalled(m: Machine, v: Value, name: string): void {
  const key = thingOf(m, v);
  if (key !== "") m.gates!.subjects.called.set(key, name);
  if (v.about !== null) noteRole(m, v.about.key, name);
}

/** The same for keys that are handed to a function of the program, or to one that nobody knows: what they are called there, and by themselves. */
export function noteRoles(m: Machine, params: readonly string[], args: Args): void {
  args.list.forEach((v, i) => {
    const name = params[i] ?? "";
    const constant = namesSomebody(name) ? constantThing(v) : undefined;
    if (constant !== undefined) noteRole(m, constant, name);
    const key = v.about?.key ?? "";
    if (key === "") return;
    noteRole(m, key, name);
    noteRole(m, key, key.slice(key.lastIndexOf(".") + 1));
  });
}

/** What a function of the program calls its parameters; "" for those that it takes apart. */
export const paramNames = (code: Code | null | undefined): readonly string[] =>
  code?.fn.params.map(({ target }) => (target.p === "var" ? target.slot : "")) ?? [];

/** Notes what is given to what others call, any number of times: a handler, a job. */
export function givenTo(m: Machine, args: Args): Args {
  if (m.gates !== null) for (const key of allArgs(args).flatMap((v) => thingsOf(m, v))) m.gates.subjects.given.add(key);
  return args;
}

/** Notes what is compared with each other: things, and what they are parts of, or a thing with the name of somebody. */
export function compared(m: Machine, a: Value, b: Value): void {
  if (m.gates === null) return;
  const { compared: all, spelled, parents } = m.gates.subjects;
  const note = (v: Value, other: Value): void => {
    const key = thingOf(m, v);
    if (key === "") return;
    const [thing, constant] = [thingOf(m, other), constantThing(other)];
    for (const of of [key, parents.get(key) ?? key].map(bare)) {
      if (thing !== "") all.set(of, (all.get(of) ?? new Set()).add(bare(thing)));
      else if (constant !== undefined) spelled.set(of, [...(spelled.get(of) ?? []), constant]);
    }
  };
  note(a, b);
  note(b, a);
}

/**
 * Is something of others than the one whom these constants name? One of many is, what an entry point is given, and what was looked up by
 * something else; not what was looked up by them, `"/users/admin"` by `"admin"`, or compared with them.
 */
function isOfOthers(subjects: Subjects, constants: readonly string[], data: ReadonlySet<string>): boolean {
  const { spelled, made, parents, given, roles } = subjects;
  let others = [...data].some((thing) => thing.startsWith(SENT) || isConstantThing(thing));
  const people = [...roles.keys()].filter((key) => isConstantThing(key) && !constants.includes(key));
  const namesAnother = (text: string): boolean =>
    people.some((key) => text.endsWith(key.slice(CONSTANT.length)) && constants.some((one) => haveOneRole(subjects, one, key)));
  const isSent = (key: string): boolean => [...data].some((thing) => thing.startsWith(SENT) && isIn(thing.slice(SENT.length), key));
  const isNamed = (text: string): boolean => constants.some((one) => text.includes(one.slice(CONSTANT.length)));
  if (others) for (const [key, texts] of spelled) if (isSent(key) && texts.some(isNamed)) return false;
  for (const thing of data)
    for (let at: string | undefined = thing; at !== undefined; at = parents.get(at)) {
      if (ofWhole(spelled, at).some(isNamed)) return false;
      others ||= at.includes("@") || made.has(at) || ofWhole(spelled, at).some(namesAnother) || [...given].some((whole) => isIn(whole, at));
    }
  return others;
}

/** What is noted of a thing, or of the list that it is an element of: whoever made that has made each of them. */
function ofWhole(noted: ReadonlyMap<string, readonly string[]>, thing: string): readonly string[] {
  const own = bare(thing);
  const list = /^\d+\|(.*)\.(?:\0rest|\d+)$/s.exec(own)?.[1];
  return noted.get(thing) ?? noted.get(own) ?? (list === undefined ? undefined : noted.get(list)) ?? [];
}

/** The things, and what they and what they are parts of were made of, as that is noted. */
function origins({ parents }: Subjects, of: readonly string[], madeOf: (thing: string) => readonly string[]): ReadonlySet<string> {
  const out = new Set(of);
  for (const key of out)
    for (let at: string | undefined = key; at !== undefined; at = parents.get(at)) for (const from of madeOf(at)) out.add(from);
  return out;
}

/**
 * Is the data of somebody (`data`) that of whom a check was asked about (`asked`)? Nobody in particular is whoever there is. Of two that
 * have nothing to do with each other, only things of one kind are known to be others: objects of one type, keys in one role.
 */
export function related(subjects: Subjects, asked: readonly string[], data: readonly string[]): "same" | "other" {
  if (asked.length === 0 || data.length === 0) return "same";
  const { made } = subjects;
  // Data in a list is of whom the list was looked up by; but who is asked about as one of them stands for himself.
  const a = origins(subjects, asked, (thing) => (made.get(thing) ?? []).filter((from) => !isConstantThing(from)));
  const d = origins(subjects, data, (thing) => ofWhole(made, thing));
  for (const x of a) for (const y of d) if (meet(subjects, x, y)) return isOfItsOwn(subjects, asked, data) ? "other" : "same";
  if (data.some((key) => ofWhole(made, key).includes(EVERYBODY)) && !areCompared(subjects, a, new Set(data))) return "other";
  if (asked.every(isConstantThing)) return isOfOthers(subjects, asked, d) ? "other" : "same";
  if (data.every((key) => key.startsWith(SENT))) return "same";
  if (asked.some((x) => data.some((y) => areOfOneKind(subjects, x, y)))) return "other";
  const differ =
    asked.some((x) => [...d].some((y) => !data.includes(y) && (haveOneRole(subjects, x, y) || areOneKeyOfTwo(subjects, x, y)))) ||
    (asked.every((x) => isAnother(subjects, x)) && data.every((y) => ownersAt(subjects, y).length > 0));
  return differ && !areCompared(subjects, a, d) ? "other" : "same";
}

/**
 * Is it asked by a key of what holds the data (`thread.ownerId`), and has the data one of the same name of its own (`thread.messages[0].ownerId`)?
 * Each message is of whom it names.
 */
function isOfItsOwn({ keys, parents, owners }: Subjects, asked: readonly string[], data: readonly string[]): boolean {
  return asked.every((x) => {
    const holder = keys.has(x) ? bare(parents.get(x) ?? "") : "";
    const name = x.slice(x.lastIndexOf(".") + 1);
    const isOwn = (y: string): boolean => {
      for (let at = bare(y); at.length > holder.length; at = at.slice(0, at.lastIndexOf(".")))
        if (owners.get(at)?.includes(name) === true) return true;
      return false;
    };
    return holder !== "" && namesOwner(name) && data.every((y) => isIn(holder, bare(y)) && isOwn(y));
  });
}

/** Is what an entry point is given called by somebody in particular (`admin`), who is not just whoever it is about (`user`, `owner`)? */
function isAnother({ called, parents }: Subjects, asked: string): boolean {
  const role = roleOf(called.get(asked) ?? called.get(parents.get(asked) ?? "") ?? "");
  return IS_ROLE.test(role) && PARTICULAR.test(role);
}

/** Those who do something to others' data. */
const PARTICULAR =
  /^(?:\w*admin|moderator|staff|support|agent|operator|manager|reviewer|editor|viewer|reader|friend|bot|system|annotator|\w*other)$/;

/** The properties that say whose a thing is: its own, or those of what it is a part of. */
function ownersAt({ owners, parents }: Subjects, thing: string): readonly string[] {
  for (let at: string | undefined = thing; at !== undefined; at = parents.get(at)) {
    const own = owners.get(at) ?? owners.get(bare(at));
    if (own !== undefined) return own;
  }
  return [];
}

/** Is one in the other, or is what was asked about a key in what holds the data (`chat.userId` of a chat)? */
function meet({ keys, parents }: Subjects, asked: string, data: string): boolean {
  // Each is not whoever there is: only with all of them, or by its place, it is known who was meant.
  if (asked.includes(EACH)) return data.includes(EACH) && (isIn(asked, data) || isIn(data, asked));
  // The one at a number is not any of them.
  const numbered = asked.search(/@=\d+(?![\d:])/);
  if (numbered >= 0 && !data.includes("@") && isIn(bare(asked.slice(0, numbered)), data)) return false;
  // Data of which nobody knows which of many it is of is of the one that was asked about; see `collect` for what is of all of them.
  const are = asked.includes("@") === data.includes("@") ? (key: string): string => key : bare;
  const [x, y] = [are(asked), are(data)];
  if (isIn(x, y) || isIn(y, x)) return true;
  const holder = keys.has(asked) && !keys.has(data) ? parents.get(asked) : undefined;
  return holder !== undefined && isIn(are(holder), y);
}

export const bare = (key: string): string => key.replace(TAKEN, "");

/** Is what was asked about, or holds it, of a type that the data, or something around it, is of; or have both keys one role? */
function areOfOneKind(subjects: Subjects, asked: string, data: string): boolean {
  const { types, parents, roles } = subjects;
  const typed = (key: string): string | undefined => types.get(bare(key)) ?? types.get(bare(parents.get(key) ?? ""));
  const type = typed(asked);
  const around = new Set<string>();
  for (const [key, of] of types) if (isIn(key, bare(data))) around.add(of);
  const own = typed(data);
  if (own !== undefined) around.add(own);
  if (type !== undefined && around.size > 0) return around.has(type);
  if (!roles.has(asked) || !roles.has(data)) return type === undefined && around.size === 0;
  return haveOneRole(subjects, asked, data);
}

/** Are both keys of one role, by what they are handed on as or called where they are: `userId` and another `userId`? */
function haveOneRole(subjects: Subjects, asked: string, data: string): boolean {
  const other = rolesOf(subjects, data);
  return rolesOf(subjects, asked).some((role) => other.includes(role));
}

/** Are they the same property of two things of one type: `admin.id` and `user.id`, two users' ids? */
function areOneKeyOfTwo({ keys, parents, types }: Subjects, asked: string, data: string): boolean {
  const [a, b] = [parents.get(asked), parents.get(data)];
  if (a === undefined || b === undefined || !keys.has(asked) || !keys.has(data)) return false;
  const type = types.get(bare(a));
  return type !== undefined && type === types.get(bare(b)) && asked.slice(a.length) === data.slice(b.length);
}

function rolesOf({ roles, keys, parents }: Subjects, key: string): readonly string[] {
  const noted = [...(roles.get(key) ?? [])];
  const own = keys.has(key) && parents.has(key) ? roleOf(key.slice(key.lastIndexOf(".") + 1)) : "";
  return IS_ROLE.test(own) ? [...noted, own] : noted;
}

const IS_ROLE = /^[a-z]+$/;

/** Has the program looked whether one of these is one of those? Then whose they are has been found out. */
function areCompared({ compared: all }: Subjects, a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const plain = new Set([...b].map(bare));
  return [...a].some((x) => [...(all.get(bare(x)) ?? [])].some((y) => [...plain].some((z) => isIn(z, y))));
}
