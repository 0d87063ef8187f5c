/** Comments that switch rules off, each with and without its reason. */
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import plugin from "../../rules/index.js";
import { lint } from "./lint.js";
import { END, HEAD, makeProject } from "./project.js";

const rule = "purpose/unexplained-disable";

function told(code: string): string[] {
  const config = { plugins: { purpose: plugin }, rules: { [rule]: "error" } } as Linter.Config;
  return new Linter().verify(code, [config]).flatMap(({ ruleId, line, message }) => (ruleId === rule ? [`${line} ${message}`] : []));
}

describe("a comment that switches a rule off", () => {
  it.each([
    "// eslint-disable-next-line purpose/limitation -- agreed with the DPO until June\nf();",
    "f(); // eslint-disable-line purpose/limitation -- agreed",
    "/* eslint-disable purpose/limitation, purpose/consent --- agreed */\nf();",
    "// eslint-disable-next-line no-console\nf();",
    "/* eslint-disable-next-line */\nf();",
    "/* eslint purpose/limitation: error */\nf();",
    "// see eslint-disable purpose/limitation\nf();",
    "/* eslint-enable purpose/limitation */\nf();",
  ])("says why, or is none: %s", (code) => {
    expect(told(code)).toEqual([]);
  });

  it.each([
    "// eslint-disable-next-line purpose/limitation\nf();",
    "f(); // eslint-disable-line no-console, purpose/limitation",
    "/* eslint-disable purpose/limitation */\nf();",
    "// eslint-disable-next-line purpose/limitation -- ...\nf();",
    "// eslint-disable-next-line purpose/limitation --\nf();",
    "/* eslint purpose/limitation: off */\nf();",
    '/* eslint "purpose/limitation": ["off"] */\nf();',
    "/* eslint purpose/limitation: 0, no-console: 2 */\nf();",
  ])("does not say why: %s", (code) => {
    expect(told(code)).toEqual([expect.stringMatching(/^1 purpose\/limitation is switched off here without a reason\./)]);
  });
});

describe("a comment that silences nothing", () => {
  const messages = (call: string): Promise<string[]> =>
    lint(makeProject({ "src/main.ts": `${HEAD}// eslint-disable-next-line purpose/limitation -- agreed\n${call}\nmail(1);\n${END}` }), [
      "src/main.ts",
    ]);

  it("is told by ESLint itself", async () => {
    expect((await messages("mail(user.email);")).join()).toContain("Unused eslint-disable directive");
  });

  it("is none that silences something", async () => {
    expect((await messages("upload(user.email);")).join()).not.toMatch(/Unused|purpose\/limitation/);
  });
});
