import { describe, expect, it } from "vitest";
import { run } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: POST /api/chat, path: body.message }
  - { field: user.name, route: "GET /api/users/:id", path: params.id }
  - { field: user.id, route: GET /api/search, path: query.q }
`;
const SINKS = `sinks:
  - { id: export, purpose: train, route: GET /api/export }
`;

/** What arrives where: `3 user.email` at a call of \`train\` in that line, `export user.email` at the route. */
function flows(file: string, code: string): string[] {
  const text = `import { train } from "./sink.js";\nimport { loadUser } from "./source.js";\n${code}`;
  const { flows } = run("", { files: { [file]: text }, sources: SOURCES, sinks: SINKS });
  return flows.map((f) => `${f.sink.id === "train" ? f.at.line : f.sink.id} ${f.field}`).sort();
}

describe("next, app router", () => {
  it("gives handlers the request of their own address and method", () => {
    const code = `export async function POST(request: Request) {
  const body = await request.json();
  train(body.message);
  train(body.other);
}
export const GET = async (request: Request) => train(await request.json());`;
    expect(flows("app/api/chat/route.ts", code)).toEqual(["5 user.prompt"]);
    expect(flows("src/app/(chat)/api/chat/route.tsx", code)).toEqual(["5 user.prompt"]);
    expect(flows("app/api/other/route.ts", code)).toEqual([]);
    expect(flows("app/api/chat/helper.ts", code)).toEqual([]);
  });

  it("gives parameters, awaited or not, and the query", () => {
    expect(
      flows(
        "web/app/api/users/[id]/route.ts",
        `export async function GET(_: Request, { params }: { params: Promise<{ id: string; other: string }> }) {
  const { id, other } = await params;
  train(id);
  train(other);
}`,
      ),
    ).toEqual(["5 user.name"]);
    expect(flows("app/api/users/[id]/route.ts", `export const GET = (_, context) => train(context.params.id);`)).toEqual(["3 user.name"]);
    expect(
      flows(
        "app/api/search/route.ts",
        `export function GET(request) {
  train(request.nextUrl.searchParams.get("q"));
  train(new URL(request.url).searchParams.get("q"));
  train(new URL(request.url).searchParams.get("page"));
}`,
      ),
    ).toEqual(["4 user.id", "5 user.id"]);
  });

  it("reckons with a query that no source declares, and with no other path", () => {
    const behind = (test: string): string[] =>
      flows(
        "app/api/chat/route.ts",
        `export async function POST(request: Request) {
  const url = new URL(request.url);
  if (${test}) return new Response("no", { status: 400 });
  train((await request.json()).message);
}`,
      );
    expect(behind(`!url.searchParams.get("id")`)).toEqual(["6 user.prompt"]);
    expect(behind(`url.searchParams.has("id")`)).toEqual(["6 user.prompt"]);
    expect(behind(`!request.url.includes("?")`)).toEqual(["6 user.prompt"]);
    expect(behind(`request.url.split("?").length > 1`)).toEqual(["6 user.prompt"]);
    expect(behind(`url.pathname !== "/api/other"`)).toEqual([]);
    expect(behind(`url.pathname === "/api/chat"`)).toEqual([]);
    expect(behind(`url.pathname.startsWith("/api/")`)).toEqual([]);
  });

  it("reads files of forms, their bytes and names", () => {
    const upload = (body: string): string[] =>
      flows(
        "app/api/chat/route.ts",
        `export async function POST(request: Request) {
  const form = await request.formData();
  const file = form.get("message") as File;
  ${body}
}`,
      );
    expect(upload("if (file instanceof Blob) train(await file.arrayBuffer());")).toEqual(["6 user.prompt"]);
    expect(upload("train(Buffer.from(await file.arrayBuffer()).toString());")).toEqual(["6 user.prompt"]);
    expect(upload("train(await file.text());")).toEqual(["6 user.prompt"]);
    expect(upload("train(file.name);")).toEqual(["6 user.prompt"]);
    expect(upload("train(file.size);")).toEqual([]);
    expect(upload(`train(await (form.get("other") as File).text());`)).toEqual([]);
    expect(upload(`if (typeof file === "string") train(file.toUpperCase());`)).toEqual(["6 user.prompt"]);
  });

  it("takes what comes back, whichever response it is in, for the answer", () => {
    const answer = (body: string): string[] =>
      flows("app/api/export/route.ts", `import { NextResponse } from "next/server";\nexport async function GET() { return ${body}; }`);
    expect(answer("Response.json({ mail: loadUser().email })")).toEqual(["export user.email"]);
    expect(answer("NextResponse.json({ mail: loadUser().email }, { status: 200 })")).toEqual(["export user.email"]);
    expect(answer("new NextResponse(JSON.stringify(loadUser().name))")).toEqual(["export user.name"]);
    expect(answer("Response.json({ n: loadUser().email.length })")).toEqual([]);
    expect(flows("app/api/chat/route.ts", `export const GET = () => Response.json(loadUser());`)).toEqual([]);
  });

  it("follows handlers through wrappers of the program", () => {
    expect(
      flows(
        "app/api/chat/route.ts",
        `const wrap = (handler) => async (request, context) => { try { return await handler(request, context); } catch (e) { return new Response(""); } };
