/** Functions that are said to anonymise, and what comes out of them. */
import type { Transform } from "../../manifest/model.js";
import type { FunctionFacts } from "../../facts/ir.js";
import type { Site } from "../domain/labels.js";
import type { Value } from "../domain/value.js";
import { argLabels } from "../machine/call.js";
import { collect } from "../machine/deep.js";
import type { CallEvent, FunctionData, Machine } from "../machine/machine.js";
import type { Anonymiser } from "../result.js";
import { compare, type Recorder } from "./recorder.js";

export interface Anonymisers {
  /** A call has given this; `transforms` are those that the manifest declares of it. */
  gave(m: Machine, call: CallEvent, result: Value, transforms: readonly Transform[]): void;
  result(m: Machine): readonly Anonymiser[];
}

/** `anonymizeUser`, `toAnonymised`, `deidentify`; not `isAnonymized`, `anonymousId`. */
const SAYS_SO =
  /^(?!is|has|are|was|should|can|must)(?:.*(?:[a-z]A|_a|^[aA])nonymi[sz]ed?(?![a-z])|.*(?:[a-z]D|_d|^[dD])e_?[iI]dentif(?:y|ied)(?![a-z]))/;

export function newAnonymisers(recorder: Recorder): Anonymisers {
  const saying = new Map<FunctionFacts, boolean>();
  const found = new Map<FunctionFacts, { site: Site; transform: Transform | undefined; labels: Set<number> }>();
  const saysSo = (fn: FunctionFacts): boolean => {
    let known = saying.get(fn);
    if (known === undefined) saying.set(fn, (known = SAYS_SO.test(lastName(fn))));
    return known;
  };
  return {
    gave: (m, { callee, args, site }, result, transforms) => {
      const code = callee.kind === "function" ? (callee.data as FunctionData).code : null;
      if (code === null) return;
      const transform = transforms.find(({ yields }) => yields === "anonymised");
      // Of one that the manifest knows as something else, its name is not believed.
      if (transform === undefined && (transforms.length > 0 || !saysSo(code.fn))) return;
      let one = found.get(code.fn);
      const { fn } = code;
      const head: Site = { file: code.file.index, at: fn.at, end: Math.max(fn.at, (fn.body[0]?.at ?? fn.end) - 1), fn: code.index };
      if (one === undefined) found.set(fn, (one = { site: head, transform, labels: new Set() }));
      // What somebody else has hashed before is not its doing.
      const before = new Set(argLabels(m, args).flatMap(({ id }) => (m.labels.infos[id]!.status === "identified" ? [] : [id])));
      for (const { label } of collect(m, result, site)) if (!before.has(label.id)) one.labels.add(label.id);
    },
    result: (m) =>
      [...found]
        .filter(([, { labels }]) => labels.size > 0)
        .map(([fn, { site, transform, labels }]): Anonymiser => {
          const gives = new Map(
            [...labels].map((id) => [`${m.labels.infos[id]!.field}|${m.labels.infos[id]!.status}`, m.labels.infos[id]!]),
          );
          const { file, line, column, endLine, endColumn, text } = recorder.spot(site);
          return {
            ...{ file, line, column, endLine, endColumn, text },
            name: lastName(fn),
            ...(transform && { transform }),
            gives: [...gives.values()]
              .map(({ field, status }) => ({ field, status }))
              .sort((a, b) => compare([a.field, a.status], [b.field, b.status])),
          };
        })
        .sort((a, b) => compare([a.file, a.line, a.column], [b.file, b.line, b.column])),
  };
}

const lastName = ({ name }: FunctionFacts): string => name.slice(name.lastIndexOf(".") + 1);
