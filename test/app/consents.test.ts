/** Two small applications as they are written, with what must be found in each, and nothing beside it. */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { analyze } from "../../src/index.js";

const TSCONFIG = JSON.stringify({
  compilerOptions: { target: "ES2022", module: "NodeNext", moduleResolution: "NodeNext", strict: true, noEmit: true, types: [] },
  include: ["src"],
});

/** Findings as `rule file:line why`; a line that must be found says so in a comment. */
function findings(files: Readonly<Record<string, string>>): { readonly found: string[]; readonly expected: string[] } {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "purpose-lint-consents-")));
  for (const [name, text] of Object.entries({ "tsconfig.json": TSCONFIG, "package.json": `{"type":"module"}`, ...files })) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  const report = analyze({ root, today: "2026-06-01" });
  const found = report.findings
    .filter(({ rule, severity }) => severity !== "note" && (rule === "consent" || rule === "opt-out"))
    .map(({ rule, location }) => `${rule} ${location.file}:${location.line}`);
  const expected = Object.entries(files).flatMap(([name, text]) =>
    text.split("\n").flatMap((line, i) => {
      const rule = /\/\/ found: ([\w-]+)/.exec(line)?.[1];
      return rule === undefined ? [] : [`${rule} ${name}:${i + 1}`];
    }),
  );
  return { found: [...new Set(found)].sort(), expected: expected.sort() };
}

it("a support desk that trains on conversations", () => {
  const { found, expected } = findings({
    "purpose.yaml": `version: 1
purposes:
  support: { basis: contract }
  train: { basis: consent, consent: training, notice: to train our assistant }
fields:
  ticket.text: { for: [support, train] }
sources:
  - { field: ticket.text, property: "./src/tickets.ts:Ticket.text" }
  - { field: ticket.text, route: POST /tickets, path: body.text }
sinks:
  - { id: answer, purpose: support, call: "./src/assistant.ts:answer", argument: "0" }
  - { id: dataset, purpose: train, call: "./src/dataset.ts:Dataset.add", argument: "0" }
  - { id: upload, purpose: train, call: "./src/dataset.ts:uploadAll", argument: "0" }
consent:
  training: { mode: opt-in, check: "./src/consent.ts:ConsentService.mayTrain" }
`,
    "src/tickets.ts": `export interface Ticket { id: string; customerId: string; text: string; closedAt: string | null }

export class Tickets {
  async find(id: string): Promise<Ticket> {
    const response = await fetch(\`https://tickets.internal/\${id}\`);
    return (await response.json()) as Ticket;
  }
  async closed(since: Date): Promise<Ticket[]> {
    const response = await fetch(\`https://tickets.internal/?closed=\${since.toISOString()}\`);
    return (await response.json()) as Ticket[];
  }
}
`,
    "src/consent.ts": `interface Row { customer_id: string; granted: boolean; withdrawn_at: string | null }

export class ConsentService {
  constructor(private readonly base: string) {}

  private async row(customerId: string): Promise<Row | undefined> {
    const response = await fetch(\`\${this.base}/\${customerId}\`);
    return response.ok ? ((await response.json()) as Row) : undefined;
  }

  async mayTrain(customerId: string): Promise<boolean> {
    const row = await this.row(customerId);
    return row !== undefined && row.granted && row.withdrawn_at === null;
  }
}
`,
    "src/dataset.ts": `export class Dataset {
  readonly rows: string[] = [];
  add(text: string): void {
    this.rows.push(text);
  }
}

export async function uploadAll(rows: readonly unknown[]): Promise<void> {
  await fetch("https://train.example.com", { method: "POST", body: JSON.stringify(rows) });
}
`,
    "src/assistant.ts": `export async function answer(text: string): Promise<string> {
  const response = await fetch("https://assistant.example.com", { method: "POST", body: text });
  return response.text();
}
`,
    "src/nightly.ts": `import { ConsentService } from "./consent.js";
import { Dataset, uploadAll } from "./dataset.js";
import { Tickets, type Ticket } from "./tickets.js";

const tickets = new Tickets();
const consents = new ConsentService("https://consents.internal");

class NoConsent extends Error {}

async function requireConsent(ticket: Ticket): Promise<void> {
  if (!(await consents.mayTrain(ticket.customerId))) throw new NoConsent(ticket.id);
}

/** One line of the data set. */
const toLine = ({ id, text }: Ticket) => ({ id, text: text.trim().slice(0, 4000) });

export async function collect(dataset: Dataset, since: Date): Promise<number> {
  let skipped = 0;
  for (const ticket of await tickets.closed(since)) {
    if (!(await consents.mayTrain(ticket.customerId))) {
      skipped++;
      continue;
    }
    dataset.add(ticket.text.trim());
  }
  return skipped;
}

export async function collectOne(dataset: Dataset, id: string): Promise<void> {
  const ticket = await tickets.find(id);
  await requireConsent(ticket);
  dataset.add(ticket.text);
}

export async function collectSome(dataset: Dataset, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const ticket = await tickets.find(id);
    try {
      await requireConsent(ticket);
      dataset.add(ticket.text);
    } catch (error) {
      if (!(error instanceof NoConsent)) throw error;
    }
  }
}

export async function backfill(since: Date): Promise<void> {
  const closed = await tickets.closed(since);
  const willing: Ticket[] = [];
  await Promise.all(
    closed.map(async (ticket) => {
      if (await consents.mayTrain(ticket.customerId)) willing.push(ticket);
    }),
  );
  await uploadAll(willing.map(toLine));
  if (closed.length > 0) await uploadAll(closed.map(toLine)); // found: consent
}

export async function retry(dataset: Dataset, id: string): Promise<void> {
  const ticket = await tickets.find(id);
  try {
    await requireConsent(ticket);
  } catch (error) {
    console.warn("no consent", error);
  }
  dataset.add(ticket.text); // found: consent
}
`,
    "src/server.ts": `import express, { type NextFunction, type Request, type Response } from "express";
import { answer } from "./assistant.js";
import { ConsentService } from "./consent.js";
import { Dataset } from "./dataset.js";

const app = express();
const consents = new ConsentService("https://consents.internal");
const dataset = new Dataset();

interface Asked extends Request { customer?: { id: string; mayTrain: boolean } }

async function customer(req: Asked, res: Response, next: NextFunction): Promise<void> {
  const id = req.header("x-customer");
  if (id === undefined) {
    res.sendStatus(401);
    return;
  }
  req.customer = { id, mayTrain: await consents.mayTrain(id) };
  next();
}

app.post("/tickets", customer, async (req: Asked, res: Response) => {
  res.json({ answer: await answer(req.body.text) });
  if (req.customer?.mayTrain === true) dataset.add(req.body.text);
  if (req.customer !== undefined) dataset.add(req.body.text); // found: consent
});
`,
  });
  expect(found).toEqual(expected);
});

