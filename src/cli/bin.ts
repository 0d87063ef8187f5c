#!/usr/bin/env node
import v8 from "node:v8";
import { run } from "./run.js";

// Most of what an analysis makes lives until its end, so a heap that doubles before it is swept is half empty. Measured on a program of
// 40,000 lines: a fifth less memory, a twentieth more time.
v8.setFlagsFromString("--heap-growing-percent=100");

// A reader that has seen enough (`| head`) is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// Not `process.exit`: that would cut off what a pipe has not taken yet.
process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
});
