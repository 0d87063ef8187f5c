import { check } from "./check.js";

check(
  "identifiers: random ones say nothing, those of a name are its hash",
  `import { v4 as uuid, v5, validate } from "uuid";
import { nanoid, customAlphabet } from "nanoid";
import { createId } from "@paralleldrive/cuid2";
train(uuid()); //! none
train(nanoid(user.age)); //! none
train(v5(user.id, "ns")); //! user.id
train(validate(user.id)); //! none
train(createId()); //! none
train(customAlphabet(user.name)()); //! none`,
);

check(
  "slugs, cases, entities",
  `import slugify from "slugify";
import he from "he";
import { camelCase } from "change-case";
import escapeHtml from "escape-html";
train(slugify(user.name, { lower: true })); //! user.name
train(he.encode(user.email).length); //! none
train(he.decode(user.email)); //! user.email
train(camelCase("x")); //! none
train(escapeHtml(user.prompt).trim()); //! user.prompt`,
);

check(
  "colours",
  `import chalk from "chalk";
import pc from "picocolors";
train(chalk.red(user.name)); //! user.name
train(chalk.red.bold("x", user.id)); //! user.id
train(pc.green("x")); //! none`,
);

check(
  "validator: an answer is no text",
  `import validator from "validator";
import isEmail from "validator/lib/isEmail";
train(validator.isEmail(user.email)); //! none
train(isEmail(user.email)); //! none
train(validator.normalizeEmail(user.email)); //! user.email
train(validator.toInt(user.id)); //! user.id
train(validator.toDate(user.name).getTime()); //! user.name`,
);

check(
  "markup",
  `import { marked, Marked } from "marked";
import MarkdownIt from "markdown-it";
import TurndownService from "turndown";
import sanitize from "sanitize-html";
import DOMPurify from "dompurify";
train(marked.parse(user.prompt)); //! user.prompt
train(marked(user.prompt)); //! user.prompt
train(new Marked().use({}).parse(user.name)); //! user.name
const md = new MarkdownIt({ html: true }).use({});
train(md.render(user.prompt)); //! user.prompt
train(md.render("x")); //! none
train(new TurndownService().turndown(user.email)); //! user.email
train(sanitize(user.name, { allowedTags: [] })); //! user.name
train(DOMPurify.sanitize("x")); //! none
train(DOMPurify.sanitize(user.id)); //! user.id`,
);

check(
  "templates: what is in them, and what is put in",
  `import Handlebars from "handlebars";
import Mustache from "mustache";
import ejs from "ejs";
const letter = Handlebars.compile("Dear {{name}}");
train(letter({ name: user.name })); //! user.name
train(letter({ name: "x" })); //! none
train(Handlebars.compile(user.prompt)({})); //! user.prompt
train(Mustache.render("{{x}}", { x: user.id })); //! user.id
train(ejs.render("<%= x %>", { x: user.email })); //! user.email
train(ejs.compile("x")({})); //! none
async function main() {
  train(await ejs.renderFile("letter.ejs", { x: user.name })); //! user.name
}
void main();`,
);

check(
  "texts of data: parsed again, fields are apart",
  `import stringify from "fast-json-stable-stringify";
import superjson from "superjson";
import * as devalue from "devalue";
import YAML from "yaml";
import { dump, load } from "js-yaml";
import qs from "qs";
train(stringify({ id: user.id, n: 1 })); //! user.id
train(JSON.parse(stringify({ id: user.id, email: user.email })).id); //! user.id
train(superjson.parse(superjson.stringify({ id: user.id, email: user.email })).email); //! user.email
train(superjson.deserialize(superjson.serialize({ id: user.id, email: user.email })).id); //! user.id
train(devalue.parse(devalue.stringify({ id: user.id, n: 1 })).n); //! none
train(YAML.parse(YAML.stringify({ id: user.id, email: user.email })).id); //! user.id
train((load(dump({ id: user.id, email: user.email })) as any).email); //! user.email
train(qs.stringify({ id: user.id })); //! user.id
train(qs.parse(qs.stringify({ id: user.id, email: user.email })).email); //! user.email`,
);

check(
  "tables",
  `import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import Papa from "papaparse";
train(stringify([{ id: user.id }])); //! user.id
train(parse(user.prompt)[0][0]); //! user.prompt
train(parse("a,b")[0][0]); //! none
train(Papa.unparse([[user.id]])); //! user.id
train(Papa.parse(user.prompt).data[0]); //! user.prompt
train(Papa.parse(user.prompt).errors); //! none
Papa.parse(user.email, { complete: (done) => {
  train(done.data); //! user.email
} });`,
);

check(
  "tokens: a text in numbers, and how many there are",
  `import { getEncoding } from "js-tiktoken";
import { encode, decode, countTokens } from "gpt-tokenizer";
const enc = getEncoding("cl100k_base");
train(enc.encode(user.prompt)); //! user.prompt
train(enc.encode(user.prompt).length); //! none
train(decode(encode(user.prompt))); //! user.prompt
train(countTokens(user.prompt)); //! none`,
);

check(
  "tokens of the web can be read",
  `import jwt from "jsonwebtoken";
train(jwt.sign({ sub: user.id }, "secret")); //! user.id
train(jwt.sign({ sub: "x" }, user.email)); //! none
train((jwt.verify(user.prompt, "secret") as any).sub); //! user.prompt
jwt.sign({ sub: user.id }, "secret", {}, (error, token) => {
  train(token); //! user.id
});`,
);

check(
  "hashes and ciphers",
  `import bcrypt from "bcrypt";
import argon2 from "argon2";
import CryptoJS from "crypto-js";
import sha256 from "crypto-js/sha256";
import md5 from "md5";
import { sha512 } from "js-sha512";
import hash from "object-hash";
async function main() {
  train(await bcrypt.hash(user.email, 10)); //! user.email
  train(await bcrypt.compare(user.email, "hash")); //! none
  train(await argon2.hash(user.name)); //! user.name
  train(bcrypt.hashSync("x", 10)); //! none
}
void main();
train(CryptoJS.SHA256(user.id).toString()); //! user.id
train(sha256(user.id).toString()); //! user.id
train([md5(user.email), md5("x").length]); //! user.email
train(sha512(user.name)); //! user.name
train(hash({ who: user.id, n: user.name.length })); //! user.id
train(CryptoJS.AES.encrypt("x", user.id)); //! none
train(CryptoJS.AES.decrypt(user.prompt, "k").toString(CryptoJS.enc.Utf8)); //! user.prompt`,
);

check(
  "what redacts leaves something of the person",
  `import { AsyncRedactor, SyncRedactor } from "redact-pii";
import { createAnonymizer } from "langsmith/anonymizer";
train(new SyncRedactor().redact(user.prompt)); //! user.prompt
train(await new AsyncRedactor().redactAsync(user.name)); //! user.name
train(new SyncRedactor({ globalReplaceWith: "x" }).redact("plain")); //! none
const mask = createAnonymizer([{ pattern: /\\d+/, replace: "#" }]);
train(mask({ text: user.email, n: 1 }).text); //! user.email
train(mask({ text: user.email, n: 1 }).n); //! none`,
);
