import { describe, expect, it } from "vitest";
import { assessment, at, consent, exception, field, flow, judged, locator, purpose, sink, source, transform } from "./make.js";

function found(...args: Parameters<typeof judged>): string[] {
  return judged(...args)
    .findings.filter(({ rule }) => rule === "manifest")
    .map(({ severity, message, location }) => `${location.file}:${location.line}:${location.column} ${severity} ${message}`);
}

describe("drift: a locator that matches nothing", () => {
  const prompt = field("chat.prompt", ["train"]);
  const unmatched = [{ text: "app:loadChat", entry: "sources[0].returns" }];

  it("is an error on the entry, and its field is not called dead as well", () => {
    const manifest = { purposes: [purpose("train")], fields: [prompt], sources: [source("chat.*", { place: at(23) })] };
    expect(found(manifest, { unmatched })).toEqual([
      "purpose.yaml:23:3 error `app:loadChat` of `sources[0].returns` matches nothing in the program",
    ]);
  });

  it("is found in every kind of entry", () => {
    const entries = ["sinks[0].call", "consent.training.check", "nowhere"].map((entry) => ({ text: "app:x", entry }));
    const manifest = {
      purposes: [purpose("train", { consent: "training" })],
      fields: [],
      sinks: [sink("s", "train", { place: at(31) })],
      consents: [consent("training", { place: at(51) })],
    };
    expect(found(manifest, { unmatched: entries }).map((line) => line.split(" ")[0])).toEqual([
      "purpose.yaml:1:1",
      "purpose.yaml:31:3",
      "purpose.yaml:51:3",
    ]);
  });

  it("stands where its text stands, when that is known", () => {
    const there = (text: string, column: number) => ({ ...locator(text), place: { ...at(33), column } });
    const manifest = {
      purposes: [purpose("train", { consent: "training" })],
      fields: [],
      sources: [
        source("a", { at: { kind: "property", locator: there("app:x", 10) } }),
        source("b", { at: { kind: "route", method: "POST", url: "/x", path: [], place: { ...at(33), column: 11 } } }),
      ],
      sinks: [sink("s", "train", { at: { kind: "call", locator: there("app:x", 12) } })],
      stores: [
        { id: "rows", at: { kind: "wrapper" as const, write: there("app:x", 13), read: there("app:x", 14) }, columns: {}, place: at(40) },
      ],
      transforms: [transform("app:x", "synthetic", { locator: there("app:x", 15) })],
      consents: [consent("training", { check: there("app:x", 16), onWithdraw: there("app:x", 17) })],
    };
    const entries = [
      "sources[0].property",
      "sources[1].route",
      "sinks[0].call",
      "stores[0].write",
      "stores[0].read",
      "transforms[0].call",
      "consent.training.check",
      "consent.training.on-withdraw",
    ];
    const places = found(manifest, { unmatched: entries.map((entry) => ({ text: "app:x", entry })) }).map((line) => line.split(" ")[0]);
    expect(places).toEqual([10, 11, 12, 13, 14, 15, 16, 17].map((column) => `purpose.yaml:33:${column}`));
  });

  it("of a route says whose handlers were looked at, and what to write for another's", () => {
    const route = { kind: "route" as const, method: "POST", url: "/x" };
    const manifest = {
      purposes: [purpose("train")],
      fields: [],
      sources: [source("a", { at: { ...route, path: [] } })],
      sinks: [sink("s", "train", { at: route })],
    };
    const { findings } = judged(manifest, {
      unmatched: ["sources[0].route", "sinks[0].route"].map((entry) => ({ text: "POST /x", entry })),
    });
    const drifts = findings.filter(({ message }) => message.includes("POST /x"));
    expect(drifts.map(({ message }) => message)).toEqual([
      "no handler of Express, Koa, Fastify, Hono, Nest, tRPC, Next, SvelteKit, Remix or node:http serves `POST /x` of `sources[0].route`",
      "no handler of Express, Koa, Fastify, Hono, Nest, tRPC, Next, SvelteKit, Remix or node:http serves `POST /x` of `sinks[0].route`",
    ]);
    expect(drifts.map(({ remedies }) => /name the handler itself as `(\w+)`/.exec(remedies[0]!.text)?.[1])).toEqual([
      "parameter",
      "returns",
    ]);
  });

  it("is nothing in a pack: a project need not have every library", () => {
    const place = { file: "/repo/node_modules/pack/purpose.yaml", line: 3, column: 1 };
    const manifest = { purposes: [purpose("train")], fields: [], sources: [source("x", { place })], sinks: [sink("s", "train")] };
    expect(found(manifest, { unmatched })).toEqual([]);
  });
});

