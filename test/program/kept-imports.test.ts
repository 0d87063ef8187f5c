import ts from "typescript";
import { expect, test } from "vitest";
import { parseFacts } from "../../src/facts/extract.js";
import { linkModules } from "../../src/link/modules.js";
import { openVirtual } from "../../src/program/index.js";

/** What `src/a.ts` imports from `./b.js` under these options: does it load that file? */
function loads(compilerOptions: object): boolean {
  const project = openVirtual(
    {
      "tsconfig.json": JSON.stringify({ compilerOptions }),
      "src/a.ts": 'import { B } from "./b.js"; export let b: B;',
      "src/b.ts": "export class B {}",
    },
    { ts },
  );
  const modules = linkModules(project, (path, text) => parseFacts(path, text, ts));
  return modules.files[0]!.facts.imports.some((i) => !i.typeOnly);
}

test("what nothing uses as a value is not loaded, unless `verbatimModuleSyntax` keeps it", () => {
  expect(loads({})).toBe(false);
  expect(loads({ isolatedModules: true })).toBe(false);
  expect(loads({ verbatimModuleSyntax: true })).toBe(true);
});
