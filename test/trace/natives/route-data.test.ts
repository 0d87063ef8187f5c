/** What loaders and actions give, where pages read it. */
import { expect, it } from "vitest";
import { run } from "../program.js";

const PRELUDE = `import { train } from "./sink.js";
import { loadUser } from "./source.js";
`;

/** What arrives where: \`5 user.email\` at a call of \`train\` in that line. */
function flows(files: Readonly<Record<string, string>>): string[] {
  const texts = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, PRELUDE + text]));
  return run("", { files: texts })
    .flows.map((f) => `${f.at.line} ${f.field}`)
    .sort();
}

const ROUTE = `import { json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
export const loader = async () => json({ mail: loadUser().email, n: 1 });
export const action = async () => ({ name: loadUser().name });
export default function Page() {
  const data = useLoaderData<typeof loader>();
  const done = useActionData<typeof action>();
  train(data.mail);
  train(data.n);
  train(done?.name);
  train(done?.mail);
  return null;
}`;

it("remix: the loader's and the action's, of the same route", () => {
  expect(flows({ "app/routes/users.tsx": ROUTE })).toEqual(["10 user.email", "12 user.name"]);
  const other = ROUTE.replace(/export const (loader|action).*\n/g, "\n");
  expect(flows({ "app/routes/others.tsx": other })).toEqual([]);
  const own = `export const loader = () => ({ mail: loadUser().email });`;
  expect(flows({ "app/routes/others.tsx": other, "app/routes/users.tsx": own })).toEqual([]);
  // A component may be in any route.
  expect(flows({ "app/components/page.tsx": other, "app/routes/users.tsx": own })).toEqual(["10 user.email"]);
});

it("react router, without a response around it", () => {
  const code = ROUTE.replace("@remix-run/node", "react-router").replace("@remix-run/react", "react-router").replaceAll("json", "data");
  expect(flows({ "app/routes/users.tsx": code.replace("const data =", "const given =").replaceAll("data.", "given.") })).toEqual([
    "10 user.email",
    "12 user.name",
  ]);
});

it("sveltekit: what the server has loaded, and requests to its own endpoints", () => {
  const files = {
    "src/routes/users/+page.server.ts": `export const load = () => ({ mail: loadUser().email, n: 1 });`,
    "src/routes/users/+page.ts": `export const load = async ({ data, fetch }) => {
  train(data.mail);
  train(data.n);
  const answer = await (await fetch("/api/me")).json();
  train(answer.name);
  train(answer.mail);
  return data;
};`,
    "src/routes/api/me/+server.ts": `import { json } from "@sveltejs/kit";
export const GET = () => json({ name: loadUser().name });`,
    "src/routes/others/+page.ts": `export const load = ({ data }) => { train(data); };`,
  };
  expect(flows(files)).toEqual(["4 user.email", "7 user.name"]);
});
