/** The natives of text, promises, timers, errors, the web platform and Node. */
import { assertions } from "./assert.js";
import { asyncStorage } from "./async-storage.js";
import { bufferModule, buffers } from "./buffer.js";
import { childProcesses } from "./child-process.js";
import { consoleClass, consoleOfConsole } from "./console.js";
import { cryptoModule, webCrypto } from "./crypto.js";
import { dates } from "./date.js";
import { diagnostics } from "./diagnostics.js";
import { histories } from "./dom/history.js";
import { domNodes } from "./dom/nodes.js";
import { domRequests } from "./dom/requests.js";
import { browserStorage } from "./dom/storage.js";
import { domTargets } from "./dom/targets.js";
import { dynamicCode, vm } from "./dynamic-code.js";
import { coderModules, encodings, stringDecoder } from "./encoding.js";
import { consoleModule, environment, os, processModule } from "./environment.js";
import { errors } from "./errors.js";
import { eventTargets } from "./event-target.js";
import { events } from "./events.js";
import { files, promisedFiles } from "./fs.js";
import { functions } from "./function.js";
import type { NativeModule } from "./index.js";
import { internationalisation } from "./intl.js";
import { json, serialisers } from "./json.js";
import { maths } from "./math.js";
import { messages, workerMessages } from "./messages.js";
import { pairs, querystring } from "./pairs.js";
import { path } from "./path.js";
import { performances } from "./performance.js";
import { promises } from "./promise.js";
import { readline } from "./readline.js";
import { patterns } from "./regexp.js";
import { promisedStreams, streams } from "./stream.js";
import { streamConsumers } from "./stream-consumers.js";
import { strings } from "./string.js";
import { nodeTimers, promisedTimers, promisesOfTimers, timers } from "./timers.js";
import { urlModule, urls } from "./url.js";
import { util } from "./util.js";
import { beacons } from "./beacons.js";
import { web } from "./web.js";
import { webStreamMethods, webStreams } from "./web-stream.js";
import { workers } from "./workers.js";
import { zlib } from "./zlib.js";

const LANGUAGE: readonly NativeModule[] = [errors, json, promises, strings, patterns, dates, maths, internationalisation];
const PLATFORM: readonly NativeModule[] = [
  timers,
  encodings,
  buffers,
  urls,
  pairs,
  web,
  beacons,
  webStreams,
  webStreamMethods,
  webCrypto,
  dynamicCode,
  eventTargets,
  messages,
  performances,
  environment,
  consoleOfConsole,
  browserStorage,
  domNodes,
  domRequests,
  domTargets,
  histories,
];
const NODE: readonly NativeModule[] = [
  assertions,
  asyncStorage,
  bufferModule,
  childProcesses,
  coderModules,
  consoleModule,
  consoleClass,
  cryptoModule,
  diagnostics,
  events,
  files,
  nodeTimers,
  os,
  path,
  processModule,
  promisedFiles,
  promisedStreams,
  promisedTimers,
  promisesOfTimers,
  querystring,
  readline,
  serialisers,
  streamConsumers,
  streams,
  stringDecoder,
  urlModule,
  util,
  vm,
  workerMessages,
  workers,
  zlib,
];

/** `emitter.emit.bind(emitter)`: what functions have, the natives of Node's modules have as well. */
const borrowed: NativeModule = { ...functions, modules: [...new Set(NODE.flatMap((n) => n.modules))], natives: {} };

export const TEXT: readonly NativeModule[] = [...LANGUAGE, ...PLATFORM, ...NODE, borrowed];