it("a shop that shares with an advertising network", () => {
  const { found, expected } = findings({
    "purpose.yaml": `version: 1
purposes:
  sell: { basis: contract }
  advertise: { basis: legitimate-interest, consent: sharing, notice: to show you advertising elsewhere }
fields:
  customer.email: { for: [sell, advertise] }
  order.items: { for: [sell, advertise] }
sources:
  - { field: customer.email, property: "./src/model.ts:Customer.email" }
  - { field: order.items, property: "./src/model.ts:Order.items" }
sinks:
  - { id: mail, purpose: sell, call: "./src/mail.ts:send", argument: "0" }
  - { id: network, purpose: advertise, call: "./src/network.ts:track", argument: "0" }
consent:
  sharing: { mode: opt-out, check: "./src/privacy.ts:hasOptedOut", signals: [gpc] }
`,
    "src/model.ts": `export interface Customer { id: string; email: string; doNotSell: boolean }
export interface Order { id: string; customerId: string; items: string[] }
`,
    "src/privacy.ts": `import type { Customer } from "./model.js";

export const hasOptedOut = (customer: Customer): boolean => customer.doNotSell;

/** https://w3c.github.io/gpc/ */
export const hasSignal = (request: Request): boolean => request.headers.get("Sec-GPC")?.trim() === "1";

export const mayShare = (request: Request, customer: Customer): boolean => !hasSignal(request) && !hasOptedOut(customer);
`,
    "src/network.ts": `export async function track(event: { name: string; [key: string]: unknown }): Promise<void> {
  await fetch("https://ads.example.com/events", { method: "POST", body: JSON.stringify(event) });
}
`,
    "src/mail.ts": `export async function send(message: { to: string; text: string }): Promise<void> {
  await fetch("https://mail.example.com", { method: "POST", body: JSON.stringify(message) });
}
`,
    "src/checkout.ts": `import { send } from "./mail.js";
import type { Customer, Order } from "./model.js";
import { track } from "./network.js";
import { hasOptedOut, mayShare } from "./privacy.js";

export async function checkout(request: Request, customer: Customer, order: Order): Promise<void> {
  await send({ to: customer.email, text: order.items.join(", ") });
  if (mayShare(request, customer)) {
    await track({ name: "order", email: customer.email, items: order.items });
  }
}

export async function refund(request: Request, customer: Customer, order: Order): Promise<void> {
  await send({ to: customer.email, text: order.id });
  if (!hasOptedOut(customer)) await track({ name: "refund", items: order.items }); // found: opt-out
  if (request.headers.get("sec-gpc") === "1") return;
  if (!hasOptedOut(customer)) await track({ name: "refund", items: order.items });
}

export async function campaign(request: Request, customers: readonly Customer[]): Promise<void> {
  for (const customer of customers.filter((one) => mayShare(request, one))) await track({ name: "campaign", email: customer.email });
  const all = customers.map(({ email }) => email);
  await track({ name: "campaign", all }); // found: opt-out
}
`,
  });
  expect(found).toEqual(expected);
});
