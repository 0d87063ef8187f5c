/** Libraries that set and read cookies: the one has what the other has set under the same name. */
import { check } from "./check.js";

check(
  "js-cookie, cookies-next, universal-cookie",
  `import Cookies from "js-cookie";
import { getCookie, setCookie } from "cookies-next";
import Universal from "universal-cookie";
const jar = new Universal();
Cookies.set("mail", user.email, { expires: 7 });
Cookies.set("size", String(user.email.length));
setCookie("name", user.name);
jar.set("said", user.prompt, { path: "/" });
export function read() {
  train(Cookies.get("mail")); //! user.email
  train(Cookies.get("name")); //! user.name
  train(Cookies.get("size")); //! none
  train(getCookie("said")); //! user.prompt
  train(getCookie("other")); //! none
  train(jar.get("mail")); //! user.email
}`,
);

check(
  "Remix: cookies and sessions by name",
  `import { createCookie, createCookieSessionStorage } from "@remix-run/node";
const prefs = createCookie("prefs", { maxAge: 1 });
const other = createCookie("other");
const { getSession, commitSession } = createCookieSessionStorage({ cookie: { name: "s" } });
export async function write(request) {
  const session = await getSession(request.headers.get("Cookie"));
  session.set("mail", user.email);
  session.flash("size", user.email.length);
  return [await commitSession(session), await prefs.serialize({ name: user.name, n: 1 })];
}
export async function read(request) {
  const session = await getSession(request.headers.get("Cookie"));
  train(session.get("mail")); //! user.email
  train(session.get("size")); //! none
  train((await prefs.parse(request.headers.get("Cookie"))).name); //! user.name
  train((await prefs.parse(request.headers.get("Cookie"))).n); //! none
  train(await other.parse(request.headers.get("Cookie"))); //! none
}`,
);
