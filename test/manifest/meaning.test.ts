/** What the parts of a manifest mean to each other. */
import { describe, expect, it } from "vitest";
import { fixes, right, TODAY, wrong } from "./make.js";

const BASE = `version: 1
purposes:
  deliver: { basis: contract }
  improve: { basis: legitimate-interest }
  train: { basis: consent, consent: training }
fields:
  user.email: { for: [deliver] }
  chat.prompt: { for: [deliver, train] }
  chat.meta.model: { for: [improve] }
consent:
  training: { mode: opt-in, check: "./a.ts:mayTrain" }
budgets:
  life: { epsilon: 8 }
stores:
  - { id: rows, prisma: Row }
`;

/** Below the 15 lines of the base. */
const below = (lines: string): string => BASE + lines;

describe("names that are not declared", () => {
  it.each([
    ["sources: [{ field: user.mail, returns: 'a:b' }]", "16:20 reference: unknown field `user.mail`", "did you mean `user.email`?"],
    ["sources: [{ field: order.total, returns: 'a:b' }]", "16:20 reference: unknown field `order.total`", "declare it under `fields`"],
    ["sinks: [{ id: a, purpose: trian, call: 'a:b' }]", "16:27 reference: unknown purpose `trian`", "did you mean `train`?"],
    [
      "sinks: [{ id: a, purpose: train, call: 'a:b', needs: [chat.prompt, chat.promt] }]",
      "16:68 reference: unknown field `chat.promt`",
      "did you mean `chat.prompt`?",
    ],
    ["sinks: [{ id: a, purpose: train, call: 'a:b', consumes: row }]", "16:57 reference: unknown store `row`", "did you mean `rows`?"],
    ["transforms: [{ call: 'a:b', yields: synthetic, budget: lief }]", "16:56 reference: unknown budget `lief`", "did you mean `life`?"],
    ["stores2:\n", "16:1 unknown-key: unknown key `stores2`", "did you mean `stores`?"],
  ])("%s", (line, problem, fix) => {
    expect(wrong(below(line))).toEqual([problem]);
    expect(fixes(below(line))).toEqual([fix]);
  });

  it("are found in purposes, fields, stores and assessments too", () => {
    expect(
      wrong(
        "version: 1\npurposes:\n  a: { parent: b, consent: c }\nfields:\n  f: { for: [a, d] }\nstores:\n  - { id: s, prisma: T, columns: { x: g } }\n",
      ),
    ).toEqual([
      "3:16 reference: unknown purpose `b`",
      "3:28 reference: unknown consent `c`",
      "5:17 reference: unknown purpose `d`",
      "7:39 reference: unknown field `g`",
    ]);
  });

  it("are no mistake in those that name an entry which is wrong in itself", () => {
    expect(wrong("version: 1\npurposes:\n  a: { basis: no }\nfields:\n  f: { for: [a] }\n")).toEqual([
      "3:15 value: unknown lawful basis `no`",
    ]);
  });
});

describe("patterns of fields", () => {
  const source = (field: string): string => below(`sources: [{ field: ${field}, returns: 'a:b' }]`);

  it("cover every field below, at any depth", () => {
    expect(right(source("chat.*")).sources[0]!.field).toBe("chat.*");
    expect(right(source("chat.meta.*")).sources[0]!.field).toBe("chat.meta.*");
  });

  it("must match a declared field", () => {
    expect(wrong(source("order.*"))).toEqual(["16:20 pattern: `order.*` matches no declared field"]);
    expect(wrong(source("chat.prompt.*"))).toEqual(["16:20 pattern: `chat.prompt.*` matches no declared field"]);
    expect(wrong(source("cha.*"))).toEqual(["16:20 pattern: `cha.*` matches no declared field"]);
  });

  it("end in their only asterisk", () => {
    expect(wrong(source("'*'"))).toEqual(['16:20 pattern: "*" is neither a field nor a pattern of fields']);
    expect(wrong(source("chat.*.model"))).toEqual(['16:20 pattern: "chat.*.model" is neither a field nor a pattern of fields']);
  });

  it("stand for their fields in what a sink needs", () => {
    expect(right(below("sinks: [{ id: a, purpose: deliver, call: 'a:b', needs: [chat.*, user.email] }]")).sinks[0]!.needs).toEqual([
      "chat.prompt",
      "chat.meta.model",
      "user.email",
    ]);
  });
});

