/**
 * Locators: `<module>:<export>.<member>` names a declaration. The module is a package (`openai`, `@scope/pkg/sub`, `node:fs`), a path
 * relative to the manifest with forward slashes (`./src/chat.ts`; `*`, `**`, `?` and `{a,b}` are globs), or `global`.
 * Brackets and parentheses in a path are themselves, not globs: frameworks name files `[id].ts` and folders `(group)`.
 */
import path from "node:path";
import type { Locator } from "./model.js";
import { failed, parsed, type Parsed } from "./parsed.js";

const PACKAGE = /^(?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*(?:\/[^\s:]+)?$/;
const MEMBER = /^[^\s.:*()[\]]+$/;
const EXAMPLE = "write `./src/chat.ts:loadChat`, `openai:OpenAI.files.create` or `global:fetch`";

/**
 * Reads a locator. `folder` is the manifest's, absolute with forward slashes: relative modules are resolved against it.
 * Whether the declaration exists is for the linker to say.
 */
export function parseLocator(text: string, folder: string): Parsed<Locator> {
  const colon = text.lastIndexOf(":");
  const written = text.slice(0, Math.max(colon, 0));
  const members = text.slice(colon + 1);
  // `C:\app\chat.ts` and `node:fs` have a colon, and no export behind it.
  const isModuleAlone = (/^[A-Za-z]$/.test(written) && /^[\\/]/.test(members)) || written === "node";
  if (colon < 0 || isModuleAlone) return failed(`\`${text}\` names no declaration`, `add the export behind a colon: \`${text}:name\``);
  if (written === "") return failed(`\`${text}\` names no module`, EXAMPLE);
  const exports = parseMembers(text, members);
  if (!exports.ok) return exports;
  const module = parseModule(text, written, folder);
  return module.ok ? parsed({ text, module: module.value, path: exports.value }) : module;
}

/** The text of a locator: parsing it gives the same module and path. */
export function printLocator({ module, path: members }: Pick<Locator, "module" | "path">): string {
  switch (module.kind) {
    case "package":
      return `${module.name}:${members.join(".")}`;
    case "file":
      return `${module.written}:${members.join(".")}`;
    case "global":
      return `global:${members.join(".")}`;
  }
}

function parseMembers(text: string, written: string): Parsed<readonly string[]> {
  if (written === "*") return parsed(["*"]);
  if (written === "") return failed(`\`${text}\` names no export`, `add it behind the colon, or \`*\` for everything in the module`);
  const members = written.split(".");
  if (members.every((member) => MEMBER.test(member))) return parsed(members);
  if (/\(.*\)$/.test(written)) return failed(`\`${text}\` is a call, not a name`, `write \`${text.replace(/\(.*\)$/, "")}\``);
  if (written.includes("*"))
    return failed(`\`${text}\` has \`*\` inside a path`, "write `*` alone for everything in the module, or name the member");
  return failed(`\`${written}\` is no path of an export and its members`, EXAMPLE);
}

function parseModule(text: string, written: string, folder: string): Parsed<Locator["module"]> {
  if (written === "global") return parsed({ kind: "global" });
  const file = slashes(written);
  if (/^(?:\.{1,2}\/|\/|[A-Za-z]:\/)/.test(file)) return parsed({ kind: "file", glob: resolveGlob(file, folder), written: file });
  const name = written.replace(/^node:/, "");
  if (/^(?:@|~)?\/|^#/.test(written)) {
    return failed(
      `\`${written}\` is an alias, which only its own tsconfig or package knows`,
      "write the file's path relative to the manifest: `./…`",
    );
  }
  if (/\.[cm]?tsx?$/.test(name) || /[*?{}\\]/.test(name)) {
    return failed(`\`${written}\` is no package`, `if it is a file, begin with \`./\`: \`./${slashes(text)}\``);
  }
  return PACKAGE.test(name) ? parsed({ kind: "package", name }) : failed(`\`${written}\` is no package, path or \`global\``, EXAMPLE);
}

/** A path with globs, made absolute: what is literal in it, and all of the folder, is escaped. */
export function resolveGlob(written: string, folder: string): string {
  const literal = written.replaceAll(/[[\]()]/g, "\\$&");
  if (!written.startsWith(".")) return literal;
  return path.posix.join(folder.replaceAll(/[[\](){}*?!+@\\]/g, "\\$&"), literal);
}

/** `.\src\chat.ts` as people on Windows write it. A package name has no backslash, so nothing else can be meant. */
function slashes(written: string): string {
  return /^(?:\.{1,2}|[A-Za-z]:)\\/.test(written) ? written.replaceAll("\\", "/") : written;
}
