/** Flows of one field into one place are one thing to fix: they are reported once, by the flow that shows it best. */
import type { Flow } from "../trace/result.js";
import { compare } from "./order.js";
import { closeness } from "./status.js";

export interface Arrival {
  /** The flow to show: closest to the person, least gated, shortest. */
  readonly flow: Flow;
  /** All access paths by which it arrives, sorted: `messages[*].content`. */
  readonly accessPaths: readonly string[];
}

/** Grouped by field, sink and the sink's place. */
export function arrivals(flows: readonly Flow[]): Arrival[] {
  const groups = new Map<string, Flow[]>();
  for (const flow of flows) {
    const key = [flow.field, flow.sink.id, flow.at.file, flow.at.line, flow.at.column].join("\0");
    const group = groups.get(key);
    if (group) group.push(flow);
    else groups.set(key, [flow]);
  }
  return [...groups.values()].map((group) => {
    const [flow] = [...group].sort(compareFlows) as [Flow, ...Flow[]];
    return { flow, accessPaths: [...new Set(group.map(({ accessPath }) => accessPath))].sort(compare) };
  });
}

function compareFlows(a: Flow, b: Flow): number {
  return (
    compare(closeness(a.status), closeness(b.status)) ||
    compare(a.gates.length, b.gates.length) ||
    compare(a.path.length, b.path.length) ||
    compare(a.accessPath, b.accessPath) ||
    compare(key(a), key(b))
  );
}

function key(flow: Flow): string {
  return flow.path.map((hop) => [hop.file, hop.line, hop.column, hop.kind, hop.text].join("\0")).join("\0");
}
