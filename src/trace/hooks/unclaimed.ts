/** What arrives at sinks under a name of its own, and is of no declared field. Says nothing of what it may be: `judge` does. */
import type { Sink } from "../../manifest/model.js";
import { K, type Value } from "../domain/value.js";
import type { Site } from "../domain/labels.js";
import type { UnclaimedArrival } from "../result.js";
import { compare, type Recorder } from "./recorder.js";

export interface Unclaimed {
  /** `path`: where in what the sink is given the part is. */
  arrived(sink: Sink, path: string, part: Value, site: Site): void;
  result(): readonly UnclaimedArrival[];
}

/** Settings and other constants are nobody's; what a flag says is no flow. */
const isData = (v: Value): boolean => (v.kinds & (K.String | K.Number | K.Big)) !== 0;

export function newUnclaimed(recorder: Recorder): Unclaimed {
  const arrivals = new Map<string, { readonly sink: Sink; readonly path: string; readonly site: Site }>();
  // A sink is come to again and again, later with more: what has borne a field once is claimed.
  const claimed = new Set<string>();
  return {
    arrived: (sink, path, part, site) => {
      if (!/\w$/.test(path)) return;
      const key = `${sink.id}|${site.file}:${site.at}|${path}`;
      if (part.labels.length > 0) claimed.add(key);
      else if (isData(part) && !arrivals.has(key)) arrivals.set(key, { sink, path, site });
    },
    result: () =>
      [...arrivals]
        .filter(([key]) => !claimed.has(key))
        .map(([, { sink, path, site }]) => ({ ...recorder.spot(site), sink, accessPath: path }))
        .sort((a, b) => compare([a.file, a.line, a.column, a.sink.id, a.accessPath], [b.file, b.line, b.column, b.sink.id, b.accessPath])),
  };
}
