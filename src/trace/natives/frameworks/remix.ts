/** Remix and React Router: `loader` and `action` of the files in `app/routes`, whose names spell the address. */
import { setSlot } from "../../domain/heap.js";
import { ofRef, type Value } from "../../domain/value.js";
import { make } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import { below, type FileHandler, type FileRoutes, type Incoming } from "./file-handlers.js";
import { webRequest } from "./web-request.js";

/** `api.users.$id` as `/api/users/:id`; `_layout` and `(optional)` parts are no part of an address, `[.]` is a dot. */
const dotted = (name: string): string =>
  `/${name
    .replace(/\[\.\]/g, "\0")
    .split(/[./]/)
    .filter((part) => part !== "" && part !== "route" && part !== "index" && !/^_|^\(.*\)$/.test(part))
    .map((part) => part.replace(/^\$$/, ":rest").replace(/^\$/, ":").replace(/_$/, "").replaceAll("\0", "."))
    .join("/")}`;

function argument({ m, request, method, urls, where, site }: Incoming): readonly Value[] {
  const made = make(m, "object", `${where}:argument`);
  setSlot(m.heap, made, "request", webRequest(m, request, method, urls, site));
  setSlot(m.heap, made, "params", getNamed(m, request, "params", site));
  setSlot(m.heap, made, "context", unknown(m, `${where}:context`));
  return [ofRef(made.id)];
}

/** The addresses of a file's route; none where it is no route's. */
export const remixUrls = (path: string): readonly string[] =>
  below(path, "app/routes").flatMap((rest) => (/\.[jt]sx?$/.test(rest) ? [dotted(rest.replace(/\.[jt]sx?$/, ""))] : []));

export const remix: FileRoutes = (path, exports) => {
  const urls = remixUrls(path);
  if (urls.length === 0) return [];
  const handler = (method: string, name: string): FileHandler => ({ method, urls, path: [name], answers: true, args: argument });
  return [
    ...(exports.includes("loader") ? [handler("GET", "loader")] : []),
    ...(exports.includes("action") ? [handler("ALL", "action")] : []),
  ];
};