describe("duplicates", () => {
  it.each([
    [
      "sinks:\n  - { id: a, purpose: train, call: 'a:b' }\n  - { id: a, purpose: train, call: 'a:c' }",
      "18:5 duplicate: the sink `a` is declared twice; first in line 17",
    ],
    [
      "sources:\n  - { field: chat.*, returns: 'a:b' }\n  - { field: chat.*, returns: 'a:b' }",
      "18:5 duplicate: this source of `chat.*` is declared twice; first in line 17",
    ],
    [
      "sources:\n  - { field: chat.*, call: 'node:fs:b', argument: 0 }\n  - { field: chat.*, call: 'fs:b', argument: '0' }",
      "18:5 duplicate: this source of `chat.*` is declared twice; first in line 17",
    ],
    [
      "transforms:\n  - { call: 'a:b', yields: synthetic }\n  - { call: 'a:b', yields: aggregated }",
      "18:5 duplicate: the transform `a:b` is declared twice; first in line 17",
    ],
    [
      "sinks: [{ id: a, purpose: train, call: 'a:b', needs: [chat.prompt, chat.prompt] }]",
      "16:68 duplicate: `chat.prompt` occurs twice in `needs`",
    ],
    ["extends: [purpose-lint/recommended, purpose-lint/recommended]", "16:37 duplicate: `purpose-lint/recommended` is extended twice"],
  ])("%s", (lines, problem) => {
    expect(wrong(below(lines))).toEqual([problem]);
  });

  it("of a store are told by its name", () => {
    expect(wrong("version: 1\nstores:\n  - { id: s, prisma: A }\n  - { id: s, prisma: B }\n")).toEqual([
      "4:5 duplicate: the store `s` is declared twice; first in line 3",
    ]);
    expect(right("version: 1\nstores:\n  - { id: s, prisma: A }\n  - { id: t, prisma: A }\n").stores).toHaveLength(2);
  });

  it("are not two fields from one place, or one field from two", () => {
    const lines =
      "sources:\n  - { field: chat.*, returns: 'a:b' }\n  - { field: user.*, returns: 'a:b' }\n  - { field: chat.*, returns: 'a:c' }\n  - { field: chat.*, returns: 'a:b', path: x }";
    expect(right(below(lines)).sources).toHaveLength(4);
  });
});

describe("parents", () => {
  const purposes = (text: string): string => `version: 1\npurposes:\n${text}\n`;

  it("must not go round", () => {
    expect(wrong(purposes("  a: { parent: b }\n  b: { parent: c }\n  c: { parent: a }"))).toEqual([
      "3:16 cycle: a purpose is above itself: a → b → c → a",
    ]);
    const long = Array.from({ length: 20 }, (_, i) => `  p${i}: { parent: p${(i + 1) % 20} }`);
    expect(wrong(purposes(long.join("\n")))).toEqual([
      "3:17 cycle: a purpose is above itself: p0 → p1 → p2 → p3 → p4 → p5 → p6 → p7 → … 12 more → p0",
    ]);
    expect(wrong(purposes("  a: { parent: a }"))).toEqual(["3:16 cycle: a purpose is above itself: a → a"]);
  });

  it("are told once, also when a purpose leads into the circle", () => {
    expect(wrong(purposes("  x: { parent: a }\n  a: { parent: b }\n  b: { parent: a }"))).toEqual([
      "3:16 cycle: a purpose is above itself: a → b → a",
    ]);
  });

  it("can be shared, and stand below", () => {
    expect(right(purposes("  a: { parent: c }\n  b: { parent: c }\n  c: {}")).purposes).toHaveLength(3);
  });
});

