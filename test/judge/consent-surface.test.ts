/** How consent is asked for: components and pages, each beside its legal neighbour. */
import { describe, expect, it } from "vitest";
import { check, findings } from "./check.js";

const MANIFEST = `version: 1
purposes: { train: { basis: consent, consent: training } }
fields: { chat.prompt: { for: [train] } }
sources: [{ field: chat.prompt, parameter: "./src/chat.ts:onPrompt", argument: "0" }]
sinks: [{ id: upload, purpose: train, call: "./src/chat.ts:upload" }]
consent:
  training:
    mode: opt-in
    check: "./src/consent.ts:mayTrain"
    grant: "./src/consent.ts:allowTraining"
    withdraw: "./src/consent.ts:stopTraining"
`;

const FILES = {
  "purpose.yaml": MANIFEST,
  "src/consent.ts": `const yes = new Set<string>();
export const mayTrain = (id: string): boolean => yes.has(id);
export function allowTraining(id: string): void { yes.add(id); }
export function stopTraining(id: string): void { yes.delete(id); }
`,
  "src/chat.ts": `import { mayTrain } from "./consent.js";
export function upload(text: string): void { void text; }
export function onPrompt(text: string, id: string): void { if (mayTrain(id)) upload(text); }
`,
};

const HEAD = `import { useState, useCallback } from "react";
import { useForm } from "react-hook-form";
import { useMutation } from "@tanstack/react-query";
import { allowTraining, stopTraining } from "./consent.js";
declare const id: string;
declare function createAccount(): void;
`;

/** What is found in a page, without its place. */
const found = (code: string, files: Record<string, string> = {}): string[] =>
  check("consent-surface", { ...FILES, ...files, "src/page.tsx": HEAD + code }).map((line) =>
    line.replace(/^src\/page\.tsx:\d+ error /, ""),
  );

const page = (jsx: string, before = ""): string => `export function Page(props: any) { ${before} return <form>${jsx}</form>; }`;
const TRAIN = "You may train your AI models on my conversations";

