/**
 * Writes what is generated from the schemas, the packs, the library models and the taxonomies: `schema/*.schema.json`, and
 * `bundled-packs.ts` and the `bundled.ts`, which carry packs, models and taxonomies in the program so that the core reads no files. Run from the package's folder, after a build; build again after it.
 */
import { bundledModelsModule } from "../models/bundle.js";
import { modelJsonSchema } from "../models/schema.js";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { bundledPacksModule } from "./bundle-packs.js";
import { manifestJsonSchema } from "./schema.js";
import { bundledTaxonomiesModule } from "../taxonomy/bundle.js";

const filesOf = (folder: string): (readonly [name: string, text: string])[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => [file.slice(0, -".yaml".length), readFileSync(`${folder}/${file}`, "utf8")] as const);

writeFileSync("schema/manifest.schema.json", `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`);
writeFileSync("src/manifest/bundled-packs.ts", bundledPacksModule(filesOf("packs")));
writeFileSync("schema/models.schema.json", `${JSON.stringify(modelJsonSchema(), null, 2)}\n`);
writeFileSync("src/models/bundled.ts", bundledModelsModule(filesOf("models")));
writeFileSync("src/taxonomy/bundled.ts", bundledTaxonomiesModule(filesOf("taxonomies").map(([, text]) => text)));
