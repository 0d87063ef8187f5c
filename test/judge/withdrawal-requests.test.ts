/** How many requests it takes to give a consent and to take it back: programs, each beside its legal neighbour. */
import { describe, expect, it } from "vitest";
import { check } from "./check.js";

const manifest = (grant: string, withdraw: string, on = ""): string => `version: 1
purposes: { train: { basis: consent, consent: training } }
fields: { chat.prompt: { for: [train] } }
sources: [{ field: chat.prompt, parameter: "./src/chat.ts:onPrompt", argument: "0" }]
sinks: [{ id: upload, purpose: train, call: "./src/chat.ts:upload" }]
consent:
  training: { mode: opt-in, check: "./src/consent.ts:mayTrain", grant: "${grant}", withdraw: "${withdraw}"${on} }
`;

const CHAT = {
  "src/chat.ts": `import { mayTrain } from "./consent.js";
export function upload(text: string): void { void text; }
export function onPrompt(text: string, id: string): void { if (mayTrain(id)) upload(text); }
`,
  "src/consent.ts": `import { forget } from "./dataset.js";
const yes = new Set<string>();
export const mayTrain = (id: string): boolean => yes.has(id);
export function allowTraining(id: string): void { yes.add(id); }
export function stopTraining(id: string): void { yes.delete(id); forget(id); }
`,
  "src/dataset.ts": "export function forget(id: string): void { void id; }\n",
};

/** A page whose client functions are declared; `api` are their bodies. */
const client = (allow: string, stop: string, head = ""): string[] =>
  check("withdrawal", {
    "purpose.yaml": manifest("./src/api.ts:allow", "./src/api.ts:stop"),
    ...CHAT,
    "src/api.ts": `${head}
declare const id: string;
export const allow = async (): Promise<void> => { ${allow} };
export const stop = async (): Promise<void> => { ${stop} };
`,
    "src/page.tsx": `import { allow, stop } from "./api.js";
export const Settings = () => <p>Train on my chats? <button onClick={() => allow()}>Allow</button><button onClick={() => stop()}>Do not allow</button></p>;
`,
  });

const told = (requests: string, gives = "1"): string =>
  `src/page.tsx:2 error taking back the consent training takes ${requests}, and giving it (src/page.tsx:2) ${gives}`;

const PUT = 'await fetch("/training", { method: "PUT" });';
const DELETE = 'await fetch("/training", { method: "DELETE" });';
const TICKET = 'const { ticket } = await (await fetch("/tickets", { method: "POST" })).json();';

describe("requests of a page's own functions", () => {
  it("are as many", () => {
    expect(client(PUT, DELETE)).toEqual([]);
    expect(client(TICKET + PUT, TICKET + DELETE)).toEqual([]);
    expect(client(TICKET + PUT, DELETE)).toEqual([]);
  });

  it("are more: a ticket first", () => {
    expect(client(PUT, TICKET + 'await fetch(`/training/${ticket}`, { method: "DELETE" });')).toEqual([
      told("2 requests one after the other (`POST /tickets`, then `DELETE /training/…`)"),
    ]);
  });

  it.each([
    [
      "a token that is read",
      'const token = await fetch("/csrf").then((r) => r.text()); await fetch("/training", { method: "DELETE", body: token });',
    ],
    ["then", 'return fetch("/tickets", { method: "POST" }).then(() => fetch("/training", { method: "DELETE" })).then(() => undefined);'],
    ["a function of it", `await open(); ${DELETE}`],
    ["one wrapper for both", 'await send("POST", "/tickets"); await send("DELETE", "/training");'],
    [
      "an attempt that is made again",
      `for (let n = 0; n < 3; n++) { const r = await fetch("/tickets", { method: "POST" }); if (r.ok) break; } ${DELETE}`,
    ],
    ["both are tried", `try { await fetch("/tickets", { method: "POST" }); } catch (e) { throw new Error("no"); } ${DELETE}`],
    ["a way that ends early", `const r = await fetch("/tickets", { method: "POST" }); if (!r.ok) return; ${DELETE}`],
  ])("are more: %s", (_, stop) => {
    const head = `const open = () => fetch("/tickets", { method: "POST" });
const send = (method: string, path: string) => fetch(path, { method });`;
    expect(client(PUT, stop, head)).toHaveLength(1);
    expect(client(stop, stop, head)).toEqual([]);
  });

  it.each([
    ["the view is read again", `${DELETE} await fetch("/settings");`],
    ["nobody waits for it", `void fetch("/log", { method: "POST" }); fetch("/log", { method: "POST" }); ${DELETE}`],
    ["a beacon", `navigator.sendBeacon("/log", "stop"); ${DELETE}`],
    [
      "an attempt that is made again",
      'for (let n = 0; n < 3; n++) { const r = await fetch("/training", { method: "DELETE" }); if (r.ok) return; }',
    ],
    ["the other attempt", `try { ${DELETE} } catch { ${DELETE} }`],
    ["one or the other", `if (id) ${DELETE} else { await fetch("/all", { method: "DELETE" }); }`],
    ["only some have to", `if (id) { await fetch("/tickets", { method: "POST" }); } ${DELETE}`],
    ["both at once", `await Promise.all([${DELETE.slice(6, -1)}, fetch("/log", { method: "POST" })]);`],
    ["a list", 'for (const one of [id]) { await fetch("/seen/" + one, { method: "POST" }); }'],
  ])("are no more: %s", (_, stop) => {
    expect(client(PUT, stop)).toEqual([]);
  });

  it.each([
    [
      "axios",
      'import axios from "axios";',
      'await axios.put("/training");',
      'await axios.delete("/training");',
      'await axios.post("/tickets");',
    ],
    [
      "an instance of axios",
      'import axios from "axios"; const api = axios.create({ baseURL: "/api" });',
      'await api.put("/training");',
      'await api.delete("/training");',
      'await api.request({ method: "post", url: "/tickets" });',
    ],
    ["ky", 'import ky from "ky";', 'await ky.put("/training");', 'await ky.delete("/training");', 'await ky.post("/tickets").json();'],
    [
      "tRPC",
      'import { createTRPCClient } from "@trpc/client"; const trpc = createTRPCClient({ links: [] }) as any;',
      "await trpc.training.allow.mutate();",
      "await trpc.training.stop.mutate();",
      "await trpc.training.ticket.mutate();",
    ],
    [
      "Apollo",
      'import { ApolloClient, gql } from "@apollo/client"; const apollo = new ApolloClient({} as never); const Q = gql`mutation { a }`;',
      "await apollo.mutate({ mutation: Q });",
      "await apollo.mutate({ mutation: Q });",
      "await apollo.mutate({ mutation: Q });",
    ],
  ])("are those of %s as well", (_, head, allow, stop, more) => {
    expect(client(allow, stop, head)).toEqual([]);
    expect(client(allow, more + stop, head)).toHaveLength(1);
    expect(client(more + allow, more + stop, head)).toEqual([]);
  });
});