describe("a consent that is on before anybody has chosen", () => {
  it.each([
    ["defaultChecked", `<label><input type="checkbox" defaultChecked /> ${TRAIN}</label>`, ""],
    ["checked", `<label><input type="checkbox" checked /> ${TRAIN}</label>`, ""],
    ["checked={true}", `<label><input type="checkbox" checked={true} /> ${TRAIN}</label>`, ""],
    [
      "checked={on}",
      `<label><input type="checkbox" checked={on} onChange={() => setOn(!on)} /> ${TRAIN}</label>`,
      "const [on, setOn] = useState(true);",
    ],
    [
      "checked={form.train}",
      `<label><input type="checkbox" checked={form.train} /> ${TRAIN}</label>`,
      "const [form] = useState({ train: true });",
    ],
    ["checked={props.on ?? true}", `<label><input type="checkbox" checked={props.on ?? true} /> ${TRAIN}</label>`, ""],
    ["checked={props.on !== false}", `<label><input type="checkbox" checked={props.on !== false} /> ${TRAIN}</label>`, ""],
    ["checked={on}", `<Switch label="${TRAIN}" checked={on} />`, "const { on = true } = props;"],
    ["defaultChecked", `<FormControlLabel control={<Checkbox defaultChecked />} label="${TRAIN}" />`, ""],
    ["value={on}", `<View><Text>${TRAIN}</Text><Switch value={on} /></View>`, "const [on] = useState(true);"],
    [
      "defaultValues.train: true",
      `<label><input type="checkbox" {...register("train")} /> ${TRAIN}</label>`,
      "const { register } = useForm({ defaultValues: { train: true } });",
    ],
    [
      "initialValues.train: true",
      `<Formik initialValues={{ train: true }}><label><Field type="checkbox" name="train" /> ${TRAIN}</label></Formik>`,
      "",
    ],
    ["aria-checked={true}", `<button role="switch" aria-checked={true} onClick={() => allowTraining(id)}>${TRAIN}</button>`, ""],
    ["selected", `<select name="ads"><option>No</option><option value="yes" selected>${TRAIN}</option></select>`, ""],
    [
      'defaultValue="yes"',
      `<select name="ads" defaultValue="yes"><option value="no">No</option><option value="yes">${TRAIN}</option></select>`,
      "",
    ],
  ])("is told: %s", (on, jsx, before) => {
    expect(found(page(jsx, before))).toEqual([`the consent \`${TRAIN}\` is given before anybody has chosen: \`${on}\``]);
  });

  it.each([
    ["off", `<label><input type="checkbox" /> ${TRAIN}</label>`, ""],
    ["off in the state", `<label><input type="checkbox" checked={on} /> ${TRAIN}</label>`, "const [on] = useState(false);"],
    ["false", `<label><input type="checkbox" defaultChecked={false} /> ${TRAIN}</label>`, ""],
    ["what was chosen", `<label><input type="checkbox" checked={props.allowed} /> ${TRAIN}</label>`, ""],
    ["off by default", `<label><input type="checkbox" checked={props.on ?? false} /> ${TRAIN}</label>`, ""],
    [
      "off in the form",
      `<label><input type="checkbox" {...register("train")} /> ${TRAIN}</label>`,
      "const { register } = useForm({ defaultValues: { train: false, name: true } });",
    ],
    [
      "another state",
      `<label><input type="checkbox" checked={on} /> ${TRAIN}</label>`,
      "const [open] = useState(true); const [on] = useState(open ? undefined : false);",
    ],
  ])("is none that is %s", (_, jsx, before) => {
    expect(found(page(jsx, before))).toEqual([]);
  });

  it.each([
    ["Show archived conversations"],
    ["Remember me"],
    ["Show newsletters"],
    ["Newsletter"],
    ["Allow comments"],
    ["Allow files of any kind"],
    ["Strictly necessary cookies"],
    ["Essential and performance cookies are required"],
    ["Analytics"],
    ["Show ads"],
    ["Do not share my data with partners"],
    ["I agree to the terms of service"],
    ["Dark mode"],
    ["Send me a reminder"],
  ])("is none that is no consent: %s", (label) => {
    expect(found(page(`<label><input type="checkbox" defaultChecked /> ${label}</label>`))).toEqual([]);
  });

  it.each([
    "Accept marketing cookies",
    "Marketing cookies",
    "Analytics cookies",
    "Personalised ads",
    "Send me the newsletter",
    "I agree to the processing of my personal data",
    "Share usage data with our partners",
    "Allow tracking",
  ])("is one by its words: %s", (label) => {
    expect(found(page(`<label><input type="checkbox" defaultChecked /> ${label}</label>`))).toHaveLength(1);
  });

  it.each([
    ["allowTraining", true],
    ["marketing_opt_in", true],
    ["gdpr-consent", true],
    ["allowComments", false],
    ["newsletterFilter", false],
    ["training", false],
    ["doNotShareData", false],
  ])("is one by its name, where it has no words: %s is %s", (name, isConsent) => {
    expect(found(page(`<input type="checkbox" name="${name}" defaultChecked />`))).toHaveLength(isConsent ? 1 : 0);
  });

  const LABEL = "Help us get better";
  it.each([
    [
      "a value of the form",
      `<form onSubmit={(e) => save(new FormData(e.currentTarget))}><label><input type="checkbox" name="better" defaultChecked /> ${LABEL}</label></form>`,
      'const save = (data: FormData) => { createAccount(); if (data.get("better")) allowTraining(id); };',
    ],
    [
      "a state that a button reads",
      `<div><label><input type="checkbox" checked={better} onChange={() => setBetter(!better)} /> ${LABEL}</label><button onClick={() => { if (!better) return; allowTraining(id); }}>Save</button></div>`,
      "const [better, setBetter] = useState(true);",
    ],
    [
      "what its handler is given",
      `<form onSubmit={handleSubmit(save)}><label><input type="checkbox" {...register("better")} /> ${LABEL}</label></form>`,
      "const { register, handleSubmit } = useForm({ defaultValues: { better: true } }); const save = useCallback((values: any) => values.better ? allowTraining(id) : stopTraining(id), []);",
    ],
    [
      "an argument of it",
      `<div><label><input type="checkbox" ref={box} defaultChecked /> ${LABEL}</label><button onClick={() => allowTraining(id, box.current.checked)}>Save</button></div>`,
      "const box: any = {};",
    ],
  ])("is one by what is done with it: %s", (_, jsx, before) => {
    const told = found(`export function Page(props: any) { ${before} return ${jsx}; }`);
    expect(told).toContainEqual(expect.stringMatching(/^the consent `Help us get better` is given before anybody has chosen/));
  });

  it.each([
    [
      "off",
      `<form onSubmit={save}><label><input type="checkbox" name="better" /> ${LABEL}</label></form>`,
      'const save = (e: any) => { if (new FormData(e.target).get("better")) allowTraining(id); };',
    ],
    [
      "another's",
      `<form onSubmit={save}><label><input type="checkbox" name="remember" defaultChecked /> Remember me</label><label><input type="checkbox" name="better" /> ${LABEL}</label></form>`,
      'const save = (e: any) => { if (new FormData(e.target).get("better")) allowTraining(id); };',
    ],
    [
      "for something else",
      `<form onSubmit={save}><label><input type="checkbox" name="better" defaultChecked /> ${LABEL}</label></form>`,
      'const save = (e: any) => { if (new FormData(e.target).get("better")) createAccount(); };',
    ],
  ])("is none by what is done with it: %s", (_, jsx, before) => {
    expect(found(`export function Page(props: any) { ${before} return ${jsx}; }`)).toEqual([]);
  });

  it("is one by what it does, in any language", () => {
    const toggle = (call: string): string =>
      page(
        `<label><input type="checkbox" defaultChecked onChange={(e) => { if (e.target.checked) ${call}; else stopTraining(id); }} /> Mitlernen</label>`,
      );
    expect(found(toggle("allowTraining(id)"))).toEqual(["the consent `Mitlernen` is given before anybody has chosen: `defaultChecked`"]);
    expect(found(toggle("createAccount()").replace("stopTraining(id)", "void 0"))).toEqual([]);
  });

  it("is what a radio button says that is chosen", () => {
    const radios = (yes: string, no: string): string =>
      page(
        `<label><input type="radio" name="allowTraining" value="yes" ${yes} /> Yes</label><label><input type="radio" name="allowTraining" value="no" ${no} /> No</label>`,
      );
    expect(found(radios("defaultChecked", ""))).toHaveLength(1);
    expect(found(radios("", "defaultChecked"))).toEqual([]);
  });

  it("is in HTML as well", () => {
    const html = (input: string): string =>
      `export const form = (name: string) => \`<form><h1>\${name}</h1>\n<label>${input} You may train your AI on my data</label></form>\`;`;
    expect(check("consent-surface", { ...FILES, "src/page.ts": html('<input type="checkbox" name="t" checked>') })).toEqual([
      "src/page.ts:2 error the consent `You may train your AI on my data` is given before anybody has chosen: `checked`",
    ]);
    expect(check("consent-surface", { ...FILES, "src/page.ts": html('<input type="checkbox" name="t">') })).toEqual([]);
    expect(check("consent-surface", { ...FILES, "src/page.ts": html('<input type="text" value="checked">') })).toEqual([]);
  });
});

