/** The cases of stores that run: what the analysis says of them. That it is so, `npm run conformance:oracle -- fixtures/stores` proves. */
import { expect, it } from "vitest";
import { analyseCase } from "../../src/conformance/analyse.js";
import { discoverCases } from "../../src/conformance/discover.js";
import { runConformance } from "../../src/conformance/run.js";

const cases = discoverCases("fixtures/stores");

it.each(cases.map((one) => ({ name: one.id, one })))("$name", async ({ one }) => {
  const { failures, expected } = await runConformance([one], analyseCase);
  expect(failures).toEqual([]);
  expect(expected).toBeGreaterThan(0);
});