describe("where a source or a sink is", () => {
  it.each([
    ["sources: [{ field: user.email }]", "16:11 missing-key: the source does not say where it is"],
    [
      "sources: [{ field: user.email, returns: 'a:b', call: 'a:c', argument: 0 }]",
      "16:48 conflict: `returns` and `call` exclude each other",
    ],
    ["sources: [{ field: user.email, call: 'a:b' }]", "16:32 missing-key: `call` needs an `argument`"],
    ["sources: [{ field: user.email, returns: 'a:b', argument: 0 }]", "16:48 conflict: `argument` means nothing beside `returns`"],
    ["sources: [{ field: user.email, property: 'a:B.c', path: x }]", "16:51 conflict: `path` means nothing beside `property`"],
    ["sources: [{ field: user.email, route: /v1/chat }]", '16:39 value: "/v1/chat" is no route'],
    ["sinks: [{ id: a, purpose: train }]", "16:9 missing-key: the sink does not say where it is"],
    ["sinks: [{ id: a, purpose: train, returns: 'a:b', when: { 0: x } }]", "16:50 conflict: `when` means nothing beside `returns`"],
    [
      "sinks: [{ id: a, purpose: train, call: 'a:b', when: { purpose: x } }]",
      "16:55 locator: `purpose` is no argument: it begins with no position",
    ],
    ["sinks: [{ id: a, purpose: train, call: create }]", "16:40 locator: `create` names no declaration"],
    ["sinks: [{ id: a, purpose: train, call: 'a:b', argument: file }]", "16:57 locator: `file` is no argument: it begins with no position"],
  ])("%s", (line, problem) => {
    expect(wrong(below(line))).toEqual([problem]);
  });

  it("can be a number, as YAML reads `argument: 0`", () => {
    expect(right(below("sources: [{ field: user.email, parameter: 'a:b', argument: 1 }]")).sources[0]!.at).toMatchObject({
      argument: { position: 1, path: [] },
    });
    // 0.10 is argument 0 and its element 10, whatever number YAML makes of it.
    expect(right(below("sources: [{ field: user.email, parameter: 'a:b', argument: 0.10 }]")).sources[0]!.at).toMatchObject({
      argument: { position: 0, path: [{ k: "index", i: 10 }] },
    });
  });

  it("of a store is a connector or a wrapper", () => {
    const stores = (text: string): string => `version: 1\nstores: [{ id: s, ${text} }]\n`;
    expect(wrong(stores("retention: 1y"))).toEqual(["2:10 missing-key: the store `s` does not say where it is"]);
    expect(wrong(stores("key: 0, value: 1"))).toEqual(["2:10 missing-key: the store `s` does not say where it is"]);
    expect(wrong(stores("prisma: A, s3: b"))).toEqual(["2:30 conflict: `prisma` and `s3` exclude each other"]);
    expect(wrong(stores("prisma: A, write: 'a:b'"))).toEqual(["2:30 conflict: `prisma` and `write` exclude each other"]);
    expect(right(stores("read: 'a:b'")).stores[0]!.at).toMatchObject({ kind: "wrapper", read: { text: "a:b" } });
  });
});

describe("a purpose that rests on consent", () => {
  it("needs a gate", () => {
    expect(wrong("version: 1\npurposes:\n  train: { basis: consent }\n")).toEqual([
      "3:19 consent-gate: `train` rests on consent, and no consent gates it",
    ]);
    expect(wrong("version: 1\npurposes:\n  train: { basis: consent, consent: training }\n")).toEqual([
      "3:37 reference: unknown consent `training`",
    ]);
    expect(wrong(BASE)).toEqual([]);
  });

  it("can have that of its parent", () => {
    expect(
      wrong(
        "version: 1\npurposes:\n  train: { basis: consent, consent: c }\n  rank: { basis: consent, parent: train }\nconsent: { c: { mode: opt-in, check: 'a:b' } }\n",
      ),
    ).toEqual([]);
  });

  it("is wrong when nothing checks the gate, for a child with a gate of its own too", () => {
    const text = (gates: string): string =>
      `version: 1\npurposes:\n  train: { basis: consent, consent: c }\n  rank: { parent: train, consent: d }\nconsent:\n${gates}`;
    expect(wrong(text('  c: { mode: opt-in }\n  d: { mode: opt-in, check: "./a.ts:mayRank" }\n'))).toEqual([
      "6:3 consent-gate: the consent `c` has no `check`: no code can prove that it was given",
    ]);
    expect(wrong(text('  c: { mode: opt-in, check: "./a.ts:mayTrain" }\n  d: { mode: opt-in }\n'))).toEqual([
      "7:3 consent-gate: the consent `d` has no `check`: no code can prove that it was given",
    ]);
  });

  it("may have its answer in a column instead", () => {
    const text =
      "version: 1\npurposes: { train: { basis: consent, consent: c } }\nconsent:\n  c: { mode: opt-in, column: public.users.may_train }\n";
    expect(wrong(text)).toEqual([]);
    expect(right(text).consents[0]).toMatchObject({ column: { table: "users", name: "may_train" } });
  });

  it("may be without a check where no purpose rests on it", () => {
    expect(wrong("version: 1\npurposes: { serve: { basis: contract, consent: c } }\nconsent:\n  c: { mode: opt-in }\n")).toEqual([]);
  });

  it("can go without where that is not the question", () => {
    const text = "version: 1\npurposes:\n  train: { basis: consent }\n";
    expect(wrong(text, {}, { disabledChecks: ["consent-gate"] })).toEqual([]);
  });
});

