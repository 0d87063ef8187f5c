/** What the statuses of de-identification are worth to the checks. They are not a total order. */
import type { Status } from "../manifest/model.js";

/** How close to the person a status is; used to show the worst of several, never to judge. */
const CLOSENESS: Readonly<Record<Status, number>> = {
  identified: 0,
  pseudonymised: 1,
  "federated-update": 2,
  aggregated: 3,
  "differentially-private": 4,
  synthetic: 5,
  anonymised: 6,
};

export function closeness(status: Status): number {
  return CLOSENESS[status];
}

/**
 * Does the law of personal data still hold? Recital 26: not for anonymous information, and only a declared transform with
 * evidence gives `anonymised`. Every other status stays personal data until someone shows that it is not.
 */
export function isPersonal(status: Status): boolean {
  return status !== "anonymised";
}

/** Is an assessment that was made for data of one status still right for data of another? Only if that is no closer to the person. */
export function covers(assessed: Status | undefined, actual: Status): boolean {
  if (assessed === undefined || assessed === actual || actual === "anonymised") return true;
  switch (assessed) {
    case "identified":
      return true;
    case "pseudonymised":
      return actual !== "identified";
    case "aggregated":
    case "differentially-private":
    case "synthetic":
    case "federated-update":
    case "anonymised":
      return false;
  }
}
