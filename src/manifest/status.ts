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

/** How far from the person: what is between the lowest and the highest stands side by side. */
const LEVEL: Readonly<Record<Status, 0 | 1 | 2 | 3>> = {
  identified: 0,
  pseudonymised: 1,
  aggregated: 2,
  "differentially-private": 2,
  synthetic: 2,
  "federated-update": 2,
  anonymised: 3,
};

/** Is data of the one status at least as far from the person as the other asks for? A partial order: `synthetic` is not `aggregated`. */
export function isAtLeast(actual: Status, asked: Status): boolean {
  return actual === asked || LEVEL[actual] > LEVEL[asked];
}