describe("a yes without an equal no", () => {
  const ASK = "<p>We would like to train our AI models on your conversations.</p>";
  const dialog = (buttons: string, ask = ASK): string => `export const Dialog = (props: any) => <div>${ask}${buttons}</div>;`;

  it("is told", () => {
    expect(found(dialog("<button>Accept</button>"))).toEqual(["`Accept` asks for consent, and nothing beside it refuses"]);
    expect(found(dialog("<button>Accept all cookies</button><button>Manage options</button>", ""))).toHaveLength(1);
    expect(found(dialog("<button onClick={() => allowTraining(id)}>Ja</button>", ""))).toEqual([
      "`Ja` asks for consent, and nothing beside it refuses",
    ]);
  });

  it.each(["Not now", "Ask me later", "Remind me later", "Skip"])("has `%s` as the only other answer", (later) => {
    expect(found(dialog(`<button>Allow</button><button>${later}</button>`))).toEqual([
      `\`Allow\` asks for consent, and the only other answer is \`${later}\`: there is no no`,
    ]);
  });

  it("has a link for a no", () => {
    expect(found(dialog('<button>Allow</button><a href="/no">Reject</a>'))).toEqual([
      "`Allow` is a button, and the no (`Reject`) only a link: it must be as easy",
    ]);
    expect(found(dialog('<button>Allow</button><a class="btn" href="/no">Reject</a>'))).toEqual([]);
  });

  it.each(["Reject", "Do not allow", "Don’t allow", "No, thanks", "Decline", "Only necessary", "Continue without accepting"])(
    "is none beside `%s`",
    (no) => {
      expect(found(dialog(`<button>Allow</button><button>${no}</button><button>Later</button>`))).toEqual([]);
    },
  );

  it("is none beside what withdraws, in any language", () => {
    expect(
      found(dialog("<button onClick={() => allowTraining(id)}>Ja</button><button onClick={() => stopTraining(id)}>Nein</button>", "")),
    ).toEqual([]);
  });

  const HOOK = `import { allowTraining, stopTraining } from "./consent.js";
export function useConsent(id: string) { const accept = async () => { allowTraining(id); }; return { accept, decline: () => stopTraining(id), close: () => {} }; }
`;
  const SERVICE = `import { allowTraining, stopTraining } from "./consent.js";
export class Answers { yes(id: string) { allowTraining(id); } no = (id: string) => stopTraining(id); close(id: string) { void id; } }
export const answers = new Answers();
`;

  it.each([
    ["a hook of the program gives", HOOK, `import { useConsent } from "./more.js";`, "accept", "decline", "close"],
    [
      "a service does",
      SERVICE,
      `import { answers } from "./more.js";`,
      "() => answers.yes(id)",
      "() => answers.no(id)",
      "() => answers.close(id)",
    ],
  ])("is told of what %s, and not beside its no", (_, more, head, yes, no, close) => {
    const before = more === HOOK ? "const { accept, decline, close } = useConsent(id);" : "";
    const ask = (other: string): string[] =>
      found(`${head}${page(`<button onClick={${yes}}>Sure</button><button onClick={${other}}>Later</button>`, before)}`, {
        "src/more.ts": more,
      });
    expect(ask(close)).toEqual(["`Sure` asks for consent, and the only other answer is `Later`: there is no no"]);
    expect(ask(no)).toEqual([]);
  });

  it("is told of a service that is the declared one", () => {
    const files = {
      "purpose.yaml": MANIFEST.replace(":allowTraining", ":Consents.allow").replace(":stopTraining", ":Consents.stop"),
      "src/consent.ts": `const yes = new Set<string>();
export const mayTrain = (id: string): boolean => yes.has(id);
export class Consents { allow(id: string): void { yes.add(id); } stop(id: string): void { yes.delete(id); } }
`,
    };
    const head = `import { useState } from "react"; import { Consents } from "./consent.js"; const consents = new Consents(); declare const id: string;`;
    const ask = (other: string): string[] =>
      check("consent-surface", {
        ...FILES,
        ...files,
        "src/page.tsx": `${head}${page(`<button onClick={() => consents.allow(id)}>Sure</button>${other}`)}`,
      });
    expect(ask("")).toHaveLength(1);
    expect(ask("<button onClick={() => consents.stop(id)}>Rather not</button>")).toEqual([]);
  });

  it("is none that is a switch", () => {
    const toggle = "<button onClick={() => (props.on ? stopTraining(id) : allowTraining(id))}>{props.on ? 'Stop' : 'Start'}</button>";
    expect(found(dialog(toggle, ""))).toEqual([]);
    expect(found(page(`<label><input type="checkbox" name="allowTraining" /> ${TRAIN}</label><button type="submit">OK</button>`))).toEqual(
      [],
    );
  });

  it.each([
    ["a file dialog", "<h2>Choose files</h2><button>Accept</button><button>Cancel</button>"],
    ["an invitation", "<p>We use your data with care.</p><button>Accept invitation</button>"],
    ["a permission of the browser", "<p>We want to call you.</p><button>Allow camera</button>"],
    ["a message", "<p>Your data was saved.</p><button>OK</button>"],
    ["terms", "<p>Read our terms of service.</p><button>Agree</button>"],
  ])("is none of %s", (_, jsx) => {
    expect(found(dialog(jsx, ""))).toEqual([]);
  });
});

