/**
 * S3 and what speaks its language: commands that a client sends (`@aws-sdk/client-s3`), uploads in parts (`@aws-sdk/lib-storage`), methods
 * of the client (`S3` of both AWS SDKs), MinIO's.
 * API: https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/s3, https://min.io/docs/minio/linux/developers/javascript/API.html.
 */
import { objectsOf, setSlot } from "../../domain/heap.js";
import { ANY_NUMBER, BOTTOM, join, joinAll, NULL, ofConst, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule, NativeTable } from "../../natives/index.js";
import { readFile, writeFile } from "../../natives/file-places.js";
import { promised } from "../../natives/settle.js";
import {
  alike,
  argOf,
  at,
  callWith,
  instance,
  lastCallback,
  listOf,
  nativeValue,
  option,
  record,
  selves,
  slotOf,
  under,
} from "../../natives/support.js";
import { addressOf } from "./addresses.js";
import { bodyStream, bytes, getBlob, getMetadata, nameOfPath, putBlob, putMetadata, someKey, type BlobName } from "./blobs.js";

const LIB = "@aws-sdk/client-s3";
const COMMAND = "\0command";

/** What an operation does with its input, and what it gives. */
type Operation = (call: NativeCall, input: Value) => Value;

const named = (call: NativeCall, input: Value): BlobName => ({ bucket: option(call, input, "Bucket"), key: option(call, input, "Key") });

const facts = (call: NativeCall, more: Readonly<Record<string, Value>> = {}): Value =>
  record(
    call.m,
    { $metadata: unknown(call.m, at(call, "$metadata")), ETag: unknown(call.m, at(call, "ETag")), ...more },
    at(call, "output"),
  );

const put: Operation = (call, input) => {
  const name = named(call, input);
  putBlob(call.m, name, option(call, input, "Body"), call.site);
  putMetadata(call.m, name, option(call, input, "Metadata"), call.site);
  return facts(call);
};

const described = (call: NativeCall, input: Value): Readonly<Record<string, Value>> => ({
  Metadata: getMetadata(call.m, named(call, input), call.site),
  ContentLength: ANY_NUMBER,
});

const get: Operation = (call, input) =>
  facts(call, { Body: body(call, getBlob(call.m, named(call, input), call.site)), ...described(call, input) });

/** The older SDK gives bytes, the newer one a stream. */
const isOld = (call: NativeCall): boolean =>
  [call.callee, ...selves(call)].some((o) => o.kind === "external" && o.key.includes("aws-sdk:"));
const body = (call: NativeCall, content: Value): Value => (isOld(call) ? bytes(call, content) : bodyStream(call.m, content, call.site));

const copy: Operation = (call, input) => {
  const content = getBlob(call.m, nameOfPath(call.m, option(call, input, "CopySource")), call.site);
  putBlob(call.m, named(call, input), content, call.site);
  return facts(call);
};

const list: Operation = (call) => {
  const item = record(call.m, { Key: someKey(call.m, call.site), Size: ANY_NUMBER }, at(call, "item"));
  return facts(call, { Contents: join(listOf(call.m, item, at(call, "list")), UNDEFINED), KeyCount: ANY_NUMBER });
};

/** By the name of the method, which is that of the command without `Command`. Others say nothing of what objects hold. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  putObject: put,
  upload: put,
  uploadPart: put,
  getObject: get,
  headObject: (call, input) => facts(call, described(call, input)),
  copyObject: copy,
  listObjects: list,
  listObjectsV2: list,
};

const OTHERS = /^(delete|head|create|abort|complete|list|get|put|restore|wait)[A-Z]\w*$/;

const operationOf = (name: string): Operation | undefined =>
  Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : OTHERS.test(name) ? (call) => facts(call) : undefined;

const methodName = (command: string): string => command.charAt(0).toLowerCase() + command.slice(1).replace(/Command$/, "");

/** `new PutObjectCommand(input)`: it says nothing until it is sent. */
const command =
  (name: string): Native =>
  (call) => {
    const obj = instance(call.m, LIB, name, call.site);
    setSlot(call.m.heap, obj, COMMAND, ofConst(methodName(name)));
    setSlot(call.m.heap, obj, "input", argOf(call, 0));
    return ofRef(obj.id);
  };

const send: Native = (call) => {
  const outputs = objectsOf(call.m.heap, argOf(call, 0)).flatMap((obj) =>
    (obj.props.get(COMMAND)?.consts ?? []).map((name) => operationOf(String(name))?.(call, obj.props.get("input") ?? UNDEFINED) ?? BOTTOM),
  );
  return promised(call, outputs.length === 0 ? unknown(call.m, at(call, "output")) : joinAll(outputs));
};

