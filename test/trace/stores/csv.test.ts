/** Tables as text, column by column. */
import { writtenAndRead } from "./written-and-read.js";

writtenAndRead(
  "csv stringify sync",
  {
    "write.ts": `import { stringify } from "csv-stringify/sync";
import fs from "node:fs";
const user = loadUser();
fs.writeFileSync("out.csv", stringify([{ prompt: user.prompt, kind: "chat" }], { header: true }));`,
  },
  `import { parse } from "csv-parse/sync";
import fs from "node:fs";
const rows = parse(fs.readFileSync("out.csv", "utf8"), { columns: true });
train(rows[0].prompt); //! user.prompt
train(rows.length); //! none
train(rows[0].kind); //! none`,
);

writtenAndRead(
  "csv stringify callback",
  {
    "write.ts": `import { stringify } from "csv-stringify";
import fs from "node:fs";
const user = loadUser();
stringify([{ prompt: user.prompt, kind: "chat" }], { header: true }, (err, output) => {
  fs.writeFileSync("out.csv", output);
});`,
  },
  `import { parse } from "csv-parse";
import fs from "node:fs";
parse(fs.readFileSync("out.csv"), { columns: true }, (err, rows) => {
  train(rows[0].prompt); //! user.prompt
  train(rows.length); //! none
});`,
);

writtenAndRead(
  "csv stringify stream",
  {
    "write.ts": `import { stringify } from "csv-stringify";
import { createWriteStream } from "node:fs";
const user = loadUser();
const stringifier = stringify({ header: true, columns: ["prompt", "kind"] });
stringifier.pipe(createWriteStream("out.csv"));
stringifier.write({ prompt: user.prompt, kind: "chat" });
stringifier.end();`,
  },
  `import { parse } from "csv-parse";
import { createReadStream } from "node:fs";
const parser = createReadStream("out.csv").pipe(parse({ columns: true }));
for await (const record of parser) {
  train(record.prompt); //! user.prompt
}`,
);

writtenAndRead(
  "csv parse events",
  {
    "write.ts": `import { stringify } from "csv-stringify";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
const user = loadUser();
await pipeline(Readable.from([{ prompt: user.prompt, kind: "chat" }]), stringify({ header: true }), createWriteStream("out.csv"));`,
  },
  `import { parse } from "csv-parse";
import { createReadStream } from "node:fs";
const parser = parse({ delimiter: "," });
parser.on("readable", () => {
  let record;
  while ((record = parser.read()) !== null) {
    train(record[0]); //! user.prompt
  }
});
parser.on("error", (err) => console.error(err.message));
parser.on("end", () => {});
createReadStream("out.csv").pipe(parser);`,
);

writtenAndRead(
  "fast csv",
  {
    "write.ts": `import * as csv from "fast-csv";
import fs from "node:fs";
const user = loadUser();
const stream = csv.format({ headers: true });
stream.pipe(fs.createWriteStream("out.csv"));
stream.write({ prompt: user.prompt, kind: "chat" });
stream.end();`,
  },
  `import * as csv from "fast-csv";
import fs from "node:fs";
fs.createReadStream("out.csv")
  .pipe(csv.parse({ headers: true }))
  .on("data", (row) => {
    train(row.prompt); //! user.prompt
  })
  .on("end", (n: number) => train(n)); //! none`,
);

writtenAndRead(
  "csv parser",
  {
    "write.ts": `import { createObjectCsvWriter } from "csv-writer";
const user = loadUser();
const writer = createObjectCsvWriter({ path: "out.csv", header: [{ id: "prompt", title: "Prompt" }, { id: "kind", title: "Kind" }] });
await writer.writeRecords([{ prompt: user.prompt, kind: "chat" }]);`,
  },
  `import csv from "csv-parser";
import fs from "node:fs";
const rows: any[] = [];
fs.createReadStream("out.csv").pipe(csv()).on("data", (d) => rows.push(d)).on("end", () => {
  train(rows.map((r) => r.Prompt)); //! user.prompt
  train(rows.length); //! none
});`,
);
