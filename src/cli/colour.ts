import type { Io } from "./io.js";

/** `--color`/`--no-color` decide; then NO_COLOR (https://no-color.org: any value but the empty one) and FORCE_COLOR; then the terminal. */
export function wantsColour(io: Io, flag: boolean | undefined, toFile: boolean): boolean {
  if (flag !== undefined) return flag;
  if (io.env["NO_COLOR"]) return false;
  if (toFile) return false;
  if (io.env["FORCE_COLOR"]) return io.env["FORCE_COLOR"] !== "0";
  return io.stdout.isTTY === true && io.env["TERM"] !== "dumb";
}