describe("consent that comes with something else", () => {
  it("is told where a button says so", () => {
    expect(found(page("<button>Sign up and agree to training</button>"))).toContain(
      "`Sign up and agree to training` gives consent and does something else as well: whoever wants the one has to take the other",
    );
    expect(found(page("<button>Sign up</button>"))).toEqual([]);
    expect(found(page("<button>Sign up and agree to the terms</button>"))).toEqual([]);
  });

  it("is told where a button does so", () => {
    const signUp = (then: string): string =>
      page(
        `<button type="button" onClick={submit}>Sign up</button>`,
        `const submit = useCallback(() => { createAccount(); ${then} }, []);`,
      );
    expect(found(signUp("allowTraining(id);"))).toContain(
      "`Sign up` gives the consent training and does something else as well: whoever wants the one has to take the other",
    );
    expect(found(signUp("if (props.agreed) allowTraining(id);"))).not.toContainEqual(expect.stringContaining("something else"));
    expect(found(signUp(""))).toEqual([]);
  });

  it("is told where a form does so, through other files", () => {
    const files = {
      "src/sign-up.ts": 'import { allowTraining } from "./consent.js";\nexport function signUp(): void { allowTraining("me"); }\n',
    };
    const form = (handler: string): string =>
      `import { signUp } from "./sign-up.js";\nexport const Page = () => <form onSubmit={${handler}}><input name="mail" /><button>Register</button></form>;`;
    expect(found(form("() => { signUp(); }"), files)).toContainEqual(
      expect.stringContaining("`Register` gives the consent training and does something else"),
    );
    expect(found(form("() => { createAccount(); }"), files)).toEqual([]);
  });

  it("is told of terms", () => {
    const box = (label: string): string => page(`<label><input type="checkbox" /> ${label}</label>`);
    expect(found(box("I agree to the terms and to the use of my data for training"))).toEqual([
      "`I agree to the terms and to the use of my data for training` gives consent and agrees to terms as well: whoever wants the one has to take the other",
    ]);
    expect(found(box("I agree to the terms"))).toEqual([]);
    expect(found(box("I have read the privacy policy and agree to the processing of my personal data"))).toEqual([]);
  });

  it("is told of what people do anyway", () => {
    expect(found(page("<p>By signing up, you agree that we train our models on your data.</p>"))).toEqual([
      "`By signing up, you agree that we train our models on your data.` takes something else that people do for their consent: consent is an act of its own",
    ]);
    expect(found(page("<p>By signing up, you agree to our Terms and Privacy Policy.</p>"))).toEqual([]);
  });
});

