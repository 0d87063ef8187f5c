import { expect, it } from "vitest";
import { annotated } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: POST /v1/chat, path: "body.messages[*].content" }
  - { field: user.name, route: "GET /users/:id", path: params.id }
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`import express, { Router } from "express";\nconst user = loadUser();\n${code}`, {
      sources: SOURCES,
    });
    expect(found).toEqual(expected);
  });
};

check(
  "handlers get the declared parts of their own address",
  `const app = express();
app.use(express.json());
app.post("/v1/chat", (req, res) => {
  train(req.body.messages[0].content); //! user.prompt
  train(req.body.messages[0].role); //! none
  train(req.query); //! none
  res.json({ ok: true });
});
app.post("/v1/other", (req, res) => {
  train(req.body.messages); //! none
});
app.get("/users/:id", async ({ params }, res) => {
  train(params); //! user.name
});
app.listen(3000);`,
);

check(
  "routers under prefixes, route(), lists of handlers",
  `const api = Router();
api.route("/chat").post([(req, res, next) => next()], (req, res) => {
  train(req.body); //! user.prompt
});
const unused = Router();
unused.post("/chat", (req, res) => {
  train(req.body); //! none
});
const app = express();
app.use("/v1", api);
app.use("/v2", unused);`,
);

check(
  "middleware in order: what it puts on the request and on locals",
  `const app = express();
app.use((req, res, next) => { req.account = { mail: user.email }; res.locals.who = user.id; next(); });
app.get("/a", (req, res) => {
  train(req.account.mail); //! user.email
  train(res.locals); //! user.id
});
app.get("/b", (req, res, next) => { delete req.account; next(); }, (req, res) => {
  train(req.account); //! none
});
app.get("/c", (req, res, next) => { next(new Error(user.prompt)); }, (req, res) => {
  train(res.locals); //! none
}, (err, req, res, next) => {
  train(err.message); //! user.prompt
});`,
);

check(
  "a request comes out of a router again, to what is mounted behind it",
  `const app = express();
function sessions() {
  const router = new Router();
  router.use((req, res, next) => { req.mail = user.email; next(); });
  router.get("/early", (req, res) => {
    train(req.mail); //! user.email
    train(req.late); //! none
  });
  return router;
}
app.get("/before", (req, res) => {
  train(req.mail); //! none
});
app.use(sessions());
app.use((req, res, next) => { req.late = user.id; next(); });
app.get("/after", (req, res) => {
  train(req.mail); //! user.email
  train(req.late); //! user.id
});`,
);

check(
  "routes that call next lead to those behind them that answer to the same",
  `const app = express();
app.all("*", (req, res, next) => { req.who = user.id; next(); });
app.get("/me", (req, res, next) => { req.loaded = user.email; next(); });
app.get("/me", (req, res) => {
  train(req.loaded); //! user.email
  train(req.who); //! user.id
});
app.post("/me", (req, res) => {
  train(req.loaded); //! none
  train(req.who); //! user.id
});
app.get("/me/too", (req, res) => {
  train(req.loaded); //! none
});`,
);

check(
  "what no route has answered comes to what is behind them",
  `const app = express();
const api = Router();
api.use((req, res, next) => { res.locals.who = user.id; next(); });
api.get("/known", (req, res) => { res.locals.said = user.email; res.json({}); });
app.use("/api", api);
app.use((req, res) => {
  train(res.locals.who); //! user.id
  train(res.locals.said); //! none
  train(req.body); //! none
  res.status(404).end();
});
app.use((error, req, res, next) => {
  train(error.message); //! none
});`,
);

check(
  "nothing comes behind what answers all",
  `const app = express();
app.use((req, res, next) => { res.locals.who = user.id; next(); });
app.get("/known", (req, res) => { res.json({}); });
app.use((req, res) => { res.locals.said = user.email; res.end(); });
app.use((req, res) => {
  train(res.locals.said); //! none
});`,
);