export const POST = wrap(async (request) => { const { message } = await request.json(); train(message); });`,
      ),
    ).toEqual(["4 user.prompt"]);
  });
});

describe("next, pages", () => {
  it("tells methods apart by what the handler asks for", () => {
    expect(
      flows(
        "pages/api/chat.ts",
        `export default async function handler(req, res) {
  if (req.method !== "POST") { train(req.body.message); return res.status(405).end(); }
  train(req.body.message);
  train(req.body.other);
  res.status(200).json({ ok: true });
}`,
      ),
    ).toEqual(["5 user.prompt"]);
    expect(flows("pages/api/users/[id].ts", `export default (req, res) => train(req.query.id);`)).toEqual(["3 user.name"]);
    expect(flows("pages/chat.ts", `export default (req, res) => train(req.body.message);`)).toEqual([]);
  });

  it("answers through the response", () => {
    expect(flows("src/pages/api/export.ts", `export default (req, res) => { res.status(200).json({ mail: loadUser().email }); };`)).toEqual(
      ["export user.email"],
    );
  });
});

describe("sveltekit", () => {
  it("gives endpoints, load and actions one event", () => {
    expect(
      flows(
        "src/routes/api/chat/+server.ts",
        `export const POST = async ({ request, url, locals }) => {
  const { message, other } = await request.json();
  train(message);
  train(other);
  return new Response("");
};`,
      ),
    ).toEqual(["5 user.prompt"]);
    expect(flows("src/routes/api/users/[id]/+page.server.ts", `export const load = async ({ params }) => { train(params.id); };`)).toEqual([
      "3 user.name",
    ]);
    expect(
      flows(
        "src/routes/api/chat/+page.server.ts",
        `export const actions = { send: async ({ request }) => {
  const form = await request.formData();
  train(form.get("message"));
  train(form.get("other"));
} };`,
      ),
    ).toEqual(["5 user.prompt"]);
    expect(flows("src/routes/api/search/+server.ts", `export function GET({ url }) { train(url.searchParams.get("q")); }`)).toEqual([
      "3 user.id",
    ]);
  });

  it("answers with what load gives", () => {
    expect(flows("src/routes/api/export/+page.server.ts", `export const load = () => ({ mail: loadUser().email });`)).toEqual([
      "export user.email",
    ]);
  });
});

describe("remix", () => {
  it("spells addresses by file names; loaders and actions get request and parameters", () => {
    expect(
      flows(
        "app/routes/api.chat.ts",
        `export async function action({ request }) {
  const { message, other } = await request.json();
  train(message);
  train(other);
}
export const loader = async ({ request }) => train(await request.text());`,
      ),
    ).toEqual(["5 user.prompt"]);
    expect(flows("app/routes/_auth.api.users.$id.tsx", `export const loader = ({ params }) => { train(params.id); };`)).toEqual([
      "3 user.name",
    ]);
    expect(flows("app/routes/api.export/route.ts", `export const loader = () => ({ mail: loadUser().email });`)).toEqual([
      "export user.email",
    ]);
    expect(flows("app/components/api.chat.ts", `export async function action({ request }) { train(await request.json()); }`)).toEqual([]);
  });
});

it("a field enters where the handler of its route is exported, not at the top of the file", () => {
  const code = `import { train } from "./sink.js";
const helper = 1;
export const GET = async () => helper;
export const POST = async (request: Request) => train((await request.json()).message);
`;
  const { flows } = run("", { files: { "app/api/chat/route.ts": code }, sources: SOURCES });
  expect(flows.map((f) => f.source.line)).toEqual([4]);
});