/** `s3.getObject(input)`: a promise; of the older SDK a request with `promise()`, or a callback. */
const method =
  (operation: Operation): Native =>
  (call) => {
    const callback = lastCallback(call.m, call.args);
    const output = operation(call, argOf(call, 0));
    if (callback !== undefined) callWith(call.m, callback, [NULL, output], call.site);
    if (!isOld(call)) return promised(call, output);
    const content = operation === get ? getBlob(call.m, named(call, argOf(call, 0)), call.site) : BOTTOM;
    const request: Readonly<Record<string, Native>> = {
      promise: (c) => promised(c, output),
      createReadStream: (c) => bodyStream(c.m, content, c.site),
    };
    return record(
      call.m,
      Object.fromEntries(Object.entries(request).map(([name, run]) => [name, nativeValue(call.m, call.site, name, run)])),
      at(call, "request"),
    );
  };

/** `new Upload({ client, params })`: `done()` sends it. */
const upload: Native = (call) => {
  const obj = instance(call.m, "@aws-sdk/lib-storage", "Upload", call.site);
  setSlot(call.m.heap, obj, "input", option(call, argOf(call, 0), "params"));
  return ofRef(obj.id);
};

const UPLOAD: NativeTable = {
  done: (call) => promised(call, put(call, slotOf(selves(call), "input"))),
  ...alike(["on", "off", "abort"], (call) => call.self),
};

function match(module: string, path: readonly string[]): Native | undefined {
  const name = path.at(-1) ?? "";
  if (module === "@aws-sdk/lib-storage") return path.length === 1 ? (name === "Upload" ? upload : undefined) : under(UPLOAD, name);
  if (module === "@aws-sdk/s3-request-presigner") return name === "getSignedUrl" ? signedCommand : undefined;
  if (module === "@aws-sdk/s3-presigned-post") return name === "createPresignedPost" ? signedForm : undefined;
  if (name.endsWith("Command")) return command(name);
  if (path.length === 1) return undefined;
  if (module === "aws-sdk" && !path.includes("S3")) return undefined;
  if (name === "send") return send;
  if (name === "getSignedUrl") return signedOperation;
  if (name === "getSignedUrlPromise") return (call) => promised(call, signedOperation(call));
  const operation = operationOf(name);
  return operation && method(operation);
}

const signed = (call: NativeCall, name: BlobName): Value => addressOf(call.m, "amazon", name, call.site, true);

/** `getSignedUrl(client, command)`: the address by which somebody else does what the command says. */
const signedCommand: Native = (call) => promised(call, signed(call, named(call, slotOf(objectsOf(call.m.heap, argOf(call, 1)), "input"))));

/** `createPresignedPost(client, { Bucket, Key })`: where a form is sent to, and what else stands in it. */
const signedForm: Native = (call) =>
  promised(
    call,
    record(call.m, { url: signed(call, named(call, argOf(call, 1))), fields: unknown(call.m, at(call, "fields")) }, at(call, "form")),
  );

/** `s3.getSignedUrl("putObject", input)` of the older SDK, with a callback or at once. */
const signedOperation: Native = (call) => {
  const url = signed(call, named(call, argOf(call, 1)));
  const callback = lastCallback(call.m, call.args);
  if (callback !== undefined) callWith(call.m, callback, [NULL, url], call.site);
  return url;
};

/** S3. */
export const s3: NativeModule = {
  modules: [LIB, "@aws-sdk/lib-storage", "@aws-sdk/s3-request-presigner", "@aws-sdk/s3-presigned-post", "aws-sdk", "aws-sdk/clients/s3"],
  natives: {},
  match,
};

// ------------------------------------------------------------------------------------------------ MinIO

const atArgs = (call: NativeCall): BlobName => ({ bucket: argOf(call, 0), key: argOf(call, 1) });

const MINIO: NativeTable = {
  putObject: (call) => {
    putBlob(call.m, atArgs(call), argOf(call, 2), call.site);
    return promised(call, unknown(call.m, at(call, "put")));
  },
  fPutObject: (call) => {
    putBlob(call.m, atArgs(call), readFile(call.m, argOf(call, 2), call.site), call.site);
    return promised(call, unknown(call.m, at(call, "put")));
  },
  ...alike(["getObject", "getPartialObject"], (call) =>
    promised(call, bodyStream(call.m, getBlob(call.m, atArgs(call), call.site), call.site)),
  ),
  fGetObject: (call) => {
    writeFile(call.m, argOf(call, 2), getBlob(call.m, atArgs(call), call.site), call.site);
    return promised(call, UNDEFINED);
  },
  ...alike(["presignedPutObject", "presignedGetObject"], (call) => promised(call, signed(call, atArgs(call)))),
  presignedUrl: (call) => promised(call, signed(call, { bucket: argOf(call, 1), key: argOf(call, 2) })),
  ...alike(["makeBucket", "removeObject", "removeObjects"], (call) => promised(call, UNDEFINED)),
};

/** MinIO. */
export const minio: NativeModule = {
  modules: ["minio"],
  natives: {},
  match: (_module, path) => {
    const name = path.at(-1) ?? "";
    return path.length > 1 ? under(MINIO, name) : undefined;
  },
};
