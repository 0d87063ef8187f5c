/**
 * Hashes and ciphers: a digest still stands for the value it was made of, but as a pseudonym; what is deciphered is what was enciphered.
 * Random bytes stand for nothing; a key does not show in what it signs.
 */
import { joinLabels, labelWith, NO_LABELS, type Label, type LabelInfo, type Labels } from "../domain/labels.js";
import { objectsOf, S, setSlot } from "../domain/heap.js";
import {
  ANY_BOOLEAN,
  ANY_NUMBER,
  ANY_STRING,
  EMPTY_STRING,
  exact,
  isBottom,
  join,
  ofRef,
  stringOf,
  UNDEFINED,
  type Value,
} from "../domain/value.js";
import { hasArg } from "../machine/call.js";
import { allLabels } from "../machine/deep.js";
import { external } from "../machine/external.js";
import { newStep, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import type { NativeModule, NativeTable } from "./index.js";
import {
  addSlot,
  alike,
  argOf,
  callWith,
  constant,
  instance,
  labelsIn,
  lastCallback,
  methods,
  nativeValue,
  record,
  selves,
  slotOf,
} from "./support.js";
import { spot } from "./items.js";
import { deliver, newStream, optionSlot } from "./stream-core.js";
import { streamMethods } from "./stream.js";
import { carrier, encode } from "./text.js";
import { promiseOf } from "./settle.js";
import type { Site } from "../domain/labels.js";

/** Labels on the other side of a hash or of a cipher. */
type Change = (m: Machine, labels: Labels, site: Site) => Labels;

const changing =
  (next: (info: LabelInfo) => Parameters<typeof labelWith>[2]): Change =>
  (m, labels, site) => {
    let out: Labels = NO_LABELS;
    for (const l of labels) {
      const id = labelWith(m.labels, l.id, next(m.labels.infos[l.id]!));
      const one: Label = { id, step: newStep(m, site, "transform", l.step) };
      out = joinLabels(out, [one]);
    }
    return out;
  };

/** The same fields, pseudonymised where they were identified. */
export const pseudonymised = changing(({ status }) => ({
  status: status === "identified" ? "pseudonymised" : status,
  enciphered: undefined,
}));

/** The same, by a cipher. */
export const enciphered = changing(({ status }) => (status === "identified" ? { status: "pseudonymised", enciphered: true } : {}));

/** What has been enciphered is again what it was; what a hash has made stays one. */
export const deciphered = changing((info) => (info.enciphered === true ? { status: "identified", enciphered: undefined } : {}));

/** Text, or bytes when no encoding is named. */
const result = (call: NativeCall, labels: Labels, encoded: boolean): Value =>
  encoded ? stringOf(labels) : carrier(call.m, "Buffer", stringOf(labels), call.site);

const machineOf =
  (owner: string): Native =>
  (call) =>
    ofRef(instance(call.m, "crypto", owner, call.site).id);

const update: Native = (call) => {
  const labels = pseudonymised(call.m, allLabels(call.m, argOf(call, 0)), call.site);
  if (labels.length > 0) addSlot(call.m, selves(call), S.value, stringOf(labels));
  return call.self;
};

const digest: Native = (call) => result(call, slotOf(selves(call), S.value).labels, hasArg(call.args, 0));

/** A cipher gives its output bit by bit. */
const cipherUpdate =
  (change: Change): Native =>
  (call) => {
    const labels = change(call.m, allLabels(call.m, argOf(call, 0)), call.site);
    if (labels.length > 0) addSlot(call.m, selves(call), S.value, stringOf(labels));
    return result(call, labels, hasArg(call.args, 2));
  };

/** A cipher is a stream as well: what goes through it comes out enciphered, or deciphered. */
const newCipher =
  (owner: "Cipher" | "Decipher", change: Change): Native =>
  (call) => {
    const { m, site } = call;
    const cipher = newStream(m, "Transform", site);
    setSlot(m.heap, cipher, S.proto, ofRef(external(m, "crypto", [owner]).id));
    const self = ofRef(cipher.id);
    const step = nativeValue(m, site, "enciphered", (c) => {
      const out = result(c, change(c.m, allLabels(c.m, argOf(c, 0)), c.site), false);
      for (const o of objectsOf(c.m.heap, self)) deliver(c.m, o, out, c.site);
      return UNDEFINED;
    });
    setSlot(m.heap, cipher, optionSlot("transform"), step);
    return self;
  };

const cipherMethods = (owner: "Cipher" | "Decipher", change: Change): NativeTable =>
  methods(owner, {
    ...streamMethods,
    update: cipherUpdate(change),
    final: (call) => result(call, NO_LABELS, hasArg(call.args, 0)),
    ...alike(["getAuthTag"], (call) => carrier(call.m, "Buffer", ANY_STRING, call.site)),
    ...alike(["setAuthTag", "setAAD", "setAutoPadding"], (call) => call.self),
  });

/** One call from data to digest; `from` is where the data stands, `to` behind the last of it. */
const direct =
  (from: number, to: number, encodedAt = -1, change: Change = pseudonymised): Native =>
  (call) => {
    const labels = change(call.m, labelsIn(call.m, call.args.list.slice(from, to)), call.site);
    const made = result(call, labels, encodedAt >= 0);
    const callback = lastCallback(call.m, call.args);
    if (callback === undefined) return made;
    callWith(call.m, callback, [UNDEFINED, made], call.site);
    return UNDEFINED;
  };

const promised =
  (native: Native): Native =>
  (call) =>
    promiseOf(call.m, native(call), call.site);

const randomBytes: Native = (call) => {
  const bytes = carrier(call.m, "Buffer", ANY_STRING, call.site);
  const callback = lastCallback(call.m, call.args);
  if (callback === undefined) return bytes;
  callWith(call.m, callback, [UNDEFINED, bytes], call.site);
  return UNDEFINED;
};

const subtle: NativeTable = {
  "subtle.digest": promised(direct(1, 2)),
  "subtle.sign": promised(direct(2, 3)),
  "subtle.encrypt": promised(direct(2, 3, -1, enciphered)),
  "subtle.decrypt": promised(direct(2, 3, -1, deciphered)),
  "subtle.verify": (call) => promiseOf(call.m, ANY_BOOLEAN, call.site),
  // A key that was made of some bytes gives them back.
  "subtle.importKey": (call) => {
    const key = record(call.m, {}, call.site);
    for (const obj of objectsOf(call.m.heap, key)) setSlot(call.m.heap, obj, S.value, argOf(call, 1));
    return promiseOf(call.m, key, call.site);
  },
  "subtle.exportKey": (call) => {
    const bytes = slotOf(objectsOf(call.m.heap, argOf(call, 1)), S.value);
    const { labels } = isBottom(bytes) ? ANY_STRING : { labels: allLabels(call.m, bytes) };
    const asObject = record(call.m, { k: stringOf(labels) }, spot(call.site, "jwk"));
    const asBytes = carrier(call.m, "ArrayBuffer", stringOf(labels), call.site);
    const format = exact(argOf(call, 0));
    return promiseOf(call.m, format === "jwk" ? asObject : typeof format === "string" ? asBytes : join(asObject, asBytes), call.site);
  },
  ...alike(["subtle.wrapKey", "subtle.deriveBits"], (call) =>
    promiseOf(call.m, result(call, pseudonymised(call.m, labelsIn(call.m, call.args.list.slice(1, 2)), call.site), false), call.site),
  ),
  ...alike(["subtle.generateKey", "subtle.deriveKey", "subtle.unwrapKey"], (call) =>
    promiseOf(call.m, record(call.m, {}, call.site), call.site),
  ),
};

const table: NativeTable = {
  ...alike(["createHash"], machineOf("Hash")),
  createHmac: machineOf("Hmac"),
  ...alike(["createSign", "createVerify"], machineOf("Hash")),
  ...alike(["createCipheriv", "createCipher"], newCipher("Cipher", enciphered)),
  ...alike(["createDecipheriv", "createDecipher"], newCipher("Decipher", deciphered)),
  createSecretKey: (call) => {
    const key = instance(call.m, "crypto", "KeyObject", call.site);
    setSlot(call.m.heap, key, S.value, argOf(call, 0));
    return ofRef(key.id);
  },
  ...methods("KeyObject", {
    export: (call) => encode(call.m, "Buffer", slotOf(selves(call), S.value), call.site),
    equals: constant(ANY_BOOLEAN),
  }),
  ...methods("Hash", {
    update,
    write: update,
    digest,
    sign: digest,
    verify: constant(ANY_BOOLEAN),
    copy: (call) => call.self,
    end: update,
  }),
  ...methods("Hmac", { update, write: update, digest }),
  ...cipherMethods("Cipher", enciphered),
  ...cipherMethods("Decipher", deciphered),
  hash: direct(1, 2, 0),
  ...alike(["pbkdf2Sync", "scryptSync", "pbkdf2", "scrypt", "hkdfSync"], direct(0, 1)),
  sign: direct(1, 2),
  ...alike(["publicEncrypt", "privateEncrypt"], direct(1, 2, -1, enciphered)),
  ...alike(["publicDecrypt", "privateDecrypt"], direct(1, 2, -1, deciphered)),
  verify: constant(ANY_BOOLEAN),
  timingSafeEqual: constant(ANY_BOOLEAN),
  randomUUID: constant(ANY_STRING),
  randomInt: constant(ANY_NUMBER),
  randomBytes,
  ...alike(["getRandomValues", "randomFillSync"], (call) => argOf(call, 0)),
  ...alike(["getHashes", "getCiphers"], constant(EMPTY_STRING)),
  ...subtle,
};

export const cryptoModule: NativeModule = {
  modules: ["crypto"],
  natives: { ...table, ...Object.fromEntries(Object.entries(subtle).map(([k, v]) => [`webcrypto.${k}`, v])) },
};

/** The global of browsers and newer Node. */
export const webCrypto: NativeModule = {
  modules: ["global"],
  natives: Object.fromEntries(Object.entries(table).map(([k, v]) => [`crypto.${k}`, v])),
};
