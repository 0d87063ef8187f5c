/** The statuses that a manifest can name, and the form of differential privacy that tells its parameters. */
import type { Status } from "./model.js";

export const STATUSES = [
  "identified",
  "pseudonymised",
  "aggregated",
  "differentially-private",
  "synthetic",
  "federated-update",
  "anonymised",
] as const satisfies readonly Status[];

const NUMBER = "(\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)";

/** `differentially-private(1, 1e-6)`: ε and δ; δ is 0 when it is left out. */
export const PRIVATE_WITH_PARAMETERS = new RegExp(`^differentially-private\\(\\s*${NUMBER}\\s*(?:,\\s*${NUMBER}\\s*)?\\)$`);

export interface WrittenStatus {
  readonly status: Status;
  readonly privacy?: { readonly epsilon: number; readonly delta: number };
}

/** Reads a status as written; undefined when there is none of that name. */
export function parseStatus(text: string): WrittenStatus | undefined {
  const plain = STATUSES.find((status) => status === text);
  if (plain !== undefined) return { status: plain };
  const match = PRIVATE_WITH_PARAMETERS.exec(text);
  if (match === null) return undefined;
  return { status: "differentially-private", privacy: { epsilon: Number(match[1]), delta: Number(match[2] ?? 0) } };
}
