import { describe, expect, it } from "vitest";
import { fixes, right, wrong } from "./make.js";

/** A manifest with these lines below a purpose `deliver` and a field `user.email`. */
const withLines = (lines: string): string => `version: 1
purposes: { deliver: {} }
fields: { user.email: { for: [deliver] } }
${lines}
`;

describe("an unknown key", () => {
  it.each([
    ["purpose: {}", "4:1 unknown-key: unknown key `purpose`", "did you mean `purposes`?"],
    ["notice: { ulr: https://example.com }", "4:11 unknown-key: unknown key `ulr` in `notice`", "did you mean `url`?"],
    [
      "sources: [{ feild: user.email, field: user.email, returns: 'a:b' }]",
      "4:13 unknown-key: unknown key `feild` in `sources[0]`",
      "did you mean `field`?",
    ],
    ["budgets: { a: { epsilon: 1, delat: 0 } }", "4:29 unknown-key: unknown key `delat` in `budgets.a`", "did you mean `delta`?"],
    [
      "consent: { a: { mode: opt-in, check: 'a:b', onWithdraw: 'a:b' } }",
      "4:45 unknown-key: unknown key `onWithdraw` in `consent.a`",
      "did you mean `on-withdraw`?",
    ],
    [
      "frobnicate: 1",
      "4:1 unknown-key: unknown key `frobnicate`",
      "write one of `version`, `extends`, `models`, `warn-before`, `notice`, `purposes`, `fields`, `sources`, `sinks`, `stores`, `transforms`, `consent`, `compatibility`, `budgets`, `zones`, `exceptions`",
    ],
  ])("%s", (line, problem, fix) => {
    expect(wrong(withLines(line))).toEqual([problem]);
    expect(fixes(withLines(line))).toEqual([fix]);
  });

  it("does not hide what else is wrong in its entry", () => {
    expect(wrong(withLines("sources:\n  - { field: user.mail, returns: 'a:b', retrun: x }"))).toEqual([
      "5:14 reference: unknown field `user.mail`",
      "5:41 unknown-key: unknown key `retrun` in `sources[0]`",
    ]);
  });

  it("is not told again at all that names what stands below it", () => {
    const rest = "fields: { user.email: { for: [deliver] } }\nsinks: [{ id: a, purpose: deliver, call: 'a:b' }]\n";
    expect(wrong(`version: 1\npurposess: { deliver: {} }\n${rest}`)).toEqual(["2:1 unknown-key: unknown key `purposess`"]);
    expect(wrong(`version: 1\npurposess: { delivery: {} }\n${rest}`)).toEqual([
      "2:1 unknown-key: unknown key `purposess`",
      "3:31 reference: unknown purpose `deliver`",
      "4:27 reference: unknown purpose `deliver`",
    ]);
    expect(
      wrong(withLines("storess: [{ id: rows, prisma: Row }]\nsinks: [{ id: a, purpose: deliver, call: 'a:b', consumes: rows }]")),
    ).toEqual(["4:1 unknown-key: unknown key `storess`"]);
    expect(wrong(`version: 1\nwhy: { deliver: {} }\n${rest}`)).toHaveLength(3);
  });

  it("can be a merge key, which would hide where an entry comes from", () => {
    expect(wrong(withLines("budgets:\n  a: &a { epsilon: 1 }\n  b: { <<: *a, epsilon: 2 }"))).toEqual([
      "6:8 unknown-key: unknown key `<<` in `budgets.b`",
    ]);
  });
});

describe("a missing key", () => {
  it.each([
    ["fields2: {}\nsinks:\n  - { id: a, call: 'a:b' }", "`sinks[0]` has no `purpose`", "6:5"],
    ["sinks:\n  - id: a\n    call: 'a:b'", "`sinks[0]` has no `purpose`", "5:5"],
    ["budgets:\n  life: { delta: 0 }", "`budgets.life` has no `epsilon`", "5:3"],
    ["consent:\n  sale: {}", "`consent.sale` has no `mode`", "5:3"],
    ["zones:\n  device: {}", "zone `device` does not say which code it is", "5:3"],
    ["exceptions:\n  - { reason: a, owner: b, approver: c, expires: 2027-01-01 }", "`exceptions[0]` has no `finding`", "5:5"],
  ])("%j", (lines, message, place) => {
    expect(wrong(withLines(lines))).toContain(`${place} missing-key: ${message}`);
  });
});

