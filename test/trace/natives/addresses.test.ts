import { check } from "./check.js";

check(
  "queries, forms and headers keep their keys apart",
  `
const u = loadUser();
const q = new URLSearchParams();
for (const [k, v] of Object.entries({ id: u.id, lang: "en" })) q.append(k, v);
train(q.get("id")); //! user.id
train(q.get("lang")); //! none
for (const [k, v] of q) train(k); //! none
for (const [k, v] of new URLSearchParams({ e: u.email })) train(v); //! user.email
train([...q.values()]); //! user.id
const link = new URL("/cb", "https://a.test");
link.search = new URLSearchParams({ mail: u.email }).toString();
train(link.toString()); //! user.email
train(link.host, link.origin); //! none
const back = new URL(link.href);
train(back.searchParams.get("mail")); //! user.email
train(back.searchParams.get("other")); //! none
train(JSON.stringify({ link })); //! user.email
const fd = new FormData();
fd.set("file", new Blob([u.prompt]), "p.txt");
fd.set("who", u.name);
void (async () => {
  train(await (fd.get("file") as Blob).text()); //! user.prompt
  train([...fd.entries()].length); //! none
  for (const [k, v] of fd) train(v); //! user.name user.prompt
  const r = new Response(fd);
  train((await r.formData()).get("who")); //! user.name
  const req = new Request("https://a.test/?q=" + u.id, { headers: { authorization: u.email } });
  train(req.url); //! user.id
  train(new URL(req.url).searchParams.get("q")); //! user.id
  train(req.headers.get("authorization")); //! user.email
  train(req.headers.get("accept")); //! none
})();
`,
);
