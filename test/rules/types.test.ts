/** The plugin's type fits the configuration helpers of every ESLint that it supports. That this file compiles is the test. */
import { defineConfig } from "eslint/config";
import { defineConfig as defineConfig9 } from "eslint-9/config";
import type tseslint from "typescript-eslint";
import { expect, it } from "vitest";
import purpose from "../../rules/index.js";

it("fits into typed configurations", () => {
  const ten = defineConfig([purpose.configs.recommended, { plugins: { purpose }, extends: ["purpose/strict"] }]);
  const nine = defineConfig9([purpose.configs.recommended, { plugins: { purpose } }]);
  const typed: tseslint.FlatConfig.ConfigArray = [purpose.configs.recommended, { plugins: { purpose } }];
  expect([ten, nine, typed].map((config) => config.length)).toEqual([3, 2, 2]);
});
