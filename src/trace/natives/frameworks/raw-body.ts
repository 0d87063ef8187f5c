/** The body of a request that nobody has parsed: the request is a stream of its bytes. */
import { objectsOf, S, setSlot } from "../../domain/heap.js";
import { BOTTOM, join, ofRef, type Value } from "../../domain/value.js";
import { callValue } from "../../machine/call.js";
import { textOf } from "../../machine/clone.js";
import type { Machine, Native } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import type { Site } from "../../domain/labels.js";
import { newStream } from "../stream-core.js";
import { encode } from "../text.js";

/** Slot of a request for its stream. */
const STREAM = "\0stream";

/** The stream of a request's body; one for each request. */
export function bodyStream(m: Machine, request: Value, site: Site, owner: "Readable" | "Duplex" = "Readable"): Value {
  let out: Value = BOTTOM;
  for (const obj of objectsOf(m.heap, request)) {
    let stream = obj.props.get(STREAM);
    if (stream === undefined) {
      const made = newStream(m, owner, site);
      setSlot(m.heap, made, S.rest, encode(m, "Buffer", textOf(m, getNamed(m, ofRef(obj.id), "body", site), site), site));
      setSlot(m.heap, obj, STREAM, (stream = ofRef(made.id)));
    }
    out = join(out, stream);
  }
  return out;
}

const METHODS = ["on", "once", "addListener", "prependListener", "pipe", "read", "setEncoding", "toArray", "iterator", "@@asyncIterator"];

/** A request's own methods as a stream. */
export const STREAM_METHODS: Readonly<Record<string, Native>> = Object.fromEntries(
  METHODS.map((name): [string, Native] => [
    name,
    (call) => {
      const { m, site, args } = call;
      const stream = bodyStream(m, call.self, site);
      const gave = callValue(m, getNamed(m, stream, name, site), stream, args, site);
      // Listeners are added to the request: `request.on("data", …).on("end", …)`.
      return gave.refs.length > 0 && gave.refs.every((r) => stream.refs.includes(r)) ? call.self : gave;
    },
  ]),
);
