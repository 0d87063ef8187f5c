/** Cookies: what is set under a name is there later, on either side; what has another name is not. */
import { describe, expect, it } from "vitest";
import { annotated, run } from "../program.js";

const SOURCES = `  - { field: user.id, route: POST /chat, path: cookies.sid }
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`const user = loadUser();\n${code}`, { sources: SOURCES });
    expect(found).toEqual(expected);
  });
};

const READ = `
  train(request.cookies.name); //! user.name
  train(request.cookies.other); //! none
  train(request.cookies.sid);`;

check(
  "express",
  `import express from "express";
const app = express();
app.post("/chat", (request, response) => {
  response.cookie("name", user.name, { httpOnly: true }).cookie("size", user.name.length).json({});
${READ} //! user.id
});
app.get("/me", (request, response) => {
${READ} //! none
  train(request.cookies.size); //! none
});`,
);

check(
  "fastify",
  `import fastify from "fastify";
const app = fastify();
app.post("/chat", async (request, reply) => {
  reply.setCookie("name", user.name).send({});
${READ} //! user.id
});
app.get("/me", async (request, reply) => {
${READ} //! none
});`,
);

check(
  "koa",
  `import Koa from "koa";
import Router from "@koa/router";
const [app, router] = [new Koa(), new Router()];
router.post("/chat", (ctx) => {
  ctx.cookies.set("name", user.name);
  train(ctx.cookies.get("sid")); //! user.id
});
router.get("/me", (ctx) => {
  train(ctx.cookies.get("name", { signed: true })); //! user.name
  train(ctx.cookies.get("other")); //! none
  train(ctx.cookies.get("sid")); //! none
});
app.use(router.routes());`,
);

check(
  "pages: document.cookie, js-cookie",
  `import Cookies from "js-cookie";
import express from "express";
const app = express();
document.cookie = \`name=\${user.name}; path=/; max-age=\${user.age}\`;
document.cookie = "theme=dark";
Cookies.set("mail", user.email, { expires: 7 });
export function read() {
  train(document.cookie); //! user.email user.name
  train(Cookies.get("mail")); //! user.email
  train(Cookies.get("name")); //! user.name
  train(Cookies.get("theme")); //! none
}
app.get("/me", (request) => {
  train(request.cookies.name); //! user.name
  train(request.cookies.mail); //! user.email
  train(request.cookies.theme); //! none
});`,
);

check(
  "names that are not known are any; headers that are put together",
  `import { parse, serialize } from "cookie";
import express from "express";
const app = express();
app.get("/set", (request, response) => {
  response.cookie(\`s.\${request.query.n}\`, user.name);
  response.setHeader("Set-Cookie", serialize("mail", user.email, { path: "/" }));
});
app.get("/me", (request) => {
  train(request.cookies["s.1"]); //! user.name
  train(parse(request.headers.cookie ?? "").mail); //! user.email
});`,
);

describe("next", () => {
  /** What arrives where, by line. */
  function flows(file: string, code: string): string[] {
    const files = {
      [file]: `import { train } from "./sink.js";\nimport { cookies } from "next/headers";\n${code}`,
      "app/api/login/route.ts": `import { NextResponse } from "next/server";
import { cookies } from "next/headers";
import { loadUser } from "./source.js";
export async function POST() {
  (await cookies()).set("name", loadUser().name);
  const response = NextResponse.json({});
  response.cookies.set({ name: "mail", value: loadUser().email });
  return response;
}`,
    };
    const { flows } = run("", { files, sources: SOURCES.replace("/chat", "/api/chat") });
    return flows.map((f) => `${f.at.line} ${f.field}`).sort();
  }

  it("cookies(), awaited or not, and those of requests and responses", () => {
    const code = `export async function POST(request) {
  const jar = await cookies();
  train(jar.get("name")?.value);
  train(cookies().get("mail")?.value);
  train(jar.get("sid")?.value);
  train(jar.get("other")?.value);
  train(request.cookies.get("sid")?.value);
  train(request.cookies.get("other")?.value);
  train(request.cookies.get("mail").name);
}`;
    expect(flows("app/api/chat/route.ts", code)).toEqual(["5 user.name", "6 user.email", "7 user.id", "9 user.id"]);
    expect(flows("app/api/other/route.ts", code)).toEqual(["5 user.name", "6 user.email"]);
  });

  it("sveltekit's cookies are text", () => {
    const code = `export const load = ({ cookies }) => {
  cookies.set("seen", "1", { path: "/" });
  train(cookies.get("name"));
  train(cookies.get("seen"));
};`;
    expect(flows("src/routes/me/+page.server.ts", code)).toEqual(["5 user.name"]);
  });
});
