/** A parse together with what its errors can hold of the input. */
import { BOTTOM, join, type Value } from "../../domain/value.js";
import { hop, type NativeCall } from "../../machine/machine.js";
import { at } from "../support.js";
import { parse, type Parsed, type Parsing } from "./parse.js";

export interface Outcome extends Parsed {
  /** What was rejected: parts of the input. */
  readonly rejected: Value;
  readonly input: Value;
}

/** Parses as one step; `options` say what becomes of unknown keys. */
export function outcome(call: NativeCall, by: Value, input: Value, options: Pick<Parsing, "unknownKeys" | "unsaid"> = {}): Outcome {
  const { m, site } = call;
  let rejected: Value = BOTTOM;
  const rejects = (v: Value): void => {
    rejected = join(rejected, v);
  };
  const r = parse({ m, site, active: new Map(), rejects, ...options }, by, input, at(call, "parsed"));
  return { value: hop(m, r.value, "library", site), fails: r.fails, rejected, input };
}
