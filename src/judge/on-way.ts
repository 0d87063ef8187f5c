/** Findings that are about a field on its way to a sink. */
import type { Flow } from "../trace/result.js";
import type { Draft } from "./finding.js";

export const onWay = (
  { field, sink, status, at, source, path }: Flow,
  said: Pick<Draft, "rule" | "severity" | "message" | "remedies" | "identity">,
): Draft => ({ ...said, field, sink: sink.id, purpose: sink.purpose, status, location: at, source, path });