describe("requests to routes of the program", () => {
  const routes = `import express from "express";
import { allowTraining, stopTraining } from "./consent.js";
const app = express();
app.post("/training/tickets", (req, res) => { res.json({ ticket: req.params.id }); });
app.put("/training", (req) => { allowTraining(req.params.id); });
app.delete("/training", (req) => { stopTraining(req.params.id); });
`;
  const page = (allow: string, stop: string, more: Record<string, string> = {}): string[] =>
    check("withdrawal", {
      "purpose.yaml": manifest(
        "./src/consent.ts:allowTraining",
        "./src/consent.ts:stopTraining",
        ', on-withdraw: "./src/dataset.ts:forget"',
      ),
      ...CHAT,
      "src/routes.ts": routes,
      "src/page.tsx": `import { useState } from "react"; export const Settings = () => { const [open, setOpen] = useState(false);
return <p>Train on my chats? <a onClick={() => setOpen(true)}>More</a> <button onClick={async () => { ${allow} }}>Allow</button><button onClick={async () => { ${stop} }}>Do not allow</button></p>; };
`,
      ...more,
    });

  it("come to the consents behind them", () => {
    expect(page(PUT, DELETE)).toEqual([]);
    expect(page(PUT, 'await fetch("/training/tickets", { method: "POST" });' + DELETE)).toEqual([
      "src/page.tsx:2 error taking back the consent training takes 2 requests one after the other (`POST /training/tickets`, then `DELETE /training`), and giving it (src/page.tsx:2) 1",
    ]);
    // What comes after the effect is nobody's to wait for.
    expect(page(PUT, `${DELETE} await fetch("/training/tickets", { method: "POST" });`)).toEqual([]);
  });

  it("are behind a confirmation", () => {
    expect(page(PUT, `if (!confirm("Sure?")) return; ${DELETE}`)).toEqual([
      "src/page.tsx:2 error taking back the consent training takes 2 steps, and giving it (src/page.tsx:2) 1 step",
    ]);
    expect(page(`if (!confirm("Sure?")) return; ${PUT}`, `if (!confirm("Sure?")) return; ${DELETE}`)).toEqual([]);
  });

  it("are what a server does for itself not", () => {
    const audited = routes.replace(
      "(req) => { stopTraining",
      'async (req) => { await fetch("https://audit.example.com", { method: "POST" }); stopTraining',
    );
    expect(page(PUT, DELETE, { "src/routes.ts": audited })).toEqual([]);
  });

  it("are those of listeners", () => {
    const listen = (
      stop: string,
    ): string => `const on = (name: string, run: () => void) => { document.getElementById(name)!.addEventListener("click", run); };
on("a", async () => { ${PUT} });
on("b", async () => { ${stop} });
`;
    const found = (stop: string): string[] =>
      check("withdrawal", {
        "purpose.yaml": manifest("./src/consent.ts:allowTraining", "./src/consent.ts:stopTraining"),
        ...CHAT,
        "src/routes.ts": routes,
        "src/client.ts": listen(stop),
      });
    expect(found(DELETE)).toEqual([]);
    expect(found('await fetch("/training/tickets", { method: "POST" });' + DELETE)).toHaveLength(1);
  });
});

describe("server actions", () => {
  const page = (stop: string): string[] =>
    check("withdrawal", {
      "purpose.yaml": manifest("./src/actions.ts:allow", "./src/actions.ts:stop"),
      ...CHAT,
      "src/actions.ts": `"use server";
export async function allow(id: string) { await fetch("https://crm.example.com", { method: "POST" }); void id; }
export async function ticket() { return { id: "1" }; }
export async function stop(id: string) { void id; }
`,
      "src/page.tsx": `"use client"; import { allow, stop, ticket } from "./actions.js"; declare const id: string;
export const Settings = () => <p>Train on my chats? <button onClick={() => allow(id)}>Allow</button><button onClick={async () => { ${stop} }}>Do not allow</button>{typeof ticket}</p>;
`,
    });

  it("are requests of whoever calls them from a page", () => {
    expect(page("await stop(id);")).toEqual([]);
    expect(page("const t = await ticket(); await stop(t.id);")).toEqual([
      told("2 requests one after the other (`ticket()`, then `stop()`)"),
    ]);
    expect(page("await stop(id); await ticket();")).toEqual([]);
  });
});