describe("what is looked at", () => {
  it("is no test, and nothing where the manifest asks for no consent", () => {
    const bad = `export const form = '<label><input type="checkbox" checked> You may train your AI on my data</label>';`;
    expect(check("consent-surface", { ...FILES, "src/page.test.ts": bad })).toEqual([]);
    expect(check("consent-surface", { ...FILES, "src/page.ts": bad })).toHaveLength(1);
    const without = MANIFEST.slice(0, MANIFEST.indexOf("consent:\n")).replace("basis: consent, consent: training", "basis: contract");
    expect(check("consent-surface", { ...FILES, "purpose.yaml": without, "src/page.ts": bad })).toEqual([]);
  });
});

describe("automated decisions", () => {
  const WORDS = "We decide automatically whether you may rent";
  const manifest = `version: 1
purposes: { score: { basis: contract, automated-decision: "${WORDS}" } }
fields: { user.income: { for: [score] } }
sources: [{ field: user.income, parameter: "./src/score.ts:apply", argument: "0" }]
sinks: [{ id: model, purpose: score, call: "./src/score.ts:rate" }]
`;
  const score = (use: string): string =>
    `export const rate = (income: number): boolean => income > 9;\nexport function apply(income: number): boolean { return ${use}; }\n`;
  const run = (use: string, jsx: string): string[] =>
    check("consent-surface", {
      "purpose.yaml": manifest,
      "src/score.ts": score(use),
      "src/page.tsx": `export const Page = () => <p>${jsx}</p>;\n`,
    });

  it("are told where no page says so", () => {
    expect(run("rate(income)", "Apply here")).toEqual([
      `src/score.ts:2 error model decides automatically (score), and no page says \`${WORDS}\``,
    ]);
  });

  it("are a matter of Californian law", () => {
    const files = { "purpose.yaml": manifest, "src/score.ts": score("rate(income)") };
    expect(findings("consent-surface", files).map(({ rule, article }) => [rule, article])).toEqual([
      ["consent-surface", "CPRA, 11 CCR § 7220"],
    ]);
  });

  it("are not said by a text that nobody shows", () => {
    const page = (use: string): string[] => run("rate(income)", `x</p>;\nconst words = "${WORDS}";\nexport const Other = () => <p>${use}`);
    expect(page("nothing")).toHaveLength(1);
    expect(page("{words}")).toEqual([]);
  });

  it("are said on some page, or not made", () => {
    expect(run("rate(income)", `${WORDS.replace("automatically", "<b>automatically</b>")} here.`)).toEqual([]);
    expect(run("income > 8", "Apply here")).toEqual([]);
  });
});

