/** With what a program begins: code that nothing calls runs by itself, or is there for others, or nobody can reach it. */
import path from "node:path";
import type { FunctionFacts } from "../../facts/ir.js";
import type { LinkedFile } from "../../link/modules.js";
import type { Machine } from "../machine/machine.js";

/** `offered`: exported by a module, and nothing of the program as much as mentions it. */
export type Beginning = "runs" | "offered" | "dead";

/** Names and folders by which platforms and tools begin: functions of a cloud, commands, jobs, pages, what an editor activates. */
const NAMES =
  /^(?:handler|main|run|start|init|setup|register|activate|deactivate|default|up|down|loader|action|[A-Z]+|[A-Z].*|get(?:Server|Static).*|on[A-Z].*|handle[A-Z]?.*|use[A-Z].*)$/;
const FOLDERS =
  /(?:^|\/)(?:functions?|lambdas?|handlers?|commands?|cmds?|jobs?|cron|tasks?|workers?|scripts?|bin|cli|migrations|consumers?)(?:\/|\.[cm]?[jt]sx?$)/i;
/** Of which the code is not read. */
const UNREAD = [".vue", ".svelte", ".astro", ".html", "serverless.yml", "serverless.yaml", "template.yaml", "template.yml"];

export function beginningOf(m: Machine, file: LinkedFile, fn: FunctionFacts): Beginning {
  const { facts } = file;
  const { name, parent, kind, at, end } = fn;
  const isPlain = kind === "function" || kind === "arrow" || kind === "method";
  if (facts.format === "script" || parent !== 0 || !isPlain || !/^[\w$]+$/.test(name)) return "runs";
  const text = textOf(m, file.path) ?? name;
  const before = text.slice(0, at);
  const isExported =
    facts.exports.some((e) => e.k === "local" && e.slot === name) ||
    /\bexport\s+(?:default\s+)?(?:async\s+)?$/.test(before) ||
    text.startsWith("export", at);
  if (facts.exports.some((e) => e.k === "local" && e.slot === name && e.name === "default")) return "runs";
  if (mentions(`${before} ${text.slice(end)}`, name) > (kind === "arrow" ? 1 : 0)) return "runs";
  if (kind === "function" && !isExported) return "dead";
  if (kind === "arrow" && !isExported) return "runs";
  // What a decorator makes of a method, or of its class, nobody knows.
  if (kind === "method" && /(?:^|\n)\s*@\w/.test(text)) return "runs";
  const isOthers =
    NAMES.test(name) || FOLDERS.test(path.posix.relative(m.project.root, file.path)) || isLibrary(m) || isNamedElsewhere(m, file, name);
  return isOthers ? "runs" : "offered";
}

const textOf = (m: Machine, of: string): string | undefined => m.project.files.find(({ path: one }) => one === of)?.text();

const mentions = (text: string, name: string): number => (text.match(/[\w$]+/g) ?? []).filter((word) => word === name).length;

/** In another file, one that is read or a page of which only the text is. */
const isNamedElsewhere = (m: Machine, { path: own }: LinkedFile, name: string): boolean =>
  m.project.files.some((file) => file.path !== own && mentions(file.text(), name) > 0) ||
  UNREAD.some((ending) => (m.project.assets?.(ending) ?? []).some((one) => mentions(m.project.asset(one) ?? "", name) > 0));

/** A package says what it offers to others. */
function isLibrary(m: Machine): boolean {
  const text = m.project.asset(`${m.project.root}/package.json`);
  try {
    const said: unknown = text === undefined ? undefined : JSON.parse(text);
    return typeof said === "object" && said !== null && ["exports", "module", "types", "typings", "bin"].some((key) => key in said);
  } catch {
    return false;
  }
}
