import { spawnSync } from "node:child_process";
import { EventEmitter } from "node:events";
import { existsSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { watchStreams } from "../../src/cli/streams.js";

class Stream extends EventEmitter {
  text = "";
  write(text: string): void {
    this.text += text;
  }
}

const failing = (code: string): NodeJS.ErrnoException => Object.assign(new Error(`${code}: cannot`), { code });

function broken(which: "stdout" | "stderr", ...errors: string[]): { readonly codes: number[]; readonly err: string } {
  const streams = { stdout: new Stream(), stderr: new Stream() };
  const codes: number[] = [];
  watchStreams(streams.stdout, streams.stderr, (code) => codes.push(code));
  for (const error of errors) streams[which].emit("error", failing(error));
  return { codes, err: streams.stderr.text };
}

describe("a stream that takes no more", () => {
  it("is a failure, told once", () => {
    expect(broken("stdout", "ENOSPC", "ENOSPC")).toEqual({
      codes: [2],
      err: "error: the report cannot be written: ENOSPC: cannot\n  fix: make room, or name another file with --output\n",
    });
  });

  it("is none when its reader has seen enough", () => {
    expect(broken("stdout", "EPIPE")).toEqual({ codes: [], err: "" });
    expect(broken("stderr", "EPIPE")).toEqual({ codes: [], err: "" });
  });

  it("is a failure that cannot be told on stderr itself", () => {
    expect(broken("stderr", "ENOSPC")).toEqual({ codes: [2], err: "" });
  });
});

describe.runIf(existsSync("/dev/full"))("the command on a full disk", () => {
  const bin = fileURLToPath(new URL("../../dist/src/cli/bin.js", import.meta.url));

  it.each([["--help"], ["check", fileURLToPath(new URL("../../fixtures/app", import.meta.url))]])(
    "%s exits 2 with one message",
    (...argv) => {
      const full = openSync("/dev/full", "w");
      const { status, stderr } = spawnSync(process.execPath, [bin, ...argv], { stdio: ["ignore", full, "pipe"], encoding: "utf8" });
      expect(stderr).toMatch(/^error: the report cannot be written: ENOSPC.*\n {2}fix: .*\n$/);
      expect(status).toBe(2);
    },
  );
});
