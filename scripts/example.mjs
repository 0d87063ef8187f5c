/**
 * Runs the built CLI on the example app. The app holds real violations, so `check` exits 1 there, as it should:
 * only an exit other than 0 (clean) or 1 (findings) is a failure of this script.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { status } = spawnSync(process.execPath, ["dist/src/cli/bin.js", "check", "fixtures/app", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status === 0 || status === 1 ? 0 : (status ?? 2);
