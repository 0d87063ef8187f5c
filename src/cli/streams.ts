/** What becomes of a report that its stream does not take. */
import { EXIT, type ExitCode } from "./exit-code.js";
import { problemText } from "./messages.js";

/** As much of a Node stream as is listened to. */
export interface Listened {
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
  write(text: string): unknown;
}

/**
 * Watches the standard streams; `fail` is called when what was written is lost (a full disk, a closed terminal), so that a verdict that
 * nobody got is no success. A reader that has seen enough (`| head`, EPIPE) is no failure. Told once, on stderr; nothing can be said of
 * stderr itself.
 */
export function watchStreams(stdout: Listened, stderr: Listened, fail: (code: ExitCode) => void): void {
  let told = false;
  const lost = (error: NodeJS.ErrnoException, tell: boolean): void => {
    if (error.code === "EPIPE" || told) return;
    told = true;
    fail(EXIT.failure);
    if (tell)
      stderr.write(problemText("error", `the report cannot be written: ${error.message}`, "make room, or name another file with --output"));
  };
  stdout.on("error", (error) => lost(error, true));
  stderr.on("error", (error) => lost(error, false));
}