describe("in HTML", () => {
  const html = (code: string): string[] =>
    check("consent-surface", {
      ...FILES,
      "src/page.ts": `declare const html: (...x: unknown[]) => string; declare const on: boolean;\nexport const page = ${code};\n`,
    }).map((line) => line.replace(/^src\/page\.ts:\d+ error /, ""));
  const box = (attribute: string): string => `html\`<label><input type="checkbox" ${attribute}> ${TRAIN}</label>\``;

  it.each([".checked=${true}", "?checked=${true}", '${"checked"}', "checked"])("a choice is on: %s", (attribute) => {
    expect(html(box(attribute))).toEqual([`the consent \`${TRAIN}\` is given before anybody has chosen: \`checked\``]);
  });

  it.each([".checked=${false}", "?checked=${on}", ".checked=${on}", "?disabled=${true}", '${""}'])("a choice is not: %s", (attribute) => {
    expect(html(box(attribute))).toEqual([]);
  });

  it.each([
    ['`<input type="hidden" name="marketing_consent" value="true">`', 1],
    ['`<input type="hidden" name="marketing_consent" value="false">`', 0],
    ['`<input type="hidden" name="csrf" value="true">`', 0],
    [
      '`<form><input type="hidden" name="marketing_consent" value="true"><button>Yes, allow marketing</button><button>No</button></form>`',
      0,
    ],
    ['`<form><input type="hidden" name="marketing_consent" value="true"><button>Sign up</button></form>`', 1],
  ])("a consent is sent unseen: %s", (code, count) => {
    expect(html(code)).toHaveLength(count);
  });

  it.each([
    ["'<button>Allow tracking cookies</button>' + '<button>Decline</button>'", 0],
    ["'<button>Allow tracking cookies</button>' + ('<i>x</i>' + '<button>Decline</button>')", 0],
    ["'<button>Allow tracking cookies</button>' + '<button>More</button>'", 1],
    ["['<button>Allow tracking cookies</button>', '<button>Decline</button>'].join('')", 0],
    ["['<button>Allow tracking cookies</button>', '<button>Decline</button>']", 1],
  ])("texts that are put together are one: %s", (code, count) => {
    expect(html(code)).toHaveLength(count);
  });
});

