import { defineConfig, globalIgnores } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import tseslint from "typescript-eslint";

export default defineConfig([
  // Corpora and the example app are material for the analysis; some of it is wrong on purpose.
  globalIgnores(["dist/", "fixtures/", "coverage/", "test/**/fixtures/"]),
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // Numbers and booleans in texts say what they say; everything else is a mistake.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // An index that was checked by construction is asserted; `noUncheckedIndexedAccess` makes that explicit at each place.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // `phaseModifier`, which stands in for it, came with TypeScript 5.9; the compiler may be as old as 5.5.
      "@typescript-eslint/no-deprecated": ["error", { allow: ["isTypeOnly"] }],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
    },
  },
  {
    files: ["rules/**/*.ts"],
    extends: [eslintPlugin.configs.recommended],
    rules: {
      // Suggestions are made in one function for all rules, where this check does not look.
      "eslint-plugin/require-meta-has-suggestions": "off",
      "eslint-plugin/require-meta-docs-description": ["error", { pattern: "^(Require|Disallow)" }],
      "eslint-plugin/require-meta-schema-description": "error",
      "eslint-plugin/prefer-message-ids": "error",
      "eslint-plugin/prefer-object-rule": "error",
    },
  },
  {
    files: ["test/rules/**/*.ts"],
    // The runner hands `describe` and `it` over as plain functions.
    rules: { "@typescript-eslint/unbound-method": "off" },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: {
      // Fixtures are written for the case at hand; what a helper returns is often asserted, not typed.
      "@typescript-eslint/require-await": "off",
    },
  },
]);
