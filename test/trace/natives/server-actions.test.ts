/** Server actions: files and forms that call them, and requests from elsewhere. */
import { expect, it } from "vitest";
import { run } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: ACTION /save, path: body.message }
  - { field: user.id, route: ACTION /keep, path: body.id }
`;

/** What arrives where: \`3 user.email\` at a call of \`train\` in that line. */
function flows(files: Readonly<Record<string, string>>, sinks?: string): string[] {
  const { flows } = run("", { files, sources: SOURCES, ...(sinks === undefined ? {} : { sinks }) });
  return flows.map((f) => `${f.sink.id === "train" ? f.at.line : f.sink.id} ${f.field}`).sort();
}

const ACTIONS = `"use server";
import { train } from "./sink.js";
export async function save(form: FormData) {
  train(form.get("message"));
  train(form.get("mail"));
  train(form.get("other"));
}
export const keep = async (input: { id: string; name: string }) => {
  train(input.id);
  train(input.name);
};
export async function untouched(form) { train(form.get("message")); train(form.message); }`;

it("a request to the action of a name", () => {
  expect(flows({ "actions.ts": ACTIONS })).toEqual(["4 user.prompt", "9 user.id"]);
  expect(flows({ "actions.ts": ACTIONS.replace('"use server";', "") })).toEqual([]);
});

it("forms and handlers of pages call actions with what they have", () => {
  const page = `"use client";
import { keep, save } from "./actions.js";
import { loadUser } from "./source.js";
const user = loadUser();
export default function Page() {
  return <form action={save}>
    <div><input type="hidden" name="mail" defaultValue={user.email} /></div>
    <input name="size" value={user.name.length} />
    <button onClick={() => keep({ id: "1", name: user.name })}>Keep</button>
  </form>;
}`;
  expect(flows({ "actions.ts": ACTIONS, "page.tsx": page })).toEqual(["10 user.name", "4 user.prompt", "5 user.email", "9 user.id"]);
});

it("useActionState hands the form on behind the state", () => {
  const files = {
    "actions.ts": `"use server";
import { train } from "./sink.js";
export async function send(previous, form) {
  train(form.get("mail"));
  train(form.get("other"));
  return { mail: form.get("mail") };
}`,
    "page.tsx": `import { useActionState } from "react";
import { createRoot } from "react-dom/client";
import { send } from "./actions.js";
import { loadUser } from "./source.js";
import { train } from "./sink.js";
export default function Page() {
  const [state, submit] = useActionState(send, null);
  train(state?.mail);
  return <form action={submit}><input name="mail" defaultValue={loadUser().email} /></form>;
}
createRoot(document.body).render(<Page />);`,
  };
  expect(flows(files)).toEqual(["4 user.email", "8 user.email"]);
});

it("what an action gives back is its answer", () => {
  const files = {
    "actions.ts": `"use server";
import { loadUser } from "./source.js";
export async function load() { const { email } = loadUser(); return { email, size: 1 }; }
export async function other() { return loadUser().email.length; }`,
  };
  const sinks = (name: string): string => `sinks:\n  - { id: out, purpose: train, route: ACTION /${name} }\n`;
  expect(flows(files, sinks("load"))).toEqual(["out user.email"]);
  expect(flows(files, sinks("other"))).toEqual([]);
});
