/** The natives of text, promises, timers, errors and Node. */
import type { NativeModule } from "./index.js";
import { buffers, bufferModule } from "./buffer.js";
import { dates } from "./date.js";
import { coderModules, encodings, stringDecoder } from "./encoding.js";
import { internationalisation } from "./intl.js";
import { maths } from "./math.js";
import { patterns } from "./regexp.js";
import { errors } from "./errors.js";
import { json, serialisers } from "./json.js";
import { promises } from "./promise.js";
import { strings } from "./string.js";
import { nodeTimers, promisedTimers, promisesOfTimers, timers } from "./timers.js";

export const TEXT: readonly NativeModule[] = [dates, maths, patterns, internationalisation, encodings, coderModules, stringDecoder, buffers, bufferModule, errors, json, serialisers, promises, strings, timers, nodeTimers, promisedTimers, promisesOfTimers];
