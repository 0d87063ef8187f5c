/** Indents a program's lines by the brackets that are open. */
export function layOut(parts: readonly string[]): string {
  let depth = 0;
  const lines = parts
    .flatMap((part) => part.split("\n"))
    .map((line) => {
      const closing = /^[)}\]]*/u.exec(line)![0].length;
      const indent = "  ".repeat(Math.max(0, depth - Math.min(closing, 1)));
      for (const c of line) depth += c === "{" ? 1 : c === "}" ? -1 : 0;
      return line === "" ? line : indent + line;
    });
  return `${lines.join("\n")}\n`;
}