describe("the notice", () => {
  const text = (wording: string): string =>
    `version: 1\nnotice: { file: docs/notice.md }\npurposes:\n  train: { notice: ${wording} }\n  other: {}\n`;
  const NOTICE = { "/repo/docs/notice.md": "We use messages\n  to train our\tAI models.\n" };

  it("says every purpose's wording, however its lines are broken", () => {
    expect(wrong(text("to train our AI models"), NOTICE)).toEqual([]);
    expect(wrong(text("to sell your data"), NOTICE)).toEqual([
      "4:20 notice-wording: the notice does not say `to sell your data`, the wording of `train`",
    ]);
    expect(wrong(text("To train our AI models"), NOTICE)).toHaveLength(1);
  });

  it("must be there", () => {
    expect(wrong(text("to train"))).toEqual(["2:17 unreadable: the notice `docs/notice.md` cannot be read"]);
  });

  it("need not be checked in", () => {
    expect(
      right("version: 1\nnotice: { url: https://example.com, version: 2 }\npurposes:\n  train: { notice: to train }\n").notice,
    ).toEqual({
      url: "https://example.com",
      version: "2",
      place: { file: "/repo/purpose.yaml", line: 2, column: 1 },
    });
  });
});

describe("a field collected before its purpose was disclosed", () => {
  const manifest = (since: string, purpose = "train"): string => `version: 1
purposes:
  train: { disclosed-since: 2026-03-01 }
  rank: { parent: train }
fields:
  chat.prompt: { for: [${purpose}], since: ${since} }
`;

  it.each(["train", "rank"])("is wrong for %s", (purpose) => {
    const column = 34 + purpose.length;
    expect(wrong(manifest("2026-02-28", purpose))).toEqual([
      `6:${column} undisclosed: \`chat.prompt\` is collected for \`${purpose}\` since 2026-02-28, and the notice says so only since 2026-03-01`,
    ]);
  });

  it("is right from that day on", () => {
    expect(wrong(manifest("2026-03-01"))).toEqual([]);
  });
});

describe("an assessment", () => {
  const assessment = (parts: Record<string, string> = {}): string => {
    const all = {
      from: "improve",
      to: "train",
      fields: "[chat.meta.model]",
      link: "Close.",
      context: "Expected.",
      nature: "A name.",
      consequences: "None.",
      safeguards: "{ text: None needed. }",
      approver: "dpo@example.com",
      date: "2026-02-01",
      expires: "2027-02-01",
      ...parts,
    };
    const lines = Object.entries(all).filter(([, value]) => value !== "");
    return below(`compatibility:\n  - ${lines.map(([key, value]) => `${key}: ${value}`).join("\n    ")}\n`);
  };

  it("is kept with its criteria", () => {
    expect(right(assessment()).assessments[0]).toMatchObject({ criteria: { link: "Close.", safeguards: "None needed." } });
    expect(right(assessment({ safeguards: "{ status: pseudonymised, text: Hashed. }" })).assessments[0]!.status).toBe("pseudonymised");
  });

  it.each(["link", "context", "nature", "consequences", "safeguards"])("must assess %s", (criterion) => {
    expect(wrong(assessment({ [criterion]: "" }))).toEqual([
      `17:5 assessment-criteria: the assessment of \`improve\` for \`train\` does not assess \`${criterion}\``,
    ]);
  });

  it("must say something, not leave a place for it", () => {
    expect(wrong(assessment({ nature: "..." }))).toEqual([
      "22:13 assessment-criteria: the assessment of `improve` for `train` does not assess `nature`",
    ]);
    expect(wrong(assessment({ safeguards: "{ text: '…' }" }))).toEqual([
      "24:25 assessment-criteria: the assessment of `improve` for `train` does not assess `safeguards`",
    ]);
  });

  it("must have an approver and days", () => {
    expect(wrong(assessment({ approver: "", expires: "" }))).toEqual([
      "17:5 missing-key: `compatibility[0]` has no `approver`",
      "17:5 missing-key: `compatibility[0]` has no `expires`",
    ]);
    expect(wrong(assessment({ date: "2027-03-01" }))).toEqual([
      "26:11 date: the assessment of `improve` for `train` is dated 2027-03-01, which is yet to come",
      "27:14 date: the assessment expires (2027-02-01) before it was made (2027-03-01)",
    ]);
    expect(wrong(assessment({ date: TODAY }))).toEqual([]);
    expect(wrong(assessment({ date: "2026-06-02" }))).toHaveLength(1);
    expect(wrong(assessment({ date: "2026-06-02" }), {}, {})).toEqual([]);
  });

  it("cannot rescue what was collected on consent", () => {
    expect(wrong(assessment({ from: "train", to: "improve", fields: "[chat.prompt]" }))[0]).toMatch(
      /^17:11 assessment-consent: `train` rests on consent/,
    );
  });

  it("names fields one by one", () => {
    expect(wrong(assessment({ fields: "[chat.*]" }))).toEqual([
      "19:14 pattern: `chat.*` is a pattern, and here only single fields are meant",
    ]);
    expect(wrong(assessment({ fields: "[chat.promt]" }))).toEqual(["19:14 reference: unknown field `chat.promt`"]);
  });
});

