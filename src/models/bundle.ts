/** The text of `bundled.ts`. */
import { parse } from "yaml";
import type { ModelInput } from "./schema.js";

/** `models`: each file's name without its ending, and its text. */
export function bundledModelsModule(models: readonly (readonly [name: string, text: string])[]): string {
  const texts = models.map(([name, text]) => `  ${keyOf(name)}: \`${text.replaceAll(/[`\\]|\$\{/g, "\\$&")}\`,\n`);
  const modules = models
    .flatMap(([name, text]) => {
      const { package: packages, split = [] } = parse(text) as ModelInput;
      return [packages, split].flat().map((module) => [module, name] as const);
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([module, name]) => `  ${keyOf(module)}: ${JSON.stringify(name)},\n`);
  return `/** Generated from \`models/\` by \`generate-schema.ts\`: the libraries that this package describes. Each is read when a program imports it. */

/** The files' text, by name. */
export const BUNDLED_MODELS: Readonly<Record<string, string>> = {
${texts.join("")}};

/** Which file describes a module; \`date-fns/*\` is every module below. */
export const DESCRIBED_BY: Readonly<Record<string, string>> = {
${modules.join("")}};
`;
}

const keyOf = (name: string): string => (/^[A-Za-z]\w*$/.test(name) ? name : JSON.stringify(name));
