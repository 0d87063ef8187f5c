/** The parts of a call that the manifest's notation for arguments names. */
import type { ArgumentPath } from "../../manifest/model.js";
import type { Value } from "../domain/value.js";
import { allArgs, arg, hasArg } from "../machine/call.js";
import type { Args } from "../machine/machine.js";

/** The argument at a position; `*` is all of them. */
export const argumentsAt = (args: Args, position: number | "*"): readonly Value[] =>
  position === "*" ? allArgs(args) : [arg(args, position)];

/** Is the call given the argument at all, rather than `undefined` for one that is left out? */
export const wasGiven = (args: Args, { position }: ArgumentPath): boolean => position === "*" || hasArg(args, position);
