/** Names of slots. */

/** Slots beside the named properties, kept in the same map so that the trail covers them. */
export const S = {
  /** Value of properties whose name is not known, elements whose index is not known. */
  rest: "\0rest",
  /** Names that the properties of `rest` can have, where not any: a string with patterns. Who writes `rest` alone means any. */
  restNames: "\0restnames",
  /** Labels that the names of unknown keys spell out. */
  restKey: "\0restkey",
  /** There for a list whose elements are known, and not in which order. */
  unordered: "\0unordered",
  /** True: the object is frozen. */
  frozen: "\0frozen",
  /** Prototype. */
  proto: "\0proto",
  /** Length of an array, where exact. */
  length: "\0!length",
  /** Labels of everything inside an unknown object. */
  deep: "\0deep",
  /** What is somewhere inside an object of which nothing else is known, and the labels of all of it. */
  inside: "\0inside",
  /** What an unknown object or a function is said to be: types as objects. */
  type: "\0type",
  /** Fulfilled and rejected value of a promise; a text's content; a bound target … */
  value: "\0value",
  /** The exact parts of a text around its content: a string with patterns. */
  pattern: "\0pattern",
  reason: "\0reason",
  /** What a proxy stands before, and its traps. */
  target: "\0target",
  handler: "\0handler",
  getter: "\0get:",
  setter: "\0set:",
  hidden: "\0hidden:",
  keyOf: "\0key:",
} as const;

/**
 * Does that slot say how something stands for certain: how many there are, how far it has come? Where ways differ in it, or one of them has
 * none, nothing is certain any more, and it is not there.
 */
export const isCertainty = (slot: string): boolean => slot.startsWith("\0!");

/** Does that slot hold a getter or a setter? With "absent", the property is none, or another, on some ways. */
export const isAccessor = (slot: string): boolean => slot.startsWith(S.getter) || slot.startsWith(S.setter);

/** Names that slot an element of a list? */
export const isIndex = (slot: string): boolean => /^\d+$/.test(slot);

/** Before the name of an entry of a map or a set. */
export const ENTRY = "\0v:";

/** Slots, named by nothing that the program can write, that hold readable contents. */
const CONTENTS: ReadonlySet<string> = new Set([S.rest, S.value, S.target, S.deep, S.restKey, "\0return"]);

/** Does that slot hold something that whoever gets the object can read? Private members do not. */
export const isReadable = (slot: string): boolean =>
  slot.charCodeAt(0) !== 0 || CONTENTS.has(slot) || slot.startsWith(ENTRY) || slot.startsWith(S.keyOf);