describe("a value of the wrong kind", () => {
  it.each([
    ["sinks: {}", "4:8 type: `sinks` must be a list, and is a map"],
    ["sinks:", "4:1 type: `sinks` is empty"],
    ["purposes2:\nsinks: [a]", "5:9 type: the item must be a map, and is `a`"],
    ["budgets: { a: 8 }", "4:15 type: `a` must be a map, and is `8`"],
    ["budgets: { a: { epsilon: many } }", "4:26 number: `epsilon` must be a number, and is `many`"],
    ["notice: { url: 5 }", "4:16 type: `url` must be text, and is `5`"],
    ["consent: { a: { mode: opt-in, column: may_train } }", '4:39 value: "may_train" is no column of a table'],
    ["extends: { a: b }", "4:10 type: `extends` must be text or a list, and is a map"],
    ["sinks: [{ id: a, purpose: deliver, call: [a] }]", "4:42 type: `call` must be text, and is a list"],
  ])("%s", (line, problem) => {
    expect(wrong(withLines(line))).toContain(problem);
  });

  it("tells how to write a text that YAML takes for something else", () => {
    expect(fixes(withLines("notice: { url: 5 }"))).toEqual(['put it in quotes: "5"']);
    expect(fixes(withLines("warn-before: 30"))).toEqual([expect.stringContaining("a unit: 24h, 30d")]);
  });
});

describe("a file that is no manifest", () => {
  it.each([
    ["- a\n- b\n", "1:1 type: a manifest must be a map, and is a list"],
    ["hello\n", "1:1 type: a manifest must be a map, and is `hello`"],
  ])("%j is told what one begins with", (text, problem) => {
    expect(wrong(text)).toEqual([problem]);
    expect(fixes(text)).toEqual(["begin with `version: 1`, then write sections: `purposes:`, `fields:` …"]);
  });
});

describe("a value out of a few", () => {
  it.each([
    ["transforms: [{ call: 'a:b', yields: pseudonymized }]", "4:37 value: unknown status `pseudonymized`", "did you mean `pseudonymised`?"],
    [
      "sinks: [{ id: a, purpose: deliver, call: 'a:b', requires: anonymise }]",
      "4:59 value: unknown status `anonymise`",
      "did you mean `anonymised`?",
    ],
    [
      "sinks: [{ id: a, purpose: deliver, call: 'a:b', requires: [synthetic, agregated] }]",
      "4:71 value: unknown status `agregated`",
      "did you mean `aggregated`?",
    ],
    [
      "zones: { a: { files: ./a, may-send: [fedarated-update] } }",
      "4:38 value: unknown status `fedarated-update`",
      "did you mean `federated-update`?",
    ],
    ["consent: { a: { mode: optin } }", "4:23 value: unknown mode of consent `optin`", "did you mean `opt-in`?"],
    ["consent: { a: { mode: opt-out, signals: [dnt] } }", "4:42 value: unknown signal `dnt`", "write one of `gpc`"],
    ["budgets: { a: { epsilon: 1, accounting: rdp } }", "4:41 value: unknown accounting `rdp`", "write one of `basic`, `advanced`, `zcdp`"],
  ])("%s", (line, problem, fix) => {
    expect(wrong(withLines(line))).toEqual([problem]);
    expect(fixes(withLines(line))).toEqual([fix]);
  });

  it("is the lawful basis of a purpose", () => {
    expect(wrong("version: 1\npurposes: { a: { basis: legitimate-interests } }\n")).toEqual([
      "2:25 value: unknown lawful basis `legitimate-interests`",
    ]);
    expect(fixes("version: 1\npurposes: { a: { basis: legitimate-interests } }\n")).toEqual(["did you mean `legitimate-interest`?"]);
    expect(right("version: 1\npurposes: { a: { basis: legitimate-interest } }\n").purposes[0]!.basis).toBe("legitimate-interest");
  });
});

describe("statuses that a sink requires", () => {
  const requires = (text: string): string => withLines(`sinks: [{ id: a, purpose: deliver, call: 'a:b', requires: ${text} }]`);

  it("are one or a list", () => {
    expect(right(requires("pseudonymised")).sinks[0]!.requires).toEqual(["pseudonymised"]);
    expect(right(requires("[synthetic, anonymised]")).sinks[0]!.requires).toEqual(["synthetic", "anonymised"]);
  });

  it("can tell ε and δ", () => {
    expect(right(requires('"differentially-private(1, 1e-6)"')).sinks[0]).toMatchObject({
      requires: ["differentially-private"],
      requiresPrivacy: { epsilon: 1, delta: 1e-6 },
    });
    expect(right(requires('"differentially-private(0.5)"')).sinks[0]!.requiresPrivacy).toEqual({ epsilon: 0.5, delta: 0 });
    expect(wrong(requires('"differentially-private(1, 2)"'))).toEqual(["4:59 number: `differentially-private(1, 2)` is no privacy"]);
    expect(wrong(requires('"differentially-private(x)"'))).toEqual(["4:59 value: unknown status `differentially-private(x)`"]);
  });

  it("occur once", () => {
    expect(wrong(requires("[synthetic, synthetic]"))).toEqual(["4:71 duplicate: `synthetic` occurs twice in `requires`"]);
  });
});

