/** The text of `bundled-packs.ts`. */
export function bundledPacksModule(packs: readonly (readonly [name: string, text: string])[]): string {
  const entries = packs.map(
    ([name, text]) => `  ${/^[a-z]\w*$/.test(name) ? name : JSON.stringify(name)}: \`${text.replaceAll(/[`\\]|\$\{/g, "\\$&")}\`,\n`,
  );
  return `/** Generated from \`packs/\` by \`generate-schema.ts\`: the packs that come with this package, by name. */\nexport const BUNDLED_PACKS: Readonly<Record<string, string>> = {\n${entries.join("")}};\n`;
}