describe("a manifest that declares nothing to check", () => {
  const message = (manifest: Parameters<typeof judged>[0]): string[] => found({ purposes: [], ...manifest }, {});

  it("is a warning at its top", () => {
    expect(message({ sources: [], sinks: [] })).toEqual([
      "purpose.yaml:1:1 warning the manifest declares no source and no sink: there is no flow that could be checked",
    ]);
    expect(message({ sources: [source("a")], sinks: [] })).toEqual([
      "purpose.yaml:1:1 warning the manifest declares no sink: there is no flow that could be checked",
    ]);
    expect(message({ sources: [], sinks: [sink("s", "train")] })).toEqual([
      "purpose.yaml:1:1 warning the manifest declares no source: there is no flow that could be checked",
    ]);
  });

  it("is none when it has a source, or a store's column for one, and a sink", () => {
    expect(message({ sources: [source("a")], sinks: [sink("s", "train")] })).toEqual([]);
    const store = {
      id: "rows",
      at: { kind: "connector" as const, connector: "prisma" as const, name: "Row" },
      columns: { input: "a" },
      place: at(40),
    };
    expect(message({ sources: [], stores: [store], sinks: [sink("s", "train")] })).toEqual([]);
  });
});

describe("dead entries", () => {
  it("are no consents that a field names for itself", () => {
    const manifest = {
      purposes: [purpose("train")],
      fields: [field("a", ["train"], { consent: "diet" })],
      consents: [consent("diet")],
    };
    expect(found(manifest, { collected: ["a"] }).filter((line) => line.includes("rests on it"))).toEqual([]);
  });

  it("are fields without collection, purposes without use, consents and budgets without user", () => {
    const manifest = {
      purposes: [purpose("train", { place: at(5) }), purpose("sell", { place: at(6) }), purpose("improve", { place: at(7) })],
      fields: [field("a", ["train"], { place: at(14) }), field("b", ["train"], { place: at(15) })],
      assessments: [assessment("train", "improve", ["a"])],
      consents: [consent("training")],
      budgets: [{ id: "assistant", epsilon: 8, delta: 1e-6, place: at(80) }],
    };
    expect(found(manifest, { collected: ["a"] })).toEqual([
      "purpose.yaml:6:3 warning purpose sell is declared, and no field, sink or assessment names it",
      "purpose.yaml:15:3 warning field b is declared, and nothing collects it",
      "purpose.yaml:50:3 warning consent training is declared, and no purpose rests on it",
      "purpose.yaml:60:3 note the assessment of train to improve for a covers no flow of the program",
      "purpose.yaml:80:3 warning budget assistant is declared, and no transform spends from it",
    ]);
  });

  it("are stores of the project's own functions with one side only", () => {
    const store = (id: string, line: number, write?: string, read?: string, columns: Readonly<Record<string, string>> = {}) => ({
      id,
      at: { kind: "wrapper" as const, ...(write && { write: locator(write) }), ...(read && { read: locator(read) }) },
      columns,
      place: at(line),
    });
    const manifest = {
      purposes: [purpose("train")],
      sinks: [sink("s", "train", { consumes: "consumed" })],
      stores: [
        store("in", 40, "app:put"),
        store("out", 41, undefined, "app:get"),
        store("both", 42, "app:put", "app:get"),
        store("rows", 43, undefined, "app:get", { input: "a" }),
        store("consumed", 44, "app:put"),
        store("lost", 45, "app:put", undefined, { input: "a" }),
      ],
    };
    const lost = "and neither a `read` nor a sink that consumes it: what goes in there does not come out";
    expect(found(manifest, {})).toEqual([
      `purpose.yaml:40:3 warning store in has a \`write\`, ${lost}`,
      "purpose.yaml:41:3 warning store out has a `read`, and neither a `write` nor `columns`: no field comes from there",
      `purpose.yaml:45:3 warning store lost has a \`write\`, ${lost}`,
    ]);
  });

  it("are not assessments that a flow needs, even where they fail to cover it", () => {
    const manifest = {
      fields: [field("a", ["improve"])],
      assessments: [assessment("improve", "train", ["a"], { expires: "2026-01-01" })],
    };
    expect(found({ ...manifest, purposes: [purpose("improve"), purpose("train")] }, { flows: [flow("a", sink("s", "train"))] })).toEqual([
      expect.stringContaining("expired on 2026-01-01"),
    ]);
  });
});