describe("numbers", () => {
  const budget = (text: string): string => withLines(`budgets: { a: { ${text} } }`);

  it.each([
    ["epsilon: -1", "4:26 number: ε cannot be -1"],
    ["epsilon: 0", "4:26 number: ε cannot be 0"],
    ["epsilon: 1000", "4:26 number: ε cannot be 1000"],
    ["epsilon: .inf", "4:26 number: `epsilon` must be a number, and is `.inf`"],
    ["epsilon: .nan", "4:26 number: `epsilon` must be a number, and is `.nan`"],
    ["epsilon: 1, delta: 1", "4:36 number: δ cannot be 1"],
    ["epsilon: 1, delta: -1e-6", "4:36 number: δ cannot be -0.000001"],
  ])("%s", (text, problem) => {
    expect(wrong(budget(text))).toEqual([problem]);
  });

  it("are right from above 0 to 100, and from 0 to below 1", () => {
    expect(right(budget("epsilon: 100, delta: 0.99")).budgets[0]).toMatchObject({ epsilon: 100, delta: 0.99 });
    expect(right(budget("epsilon: 0.01")).budgets[0]).toMatchObject({ epsilon: 0.01, delta: 0 });
  });

  it("of a transform are amounts; a text names an argument", () => {
    const transform = (text: string): string => withLines(`transforms: [{ call: 'a:b', yields: synthetic, ${text} }]`);
    expect(right(transform("epsilon: 1, delta: 0")).transforms[0]).toMatchObject({ epsilon: 1, delta: 0 });
    expect(right(transform('epsilon: "1"')).transforms[0]).toMatchObject({ epsilon: { position: 1, path: [] } });
    expect(right(transform("epsilon: 1.epsilon")).transforms[0]).toMatchObject({
      epsilon: { position: 1, path: [{ k: "prop", name: "epsilon" }] },
    });
    expect(wrong(transform("epsilon: -1"))).toEqual(["4:57 number: ε cannot be -1"]);
    expect(wrong(transform("epsilon: epsilon"))).toEqual(["4:57 locator: `epsilon` is no argument: it begins with no position"]);
  });
});

describe("days", () => {
  const field = (since: string): string => `version: 1\npurposes: { deliver: {} }\nfields: { a: { for: [deliver], since: ${since} } }\n`;

  it.each(["2026-02-30", "2026-13-01", "01.03.2026", "2026-3-1", "yesterday", "2025-02-29"])("%s", (day) => {
    expect(wrong(field(day))).toEqual([`3:39 date: ${JSON.stringify(day)} is no day of the calendar`]);
  });

  it.each([
    ["2026-03-01", "2026-03-01"],
    ['"2026-03-01"', "2026-03-01"],
    ["2024-02-29", "2024-02-29"],
    ["2026-03-01T10:00:00Z", "2026-03-01"],
    ["2026-03-01 10:00:00 +2", "2026-03-01"],
  ])("%s is read", (text, day) => {
    expect(right(field(text)).fields[0]!.since).toBe(day);
  });

  it("are read when YAML 1.1 makes timestamps of them", () => {
    expect(right(`%YAML 1.1\n---\n${field("2026-03-01")}`).fields[0]!.since).toBe("2026-03-01");
  });
});

describe("durations", () => {
  const field = (retention: string): string =>
    `version: 1\npurposes: { deliver: {} }\nfields: { a: { for: [deliver], retention: ${retention} } }\n`;

  it.each(["30", "30days", "d", "-1d", "0d", "1.5y", "1m", "30 d", "1001y", "99999999999999y"])("%s", (duration) => {
    expect(wrong(field(JSON.stringify(duration)))).toEqual([`3:43 duration: ${JSON.stringify(duration)} is no duration`]);
  });

  it.each(["24h", "30d", "2w", "12mo", "1y"])("%s is one", (duration) => {
    expect(right(field(duration)).fields[0]!.retention).toBe(duration);
  });
});

describe("names", () => {
  it.each([
    ["fields: { 'user email': { for: [] } }", '2:11 value: "user email" cannot be a name'],
    ["fields: { user..email: { for: [] } }", '2:11 value: "user..email" cannot be a name'],
    ["fields: { user.*: { for: [] } }", '2:11 value: "user.*" cannot be a name'],
    ["purposes: { '': {} }", '2:13 value: "" cannot be a name'],
  ])("%s", (line, problem) => {
    expect(wrong(`version: 1\n${line}\n`)).toEqual([problem]);
  });

  it("can be in any script, and numbers", () => {
    expect(right("version: 1\npurposes: { 1: {} }\nfields: { größe.höhe_cm: { for: ['1'] } }\n").fields[0]!.id).toBe("größe.höhe_cm");
  });
});

describe("fingerprints", () => {
  const exception = (finding: string): string =>
    withLines(`exceptions: [{ finding: ${finding}, reason: a, owner: b, approver: c, expires: 2027-01-01 }]`);

  it("are read as written, also where YAML sees a number", () => {
    for (const finding of ["7f3a9c0d", "123456", "123e45", "0012345", "7f3a9c0d7f3a9c0d-2"]) {
      expect(right(exception(finding)).exceptions[0]!.finding).toBe(finding);
    }
  });

  it.each(["7f3a9", "7F3A9C", "xyzxyz", "7f3a9c0d7f3a9c0d0"])("are not %s", (finding) => {
    expect(wrong(exception(finding))).toEqual([`4:25 value: \`${finding}\` is no fingerprint`]);
  });
});
