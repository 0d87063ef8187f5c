/** Fetchers of Remix and React Router: what a page submits arrives at the action of the address, and what that answers is its data. */
import { expect, it } from "vitest";
import { run } from "../program.js";

const trained = (page: string): readonly string[] =>
  run("", {
    files: {
      "app/routes/notes.tsx": `import { loadUser } from "./source.js";
import { train } from "./sink.js";
export async function action({ request }: any) {
  const form = await request.formData();
  train(form.get("text"));
  train(form.get("kind"));
  return { ok: true, by: loadUser().name };
}
export async function loader() { return { mail: loadUser().email, n: 1 }; }
`,
      "app/routes/other.tsx": `import { Form, useFetcher, useSubmit } from "@remix-run/react";
import { loadUser } from "./source.js";
import { train } from "./sink.js";
export default function Page() {
${page}
}
`,
    },
  }).flows.map(({ field, at }) => `${at.file} ${at.line} ${field}`);

it("a submission arrives field by field", () => {
  expect(
    trained(`const fetcher = useFetcher();\nfetcher.submit({ text: loadUser().prompt, kind: "k" }, { method: "post", action: "/notes" });`),
  ).toEqual(["app/routes/notes.tsx 5 user.prompt"]);
});

it("to another address it does not", () => {
  expect(trained(`const submit = useSubmit();\nsubmit({ text: loadUser().prompt }, { method: "post", action: "/elsewhere" });`)).toEqual(
    [],
  );
});

it("without one it is the page's own", () => {
  expect(trained(`const submit = useSubmit();\nsubmit({ text: loadUser().prompt }, { method: "post" });`)).toEqual([]);
});

it("the answer of an action, or of a loader, is the fetcher's data", () => {
  expect(
    trained(`const fetcher = useFetcher();
const other = useFetcher();
const submit = () => { fetcher.submit({}, { method: "POST", action: "/notes" }); other.load("/notes"); };
submit();
train(fetcher.data?.by); train(fetcher.data?.ok); train(other.data?.mail);
train(other.data?.n);`),
  ).toEqual(["app/routes/other.tsx 9 user.name", "app/routes/other.tsx 9 user.email"]);
});

const form = (head: string, field = `<input type="hidden" name="text" defaultValue={loadUser().prompt} />`): readonly string[] =>
  trained(`return <div>${head}<label>Text ${field}</label><input name="kind" value="k" /></Form></div>;`);

it("a form is sent to the address that it names, field by field", () => {
  expect(form(`<Form method="post" action="/notes">`)).toEqual(["app/routes/notes.tsx 5 user.prompt"]);
});

it("to another address, or by a method that no action takes, it is not", () => {
  expect(form(`<Form method="post" action="/elsewhere">`)).toEqual([]);
  expect(form(`<Form action="/notes">`)).toEqual([]);
});

it("a field of another name is another", () => {
  expect(form(`<Form method="post" action="/notes">`, `<input name="other" value={loadUser().prompt} />`)).toEqual([]);
});

it("a plain form is as well, and one without an address goes to the page's own action", () => {
  const page = (tag: string): readonly string[] =>
    run("", {
      files: {
        "app/routes/notes.tsx": `import { Form } from "@remix-run/react";
import { loadUser } from "./source.js";
import { train } from "./sink.js";
export async function action({ request }: any) { train((await request.formData()).get("text")); return null; }
export default function Page() { return ${tag}; }
`,
      },
    }).flows.map(({ field }) => field);
  const input = `<input name="text" value={loadUser().name} />`;
  expect(page(`<Form method="post">${input}</Form>`)).toEqual(["user.name"]);
  expect(page(`<form method="post" action="/notes">${input}</form>`)).toEqual(["user.name"]);
  expect(page(`<div>${input}</div>`)).toEqual([]);
});