describe("exceptions", () => {
  const purposes = [purpose("deliver"), purpose("train")];
  const fields = [field("user.email", ["deliver"]), field("user.name", ["deliver"])];
  const sinks = [sink("s", "train")];
  const flows = [flow("user.email", sinks[0]!), flow("user.name", sinks[0]!)];
  const [email, name] = judged({ purposes, fields, sinks }, { flows }).findings.map(({ fingerprint }) => fingerprint) as [string, string];
  const judgeWith = (...exceptions: ReturnType<typeof exception>[]): ReturnType<typeof judged> =>
    judged({ purposes, fields, sinks, exceptions }, { flows });

  it("silence the finding that they name, by fingerprint or prefix, and list it", () => {
    for (const finding of [email, email.slice(0, 6)]) {
      const { findings, suppressed, flows } = judgeWith(exception(finding));
      expect(findings.map(({ fingerprint }) => fingerprint)).toEqual([name]);
      expect(suppressed).toEqual([
        {
          rule: "limitation",
          fingerprint: email,
          field: "user.email",
          sink: "s",
          reason: "agreed",
          owner: "team-search",
          approver: "dpo@example.com",
          expires: "2026-12-31",
        },
      ]);
      expect(flows.map(({ verdict }) => verdict)).toEqual(["violation", "violation"]);
    }
  });

  it("silence nothing once expired, and say so", () => {
    const { findings, suppressed } = judgeWith(exception(email, { expires: "2026-05-31" }));
    expect(suppressed).toEqual([]);
    expect(findings.map(({ fingerprint }) => fingerprint)).toContain(email);
    expect(findings.map(({ severity, message }) => `${severity} ${message}`)).toContain(
      `error the exception for ${email} expired on 2026-05-31: it silences nothing any more`,
    );
  });

  it("are a finding when they match nothing", () => {
    expect(judgeWith(exception("ffffff")).findings.map(({ rule, severity, message }) => [rule, severity, message])).toContainEqual([
      "manifest",
      "warning",
      "the exception for ffffff matches no finding",
    ]);
  });

  it("silence nothing when a prefix is that of two", () => {
    const { findings, suppressed } = judgeWith(exception(""));
    expect(suppressed).toEqual([]);
    expect(findings.map(({ message }) => message)).toContain("the exception for  matches 2 findings, and silences none");
  });

  it("cannot silence drift", () => {
    const unmatched = [{ text: "app:gone", entry: "sinks[0].call" }];
    const drift = judged({ purposes, fields, sinks }, { flows, unmatched }).findings.find(({ rule }) => rule === "manifest")!;
    const { findings } = judged({ purposes, fields, sinks, exceptions: [exception(drift.fingerprint)] }, { flows, unmatched });
    expect(findings.map(({ fingerprint }) => fingerprint)).toContain(drift.fingerprint);
  });
});
