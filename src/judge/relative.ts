/**
 * `file` relative to `root`, both absolute with forward slashes. Not `path.relative`: that asks for the working directory
 * and follows the machine's own separator, and the result has to be the same everywhere.
 */
export function relativeTo(root: string, file: string): string {
  if (!isAbsolute(file)) return file;
  const from = segments(root);
  const to = segments(file);
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  if (shared === 0 && from[0] !== to[0] && /^[A-Za-z]:$/.test(to[0] ?? "")) return file; // another drive
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}

function isAbsolute(file: string): boolean {
  return file.startsWith("/") || /^[A-Za-z]:\//.test(file);
}

function segments(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}
