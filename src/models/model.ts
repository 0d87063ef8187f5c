/** Library models as the analysis sees them: `schema.ts` is how they are written, `load.ts` turns the one into the other. */
import type { Locator, ManifestPlace, PathStep } from "../manifest/model.js";

/** One step of a path in a model: those of the manifest, and three that say which element without naming it. */
export type ModelStep =
  | PathStep
  /**
   * `[k]`: each element, under the same key on both sides. `[k of argument 0]`: those whose keys are in the list that the argument is;
   * `[k not of argument 0]`: the others.
   */
  | { readonly k: "same"; readonly of?: { readonly argument: number; readonly not: boolean } }
  /** `[keys]`: the names of its properties, the indices of its elements. */
  | { readonly k: "keys" }
  /** `[argument 1]`: what is under the key that the argument is; `[path argument 1]`: at the dotted path, or the list of keys. */
  | { readonly k: "named"; readonly argument: number; readonly path: boolean };

/** A function that a flow goes into or comes out of: one that the library is given, or the one that it gives. */
export type Callee =
  | {
      readonly k: "callback";
      readonly position: number;
      readonly path: readonly PathStep[];
      /** `callback 0.tasks[k]`: each function that is there, under its own key. */
      readonly each?: boolean;
      readonly text: string;
    }
  | { readonly k: "result" };

/** What a path begins at. */
export type ModelRoot =
  /** `argument 1`, `argument *`; with `onward`, `argument 1..`: this one and all behind it, one by one. */
  | { readonly k: "argument"; readonly position: number | "*"; readonly onward: boolean }
  | { readonly k: "receiver" }
  | { readonly k: "result" }
  /** `callback 0 parameter 1`, `result parameter 0..`. */
  | { readonly k: "parameter"; readonly of: Callee; readonly position: number; readonly onward: boolean }
  /** `callback 0 result`, `result result`. */
  | { readonly k: "given"; readonly of: Callee }
  /** `place redis(argument 0)`: what is kept under a name beyond the call. */
  | ({ readonly k: "place" } & PlaceRoot)
  /** `new Job`: an instance of one of the library's types. */
  | { readonly k: "new"; readonly type: string };

/** A queue, a topic, a key: places of one kind are told apart by their names, whichever library reads and writes them. */
export interface PlaceRoot {
  readonly kind: string;
  /** What its name is made of, one part behind the other; none when it is any place of the kind. */
  readonly name: readonly PlaceNamePart[];
}

export interface PlaceNamePart {
  readonly path: ModelPath;
  /** Its wildcards (`*`, `#`, `>`) stand for any text. */
  readonly matching: boolean;
}

export interface ModelPath {
  /** As written. */
  readonly text: string;
  readonly root: ModelRoot;
  readonly steps: readonly ModelStep[];
}

/** How what arrives is related to what went in. */
export type How =
  /** It is the same value, with all its structure. */
  | "value"
  /** A deep copy; where an object is already, it is merged into it, name by name. */
  | "copy"
  /** A deep copy of plain data: maps have become records, sets lists. */
  | "plain"
  /** What it stands for as JSON text. */
  | "parsed"
  /** JSON text that stands for it. */
  | "stringified"
  /** Something else that spells it out: a text, a number, an object of the library's own. */
  | "derived"
  /** The same, as a pseudonym: a hash. */
  | "pseudonymised"
  /** The same, as a pseudonym that can be undone: a cipher. */
  | "enciphered"
  /** The same, undone. */
  | "deciphered"
  /** Nothing of it, but something that leads back to it: an id. */
  | "reference"
  /** What such references lead back to. */
  | "dereferenced";

export interface ModelFlow {
  readonly from: ModelPath;
  readonly to: ModelPath;
  readonly how: How;
  /** Only where these may hold. */
  readonly when: readonly FlowCondition[];
}

export interface FlowCondition {
  readonly path: ModelPath;
  readonly is: string | number | boolean;
}

/** A class or interface of the library. */
export interface ModelType {
  readonly name: string;
  /** The language's or Node's own class whose methods it has, but for those that are described: `global:Map`. */
  readonly like?: Locator;
  /** The type whose methods it has as well, each of which gives itself: what they would give is in its property `gathered`, in order. */
  readonly gathers?: string;
  /** It keeps nothing, and is not known but by what is described of it: a client with its methods. */
  readonly namespace: boolean;
  /** Exports that are the class, to be called with `new`. */
  readonly exported: readonly string[];
  readonly place: ManifestPlace;
}

/** What a function gives: something of the language, or an instance of one of the library's types. */
export interface ModelResult {
  readonly name: string;
  readonly isType: boolean;
}

/** What flows where in a call of one of some functions. */
export interface ModelFunction {
  /** Paths of exports and members: `pick`, `default`, `LRUCache.get`; `is*` and `*` for all that no other entry describes. */
  readonly names: readonly string[];
  /** What it gives where no flow says so: `string`, `array`, a type of the library; all that it can be. */
  readonly result: readonly ModelResult[];
  /** It gives a function, and that gives this. */
  readonly gives?: readonly ModelResult[];
  /** Promises that go in are waited for; what comes out is a promise. */
  readonly async: boolean;
  /** Its callbacks are handlers: each is called on its own, whenever there is something for it. */
  readonly later: boolean;
  /** It takes its arguments bit by bit, until there are so many. */
  readonly curried?: number;
  /** It does what this function of the language or of Node does. */
  readonly like?: Locator;
  /** The package's types do not have it: it is of an older version, or of a plug-in. */
  readonly undeclared: boolean;
  readonly flows: readonly ModelFlow[];
  /** What the library gets by itself where arguments name it: who takes the argument (`to`) takes this. */
  readonly fetches: readonly ModelFlow[];
  readonly place: ManifestPlace;
}

export interface LibraryModel {
  /** The file that describes it; of a bundled one `purpose-lint/models/ramda.yaml`. */
  readonly file: string;
  readonly packages: readonly string[];
  /** Modules that export one function each, under its name: `date-fns/*`. */
  readonly split: readonly string[];
  readonly types: readonly ModelType[];
  readonly functions: readonly ModelFunction[];
  /** Where the packages are named. */
  readonly place: ManifestPlace;
}
