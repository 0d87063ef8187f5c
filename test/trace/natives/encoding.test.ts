import { check } from "./check.js";

check(
  "encodings keep what they encode",
  `const u = loadUser();
train(Buffer.from(u.email).toString("base64")); //! user.email
train(btoa(u.email)); //! user.email
train(atob(btoa(u.name))); //! user.name
train(encodeURIComponent(u.prompt)); //! user.prompt
train(new TextEncoder().encode(u.email)); //! user.email
train(new TextDecoder().decode(new TextEncoder().encode(u.email))); //! user.email
train(Buffer.from(u.email).length); //! none
train(Buffer.byteLength(u.email)); //! none
train(Buffer.from(u.email)[0]); //! user.email
train(Buffer.concat([Buffer.from(u.email), Buffer.from(u.name)]).toString("hex")); //! user.email user.name
train(Buffer.from(u.email).equals(Buffer.from("x"))); //! none
train(Buffer.alloc(16)); //! none
const b = Buffer.alloc(64);
b.write(u.name);
train(b); //! user.name
train([...Buffer.from(u.id)]); //! user.id
train(Buffer.from("id").toString() === "id" ? u.id : u.name); //! user.id
`,
);

check(
  "structure survives bytes and back",
  `const u = loadUser();
const wire = Buffer.from(JSON.stringify({ id: u.id, email: u.email })).toString("base64url");
const back = JSON.parse(Buffer.from(wire, "base64url").toString("utf8"));
train(back.id); //! user.id
train(back.email); //! user.email
train(wire); //! user.email user.id
const bytes = new TextEncoder().encode(JSON.stringify({ name: u.name, age: u.age }));
train(JSON.parse(new TextDecoder().decode(bytes)).name); //! user.name
train(JSON.parse(decodeURIComponent(encodeURIComponent(JSON.stringify({ a: u.id, b: u.name })))).b); //! user.name
`,
);

check(
  "blobs and files",
  `const u = loadUser();
async function main() {
  const blob = new Blob([JSON.stringify({ id: u.id, email: u.email }), "\\n"], { type: "application/json" });
  train(await blob.text()); //! user.email user.id
  train(JSON.parse(await blob.text()).id); //! user.id
  train(blob.size, blob.type); //! none
  const file = new File([u.prompt], u.name + ".txt");
  train(file.name); //! user.name
  train(await file.text()); //! user.prompt
  train(new Uint8Array(await blob.arrayBuffer())); //! user.email user.id
}
void main();
`,
);

check(
  "dates, numbers, formats",
  `const u = loadUser();
const born = new Date(u.age);
train(born); //! user.age
train(born.toISOString()); //! user.age
train(born.getTime()); //! user.age
train(born.getFullYear() > 1990); //! none
train(JSON.stringify({ born })); //! user.age
train(new Date().toISOString()); //! none
train(Date.now()); //! none
const reset = new Date(u.age);
reset.setTime(0);
train(reset.getTime(), reset.toISOString()); //! none
const parts = new Date(u.age);
parts.setHours(0);
train(parts.getTime()); //! user.age
parts.setTime(new Date(2020, 0, u.name.length).getTime());
train(parts.getTime()); //! none
train(Math.max(u.age, 3)); //! user.age
train(Math.round(u.age / 10) * 10); //! user.age
train(Math.random()); //! none
train(Math.max(2, 3) === 3 ? u.id : u.name); //! user.id
train(new Intl.NumberFormat("en").format(u.age)); //! user.age
train(new Intl.Collator("en").compare(u.name, u.email)); //! none
`,
);

check(
  "numbers in bytes, and views of one buffer",
  `const u = loadUser();
const view = new DataView(new ArrayBuffer(8));
view.setFloat64(0, u.age);
train(view.getFloat64(0)); //! user.age
const buf = Buffer.alloc(8);
buf.writeDoubleBE(u.age);
train(buf.readDoubleBE(0)); //! user.age
train(Buffer.alloc(8).readDoubleBE(0), buf.length, buf.writeDoubleBE(u.age)); //! none
const shared = new ArrayBuffer(8);
new Float64Array(shared)[0] = u.age;
train(new Float64Array(shared)[0]); //! user.age
train(new DataView(shared).getFloat64(0, true)); //! user.age
const filled = new ArrayBuffer(8);
const one = new Float64Array(filled), other = new Uint8Array(filled);
one.fill(u.age);
train(other[0]); //! user.age
other.fill(0);
train(one[0]); //! none
const bytes = new Uint8Array([u.age]);
const copy = new Uint8Array(bytes);
copy.fill(0);
train(copy[0]); //! none
train(bytes[0]); //! user.age
train(new DataView(bytes.buffer, bytes.byteOffset).getUint8(0)); //! user.age
train(bytes.at(0)); //! user.age
const sized = new Float64Array(u.tags.length);
train(sized[0]); //! none
`,
);

check(
  "a stream is no bytes, and spells nothing out: what it gives does",
  `import { Readable } from "node:stream";
const user = loadUser();
const stream = Readable.from([user.email]);
train(String(stream)); //! none
train(stream.toString()); //! none
train(\`\${stream}\`); //! none
train(Buffer.isBuffer(stream) ? stream : ""); //! none
train(ArrayBuffer.isView(stream) ? stream : ""); //! none
train(Buffer.isBuffer([user.id]) ? user.id : ""); //! none
const some: unknown = Math.random() > 0.5 ? Buffer.from(user.id) : stream;
if (Buffer.isBuffer(some)) train(some.toString()); //! user.id
for await (const chunk of stream) train(chunk); //! user.email`,
);
