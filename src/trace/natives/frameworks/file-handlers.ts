/** What the frameworks whose routes are files say of a file: which of its exports are handlers, of which address, called with what. */
import type { Site } from "../../domain/labels.js";
import type { Value } from "../../domain/value.js";
import type { Machine } from "../../machine/machine.js";

/** One exported handler, and how it is called. */
export interface FileHandler {
  /** `GET`; `ALL` where the handler itself asks for the method. */
  readonly method: string;
  /** More than one where the path does not tell which of its folders the routes begin in. */
  readonly urls: readonly string[];
  /** What is exported: its name, and names of properties down to the handler; `*` is any. */
  readonly path: readonly string[];
  /** Does what it gives back answer the request? */
  readonly answers: boolean;
  readonly args: (incoming: Incoming) => readonly Value[];
}

/** A request on its way to a handler. */
export interface Incoming {
  readonly m: Machine;
  readonly request: Value;
  readonly method: string;
  readonly urls: readonly string[];
  readonly where: string;
  readonly site: Site;
}

/** The handlers of a file, by its path in the project and the names that it exports. */
export type FileRoutes = (path: string, exports: readonly string[]) => readonly FileHandler[];

/** What is behind a folder of this name in a path: from the first one on, from the second … */
export const below = (path: string, folder: string): readonly string[] => {
  const whole = `/${path}`;
  const out: string[] = [];
  for (let i = whole.indexOf(`/${folder}/`); i >= 0; i = whole.indexOf(`/${folder}/`, i + 1)) out.push(whole.slice(i + folder.length + 2));
  return out;
};
