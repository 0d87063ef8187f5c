/** The natives of text, promises, timers, errors and Node. */
import type { NativeModule } from "./index.js";
import { errors } from "./errors.js";
import { json, serialisers } from "./json.js";
import { promises } from "./promise.js";
import { strings } from "./string.js";
import { nodeTimers, promisedTimers, promisesOfTimers, timers } from "./timers.js";

export const TEXT: readonly NativeModule[] = [errors, json, serialisers, promises, strings, timers, nodeTimers, promisedTimers, promisesOfTimers];
