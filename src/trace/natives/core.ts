/** The natives of the language's core: arrays, objects, functions, collections, symbols, iterators, numbers. */
import type { NativeModule } from "./index.js";
import { array } from "./array.js";
import { collections } from "./collections.js";
import { functions } from "./function.js";
import { iterators } from "./iterator.js";
import { numbers } from "./number-boolean.js";
import { object } from "./object.js";
import { reflect } from "./reflect.js";
import { symbols } from "./symbol.js";

export const CORE: readonly NativeModule[] = [array, object, functions, collections, reflect, symbols, iterators, numbers];
