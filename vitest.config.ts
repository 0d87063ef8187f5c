import { defineConfig } from "vitest/config";

/** Files that mock a module: each needs modules of its own. */
const MOCKED = ["test/rules/plugin.test.ts"];

export default defineConfig({
  test: {
    // Whole programs are type-checked, packages installed and linters started: slow on two cores, so the limits are generous.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      // The compiler, the linter and the models are loaded once a worker: loaded for each file, they are half of the whole time.
      { extends: true, test: { name: "shared", include: ["test/**/*.test.ts"], exclude: MOCKED, isolate: false } },
      { extends: true, test: { name: "mocked", include: MOCKED } },
    ],
  },
});
