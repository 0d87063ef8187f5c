/** Libraries that set and read cookies: the one has what the other has set under the same name. */
import { check } from "./check.js";

check(
  "js-cookie, cookies-next, universal-cookie",
  `import Cookies from "js-cookie";
import { getCookie, setCookie } from "cookies-next";
import Universal from "universal-cookie";
const user = loadUser();
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