describe("evidence for anonymity", () => {
  it("supports nothing once it has expired", () => {
    const text = (rest: string): string => below(`transforms: [{ call: 'a:b', yields: anonymised${rest} }]`);
    const yields = (expires: string, today?: string): string | undefined =>
      right(text(`, evidence: docs/a.md, expires: ${expires}`), { "/repo/docs/a.md": "k = 20" }, today === undefined ? {} : { today })
        .transforms[0]?.yields;
    expect(yields("2026-05-31", TODAY)).toBe("pseudonymised");
    expect(yields("2026-06-01", TODAY)).toBe("anonymised");
    expect(yields("2026-05-31")).toBe("anonymised");
  });
});

describe("what is said to have happened", () => {
  const text = (purpose: string, field: string): string =>
    `version: 1\npurposes: { a: { basis: contract, notice: n${purpose} } }\nfields:\n  f: { for: [a]${field} }\n`;

  it("has not happened on a day that is yet to come", () => {
    expect(wrong(text("", ", since: 2026-06-02"))).toEqual([
      "4:25 date: `f` is said to be collected since 2026-06-02, which is yet to come",
    ]);
    expect(wrong(text("", `, since: ${TODAY}`))).toEqual([]);
    // A notice may be announced: that is a finding of the rule `manifest`, and of `notice` where something acts on its purpose.
    expect(wrong(text(", disclosed-since: 2026-06-02", ""))).toEqual([]);
    expect(wrong(text("", ", since: 2026-06-02"), {}, {})).toEqual([]);
  });
});

describe("a claim of anonymity", () => {
  it("needs evidence that expires", () => {
    expect(wrong(below("transforms: [{ call: 'a:b', yields: anonymised }]"))).toEqual([
      "16:37 evidence: `anonymised` needs evidence",
      "16:37 evidence: `anonymised` needs evidence that expires",
    ]);
    expect(wrong(below("transforms: [{ call: 'a:b', yields: pseudonymised }]"))).toEqual([]);
  });

  it("needs evidence that can be read, or an address", () => {
    const text = (evidence: string): string =>
      below(`transforms: [{ call: 'a:b', yields: anonymised, evidence: ${evidence}, expires: 2027-01-01 }]`);
    const files = { "/repo/docs/a.md": "k = 20" };
    expect(wrong(text("docs/a.md"))).toEqual(["16:59 evidence: the evidence `docs/a.md` cannot be read"]);
    expect(wrong(text("docs/b.md"), files)).toEqual(["16:59 evidence: the evidence `docs/b.md` cannot be read"]);
    expect(wrong(text("docs/b.md#k"), files)).toEqual(["16:59 evidence: the evidence `docs/b.md#k` cannot be read"]);
    for (const there of ["docs/a.md", "./docs/a.md", "docs/a.md#k", "https://example.com/dpia"])
      expect(wrong(text(there), files)).toEqual([]);
    expect(wrong(below("transforms: [{ call: 'a:b', yields: pseudonymised, evidence: docs/b.md }]"))).toEqual([
      "16:62 evidence: the evidence `docs/b.md` cannot be read",
    ]);
  });
});
