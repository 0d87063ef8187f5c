/**
 * Writes what is generated from the schema and the packs: `schema/manifest.schema.json`, and `bundled-packs.ts`, which carries the
 * packs in the program so that the core reads no files. Run from the package's folder, after a build; build again after it.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { bundledPacksModule } from "./bundle-packs.js";
import { manifestJsonSchema } from "./schema.js";

const packs = readdirSync("packs")
  .filter((file) => file.endsWith(".yaml"))
  .sort()
  .map((file) => [file.slice(0, -".yaml".length), readFileSync(`packs/${file}`, "utf8")] as const);

writeFileSync("schema/manifest.schema.json", `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`);
writeFileSync("src/manifest/bundled-packs.ts", bundledPacksModule(packs));
