import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Whole programs are type-checked, packages installed and linters started: slow on two cores, so the limits are generous.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
