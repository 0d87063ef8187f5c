/**
 * Draws one finding of the example app as `docs/finding.svg`: the pretty report as the built CLI prints it, in colour, as a card.
 * The same report gives the same bytes. With arguments, another finding: `npm run picture -- minimization user.email fine-tune-upload`.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const [rule = "limitation", field = "user.email", sink = "fine-tune-upload"] = process.argv.slice(2);
const COMMAND = "purpose-lint check fixtures/app";

const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/src/cli/bin.js", "check", "fixtures/app", "--color"], {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
});
if (status !== 0 && status !== 1) process.stderr.write(stderr);

const finding = stdout.split("\n\n").find((block) => {
  const [head, ...rest] = stripVTControlCharacters(block).trim().split("\n");
  const text = rest.join(" ");
  return head.split(/\s+/)[1] === rule && text.includes(`${field} `) && text.includes(sink);
});
if (finding === undefined) {
  console.error(`the example app has no finding ${rule} ${field} -> ${sink}`);
  process.exit(1);
}

/** One line as runs of one style: `{column, text, style}`. Only the codes of src/report/paint.ts occur. */
const ON = { 1: "bold", 2: "dim", 31: "red", 32: "green", 33: "yellow", 34: "blue", 36: "cyan" };
function runs(line) {
  const styles = new Set();
  const out = [];
  let column = 0;
  for (const part of line.split(/(\u001b\[\d+m)/)) {
    const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
    if (code === undefined) {
      // Runs end at gaps, so that a font of another width cannot shift what stands behind them.
      for (const { 0: text, index } of part.matchAll(/\S+(?: \S+)*/g))
        out.push({ column: column + index, text, style: [...styles].join(" ") });
      column += part.length;
    } else if (ON[code] !== undefined) styles.add(ON[code]);
    else if (code === "22") for (const weight of ["bold", "dim"]) styles.delete(weight);
    else for (const colour of ["red", "green", "yellow", "blue", "cyan"]) styles.delete(colour);
  }
  return out;
}

const SIZE = 13;
const COLUMN = 7.8;
const LINE = 19;
const PADDING = 20;
const lines = [`\u001b[2m$\u001b[22m \u001b[1m${COMMAND}\u001b[22m`, "", ...finding.replace(/^\n+|\n+$/g, "").split("\n")];
const columns = Math.max(...lines.map((line) => stripVTControlCharacters(line).length));
const width = Math.ceil(columns * COLUMN + 2 * PADDING);
const height = lines.length * LINE + 2 * PADDING;

const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const round = (x) => Math.round(x * 10) / 10;
const texts = lines.flatMap((line, row) =>
  runs(line).map(({ column, text, style }) => {
    const at = `x="${round(PADDING + column * COLUMN)}" y="${PADDING + row * LINE + SIZE}" textLength="${round(text.length * COLUMN)}"`;
    return `  <text ${at}${style === "" ? "" : ` class="${style}"`}>${escape(text)}</text>`;
  }),
);

// The card brings its own ground; dark where the reader's system is.
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
  <title id="title">${escape(`${COMMAND}: ${rule}, ${field} reaches ${sink}`)}</title>
  <style>
    rect { fill: #ffffff; stroke: #d1d9e0; }
    text { fill: #1f2328; font: ${SIZE}px ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; }
    .bold { font-weight: 600; }
    .dim { fill: #59636e; }
    .red { fill: #cf222e; }
    .yellow { fill: #9a6700; }
    .green { fill: #1a7f37; }
    .blue { fill: #0969da; }
    .cyan { fill: #1b7c83; }
    @media (prefers-color-scheme: dark) {
      rect { fill: #0d1117; stroke: #3d444d; }
      text { fill: #f0f6fc; }
      .dim { fill: #9198a1; }
      .red { fill: #ff7b72; }
      .yellow { fill: #d29922; }
      .green { fill: #3fb950; }
      .blue { fill: #58a6ff; }
      .cyan { fill: #56d4dd; }
    }
  </style>
  <rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${texts.join("\n")}
</svg>
`;
writeFileSync(new URL("../docs/finding.svg", import.meta.url), svg);
console.log(`docs/finding.svg: ${rule} ${field} -> ${sink}, ${lines.length} lines, ${columns} columns`);