describe("a no beside the yes", () => {
  const ask = (no: string): string[] =>
    found(
      page(
        `<p>We use cookies for tracking.</p><button onClick={ok}>Accept all</button>${no}`,
        "const [more, setMore] = useState(false); const { ok, no } = props as any;",
      ),
    );
  const OPTIONS = "<button onClick={() => setMore(true)}>Options</button>";

  it("is there at once", () => {
    expect(ask("<button onClick={no}>Reject all</button>")).toEqual([]);
    expect(ask(`${OPTIONS}{more && <button onClick={no}>Reject all</button>}`)).toEqual([
      "`Accept all` asks for consent at once, and the no (`Reject all`) has to be opened first: it must be as easy",
    ]);
    expect(ask(`${OPTIONS}{!more && <button onClick={no}>Reject all</button>}`)).toEqual([]);
  });

  it("can be used", () => {
    expect(ask("<button onClick={no} disabled>Reject all</button>")).toHaveLength(1);
    expect(ask("<button onClick={no} disabled={true}>Reject all</button>")).toHaveLength(1);
    expect(ask("<button onClick={no} disabled={false}>Reject all</button>")).toEqual([]);
    expect(ask("<button onClick={no} disabled={props.busy}>Reject all</button>")).toEqual([]);
  });

  it("is asked for by what a machine learns from", () => {
    const asked = (what: string): string[] =>
      found(page(`<button onClick={props.ok}>Yes, train on my ${what}</button><button onClick={props.later}>Ask me later</button>`));
    expect(asked("notes")).toHaveLength(1);
    expect(asked("own schedule")).toEqual([]);
  });
});

describe("a consent that is given while nobody does anything", () => {
  const given = (code: string): string[] =>
    found(`declare const props: any; declare const toast: any; declare const askForConsent: any; declare const user: { id: string } | null; declare const agreed: boolean;
declare function useEffect(run: () => void, on?: unknown[]): void; declare const $: any; declare const onMounted: any;
${code}`);
  const effect = (code: string): string[] =>
    given(
      `export function App() { const [on, setOn] = useState(false); useEffect(() => { ${code} }, []); return <p onClick={() => setOn(!on)}>Hi</p>; }`,
    );

  it("is given by an effect", () => {
    expect(effect("allowTraining(id);")).toEqual(["the consent training is given by `useEffect`, and nobody has done anything"]);
  });

  it.each([
    ["where there is somebody", "if (user) allowTraining(user.id);"],
    ["where there is somebody, early", "if (!user) return; allowTraining(user.id);"],
    ["at once", "(async () => { await allowTraining(id); })();"],
    ["of a list", "[id].forEach((one) => allowTraining(one));"],
    ["when something is there", "fetch('/me').then((r) => r.json()).then((me) => allowTraining(me.id));"],
    ["later", "setTimeout(() => allowTraining(id), 1000);"],
    ["in a function of its own", "const run = async () => { await allowTraining(id); }; void run();"],
  ])("is given by an effect %s", (_, code) => {
    expect(effect(code)).toHaveLength(1);
  });

  it.each([
    ["what somebody has chosen", "if (on) allowTraining(id);"],
    ["what was kept of an answer", 'if (localStorage.getItem("consent") === "yes") allowTraining(id);'],
    ["what was kept of an answer, early", "if (!agreed) return; allowTraining(id);"],
    ["the link that somebody was sent", 'allowTraining(new URLSearchParams(location.search).get("token")!);'],
    ["nothing of it", "void id;"],
    ["a no", "stopTraining(id);"],
    ["a dialog that asks", "askForConsent({ onAccept: () => allowTraining(id), onReject: () => stopTraining(id) });"],
    ["a toast", 'toast("May we train?", () => allowTraining(id));'],
    ["a function that is handed on", "const yes = () => allowTraining(id); props.button.onclick = yes;"],
    ["a listener", 'document.getElementById("yes")!.addEventListener("click", () => allowTraining(id));'],
  ])("is not where it depends on %s", (_, code) => {
    expect(effect(code)).toEqual([]);
  });

  it.each([
    ["whenever it is drawn", "export function App() { allowTraining(id); return <p>Hi</p>; }"],
    ["when it is there", "class App { componentDidMount() { allowTraining(id); } }"],
    ["when the page is there", 'window.addEventListener("DOMContentLoaded", () => allowTraining(id));'],
    ["when somebody scrolls", 'window.addEventListener("scroll", () => { allowTraining(id); });'],
    ["when the page has loaded", "window.onload = () => allowTraining(id);"],
    ["by jQuery", "$(document).ready(() => { allowTraining(id); });"],
    ["by Vue", "onMounted(() => allowTraining(id));"],
    ["by an image", "export const Pixel = () => <img onLoad={() => allowTraining(id)} />;"],
  ])("is given %s", (_, code) => {
    expect(given(code).filter((one) => one.includes("nobody has done anything"))).toHaveLength(1);
  });

  it.each([
    ["a click", 'window.addEventListener("click", () => allowTraining(id));'],
    [
      "a function that is only made",
      "export function App() { const yes = () => allowTraining(id); return <p><button onClick={yes}>Allow</button><button>No, thanks</button></p>; }",
    ],
    ["another effect", "onMounted(() => console.log(id));"],
  ])("is not by %s", (_, code) => {
    expect(given(code)).toEqual([]);
  });
});

