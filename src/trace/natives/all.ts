/** Every native module; adding one touches its file and this list. */
import { CORE } from "./core.js";
import type { NativeModule } from "./index.js";
import { TEXT } from "./text-core.js";
import { LIBRARIES } from "./libraries/index.js";

export const NATIVE_MODULES: readonly NativeModule[] = [...CORE, ...TEXT, ...LIBRARIES];