describe("controls that are made of a table", () => {
  const accept = { label: "Accept all cookies", run: "() => allowTraining(id)" };
  const reject = { label: "Reject all", run: "() => stopTraining(id)" };
  const rows = (...list: readonly (typeof accept)[]): string =>
    list.map(({ label, run }) => `{ label: "${label}", run: ${run}, on: true }`).join(", ");
  const without = "`Accept all cookies` asks for consent, and nothing beside it refuses";

  it.each([
    ["in place", (list: string) => page(`{[${list}].map((one) => <button onClick={one.run}>{one.label}</button>)}`)],
    [
      "by a name",
      (list: string) =>
        `const BUTTONS = [${list}];\n${page("{BUTTONS.map((one) => <button key={one.label} onClick={one.run}>{one.label}</button>)}")}`,
    ],
    ["taken apart", (list: string) => page(`{[${list}].map(({ label, run }) => <button onClick={() => run()}>{label}</button>)}`)],
    [
      "spread",
      (list: string) =>
        page(
          "{rows.map((one) => <button {...one}>{one.label}</button>)}",
          `const rows = [${list.replaceAll("run:", "onClick:")}] as const;`,
        ),
    ],
    [
      "before",
      (list: string) =>
        page("{buttons}", `const buttons = [${list}].map((one) => { return <button onClick={one.run}>{one.label}</button>; });`),
    ],
  ])("are told as those that are written: %s", (_, make) => {
    expect(found(make(rows(accept, reject)))).toEqual([]);
    expect(found(make(rows(accept, { label: "Manage options", run: "() => undefined" })))).toEqual([without]);
  });

  it("are of pairs, and of entries", () => {
    const pairs = (second: string): string =>
      page(
        `{([["Accept all cookies", yes], ["${second}", no]] as const).map(([label, run]) => <button onClick={run}>{label}</button>)}`,
        "const yes = () => allowTraining(id); const no = () => {};",
      );
    expect(found(pairs("Reject all"))).toEqual([]);
    expect(found(pairs("Settings"))).toEqual([without]);
    const entries = (second: string): string =>
      page(
        `{Object.entries({ "Accept all cookies": yes, "${second}": no }).map(([label, run]) => <button onClick={run}>{label}</button>)}`,
        "const yes = () => allowTraining(id); const no = () => {};",
      );
    expect(found(entries("Reject all"))).toEqual([]);
    expect(found(entries("Settings"))).toEqual([without]);
  });

  it("are on where the row says so", () => {
    const boxes = (on: boolean): string =>
      page(
        `{[{ name: "marketing", label: "Marketing cookies", on: ${String(on)} }].map((c) => <label key={c.name}><input type="checkbox" name={c.name} defaultChecked={c.on} /> {c.label}</label>)}`,
      );
    expect(found(boxes(true))).toEqual(["the consent `Marketing cookies` is given before anybody has chosen: `defaultchecked={true}`"]);
    expect(found(boxes(false))).toEqual([]);
  });

  it("are unknown where the table is", () => {
    expect(found(page("{props.rows.map((one) => <button onClick={one.run}>{one.label}</button>)}"))).toEqual([]);
  });
});
