/** How consents are taken back: programs, each beside its legal neighbour. */
import { describe, expect, it } from "vitest";
import { check } from "./check.js";

const manifest = (more: string): string => `version: 1
purposes: { train: { basis: consent, consent: training } }
fields: { chat.prompt: { for: [train] } }
sources: [{ field: chat.prompt, parameter: "./src/chat.ts:onPrompt", argument: "0" }]
sinks: [{ id: upload, purpose: train, call: "./src/chat.ts:upload" }]
consent:
  training: { mode: opt-in, check: "./src/consent.ts:mayTrain"${more} }
`;

const GRANT = ', grant: "./src/consent.ts:allowTraining"';
const WITHDRAW = ', withdraw: "./src/consent.ts:stopTraining"';
const ON = ', on-withdraw: "./src/dataset.ts:removeUser"';
const ALL = GRANT + WITHDRAW + ON;

const consent = (stop: string, head = ""): string => `import { removeUser } from "./dataset.js";
${head}
const yes = new Set<string>();
export const mayTrain = (id: string): boolean => yes.has(id);
export function allowTraining(id: string): void { yes.add(id); }
export async function stopTraining(id: string): Promise<void> { ${stop} }
export { removeUser };
`;
const STOP = "yes.delete(id); removeUser(id);";

/** The findings of a program whose routes are `routes`. */
const found = (keys: string, routes: string, stop = STOP, files: Record<string, string> = {}): string[] =>
  check("withdrawal", {
    "purpose.yaml": manifest(keys),
    "src/consent.ts": consent(stop),
    "src/dataset.ts": "export function removeUser(id: string): void { void id; }\n",
    "src/chat.ts": `import { mayTrain } from "./consent.js";
export function upload(text: string): void { void text; }
export function onPrompt(text: string, id: string): void { if (mayTrain(id)) upload(text); }
`,
    "src/routes.ts": `import express from "express";
import * as consent from "./consent.js";
import { allowTraining, stopTraining } from "./consent.js";
const app = express();
${routes}
void consent; void allowTraining; void stopTraining;
`,
    ...files,
  });

const PUT = 'app.put("/training", (req) => { allowTraining(req.params.id); });\n';
const DELETE = 'app.delete("/training", async (req) => { await stopTraining(req.params.id); });\n';

describe("what takes a consent back", () => {
  it("is declared, called, and comes to its effect", () => {
    expect(found(ALL, PUT + DELETE)).toEqual([]);
  });

  it("is not declared", () => {
    expect(found(GRANT, PUT)).toEqual([
      "src/routes.ts:5 error the consent training can be given, and no code is declared that takes it back",
    ]);
    // Nothing is known of who gives it.
    expect(found("", PUT)).toEqual([]);
    expect(found(GRANT, "")).toEqual([
      "purpose.yaml:7 error the consent training can be given, and no code is declared that takes it back",
    ]);
  });

  it("is called by nobody", () => {
    expect(found(ALL, PUT)).toEqual([
      "src/routes.ts:5 error the consent training is given here, and nothing calls `./src/consent.ts:stopTraining`, which takes it back",
    ]);
  });

  it("is called only by what nobody can reach", () => {
    const unused = "function unused(id: string) { return stopTraining(id); }\n";
    const [finding] = found(ALL, PUT + unused);
    expect(finding).toContain("nothing calls `./src/consent.ts:stopTraining`");
    expect(found(ALL, `${PUT}export ${unused}`)).toEqual([
      "src/routes.ts:5 error the consent training is given here, and nothing calls `./src/consent.ts:stopTraining`, which takes it back, but for an exported function at src/routes.ts:6 which nothing calls",
    ]);
    // It is for others to call, as what gives it is.
    expect(found(ALL, `export function used(id: string) { allowTraining(id); }\nexport ${unused}`)).toEqual([]);
    expect(found(ALL, `${PUT}${unused}const commands = { unused }; export default commands;\n`)).toEqual([]);
  });
  it("is for others to call, as what gives it is", () => {
    expect(found(ALL, "")).toEqual([]);
    expect(found(ALL, DELETE)).toEqual([]);
  });

  it.each([
    ["as a handler", 'app.delete("/training", stopTraining as never);'],
    ["through a namespace", 'app.delete("/training", (req) => consent.stopTraining(req.params.id));'],
    ["through a function", 'const leave = (id: string) => stopTraining(id);\napp.delete("/training", (req) => leave(req.params.id));'],
    ["in a callback", 'app.delete("/training", (req) => { ["a"].forEach((id) => void stopTraining(id + req.params.id)); });'],
    ["by what a platform begins with", "export function handler(id: string): void { void stopTraining(id); }"],
    ["by default", "export default function leave(id: string): void { void stopTraining(id); }"],
  ])("is called %s", (_, code) => {
    expect(found(ALL, `${PUT}${code}`)).toEqual([]);
  });

  it("is called by what others begin with: a command, a component, what another file names", () => {
    const leave = 'import { stopTraining } from "../consent.js";\nexport function leave(id: string): void { void stopTraining(id); }\n';
    const at = (path: string, more: Record<string, string> = {}): string[] => found(ALL, PUT, STOP, { [path]: leave, ...more });
    expect(at("src/commands/leave.ts")).toEqual([]);
    expect(at("src/account/leave.ts")).toHaveLength(1);
    const menu = 'import { leave } from "./leave.js";\nexport const menu = { leave };\n';
    expect(at("src/account/leave.ts", { "src/account/menu.ts": menu })).toEqual([]);
    const button = leave.replace(/export.*/s, "export const Leave = () => <button onClick={() => stopTraining('me')}>Leave</button>;\n");
    expect(found(ALL, PUT, STOP, { "src/account/leave.tsx": button })).toEqual([]);
  });

  it("is not called by a method that nothing calls", () => {
    const service = (more: string): Record<string, string> => ({
      "src/service.ts": `import { stopTraining } from "./consent.js";\nexport class Consents { async revoke(id: string) { await stopTraining(id); } }\n${more}`,
    });
    expect(found(ALL, PUT, STOP, service(""))).toHaveLength(1);
    const used = "export const consents = new Consents();\nvoid consents.revoke('me');\n";
    expect(found(ALL, PUT, STOP, service(used))).toEqual([]);
  });

  it("is not called by who only names it", () => {
    expect(found(ALL, `${PUT}export const actions = typeof stopTraining;`)).toHaveLength(1);
  });
});

describe("what must happen then", () => {
  const without =
    "src/routes.ts:6 error taking back the consent training (`./src/consent.ts:stopTraining`) does not come to `./src/dataset.ts:removeUser`, which must happen then";

  it("does not", () => {
    expect(found(ALL, PUT + DELETE, "yes.delete(id);")).toEqual([without]);
  });

  it("is done by another route", () => {
    expect(found(ALL, `${PUT}${DELETE}app.delete("/data", (req) => { consent.removeUser(req.params.id); });`, "yes.delete(id);")).toEqual([
      without,
    ]);
  });

  it.each([
    ["at once", STOP],
    ["through another function", "await erase(id);"],
    ["under a condition", "if (yes.delete(id)) removeUser(id);"],
    ["in a callback", "await Promise.resolve(id).then(removeUser);"],
    ["later", "setTimeout(() => { removeUser(id); }, 10);"],
    ["in a transaction", "await transaction(async () => { removeUser(id); });"],
  ])("is done %s", (_, stop) => {
    const more =
      "async function erase(id: string) { removeUser(id); }\nasync function transaction(work: () => Promise<void>) { await work(); }\n";
    const files = { "src/consent.ts": consent(stop, more) };
    expect(found(ALL, PUT + DELETE, stop, files)).toEqual([]);
  });

  it("is asked of nobody who declares none, and of no package", () => {
    expect(found(GRANT + WITHDRAW, PUT + DELETE, "yes.delete(id);")).toEqual([]);
    const cmp = `${GRANT}, withdraw: "cmp:revoke"${ON}`;
    expect(
      found(cmp, `import { revoke } from "cmp";\n${PUT}app.delete("/training", (req) => { revoke(req.params.id); });`, "yes.delete(id);"),
    ).toEqual([]);
  });
});

describe("taking it back", () => {
  const page = (code: string): Record<string, string> => ({
    "src/page.tsx": `import { useState } from "react";
import { allowTraining, stopTraining } from "./consent.js";
declare const id: string;
${code}
`,
  });
  const settings = (stop: string, before = "", allow = "<button onClick={() => allowTraining(id)}>Allow</button>"): string[] =>
    found(ALL, "", STOP, page(`export function Settings() { ${before} return <div>${allow}${stop}</div>; }`));

  it("takes as many steps as giving it", () => {
    expect(settings("<button onClick={() => stopTraining(id)}>Do not allow</button>")).toEqual([]);
  });

  it.each([
    ["a flag", "useState(true)", "answer", "set(event.target.checked)"],
    ["a flag in an object", "useState({ on: true, name: '' })", "answer.on", "set({ ...answer, on: event.target.checked })"],
  ])("may be done where %s decides, whatever it begins as", (_, state, is, set) => {
    const box = `<input type="checkbox" checked={${is}} onChange={(event) => ${set}} />`;
    const form = `<form onSubmit={() => (${is} ? allowTraining(id) : stopTraining(id))}>${box}<button>Save</button></form>`;
    expect(settings(form, `const [answer, set] = ${state};`, "")).toEqual([]);
    expect(settings(form.replace("stopTraining(id)", "null"), `const [answer, set] = ${state};`, "")).toHaveLength(1);
  });

  it("asks once more", () => {
    expect(settings('<button onClick={() => { if (confirm("Sure?")) stopTraining(id); }}>Stop</button>')).toEqual([
      "src/page.tsx:4 error taking back the consent training takes 2 steps, and giving it (src/page.tsx:4) 1 step",
    ]);
  });

  it("may ask once more where giving it did", () => {
    const ask = (call: string, label: string): string =>
      `<button onClick={() => { if (window.confirm("Sure?")) ${call}; }}>${label}</button>`;
    expect(settings(ask("stopTraining(id)", "Stop"), "", ask("allowTraining(id)", "Allow"))).toEqual([]);
    expect(settings("<button onClick={() => stopTraining(id)}>Stop</button>", "", ask("allowTraining(id)", "Allow"))).toEqual([]);
  });

  it.each([
    ["a part that is opened first", "{open && <button onClick={() => stopTraining(id)}>Stop</button>}"],
    ["a dialog", "<Modal isOpen={open}><button onClick={() => stopTraining(id)}>Stop</button></Modal>"],
    [
      "a dialog of Radix",
      "<AlertDialog><AlertDialogContent><button onClick={() => stopTraining(id)}>Stop</button></AlertDialogContent></AlertDialog>",
    ],
  ])("stands behind %s", (_, jsx) => {
    const open = "<a onClick={() => setOpen(true)}>More</a>";
    expect(settings(open + jsx, "const [open, setOpen] = useState(false);")).toHaveLength(1);
  });

  const STOPS = "<button onClick={() => stopTraining(id)}>Stop</button>";
  const NEXT = "<a onClick={() => setStep(STEP)}>More</a>";
  const two = "src/page.tsx:4 error taking back the consent training takes 2 steps, and giving it (src/page.tsx:4) 1 step";

  it.each([
    ["a step of a wizard", `{step === 2 && ${STOPS}}`, "0", "2", "3"],
    ["a step that has a name", `{step === "confirm" && ${STOPS}}`, '"home"', '"confirm"', '"done"'],
    ["what is not the beginning", `{step === "home" ? <i /> : ${STOPS}}`, '"home"', '"confirm"', '"other"'],
    ["a later step", `{step >= 1 && ${STOPS}}`, "0", "1", "2"],
    [
      "a control that a text has to be typed for",
      `<input onChange={(e) => setStep(e.target.value)} /><button disabled={step !== "DELETE"} onClick={() => stopTraining(id)}>Stop</button>`,
      '""',
      '"DELETE"',
      '"x"',
    ],
  ])("stands behind %s", (_, jsx, first, there) => {
    const begin = (value: string): string => `const [step, setStep] = useState(${value});`;
    const next = NEXT.replace("STEP", there);
    expect(settings(next + jsx, begin(first))).toEqual([two]);
    expect(settings(next + jsx, begin(there))).toEqual([]);
    expect(settings(next + jsx, "const step = useStep(); const setStep = useSet();")).toEqual([]);
  });

  it("stands behind pages that are returned before", () => {
    const allow = "export const Allow = () => <p><button onClick={() => allowTraining(id)}>Allow</button><button>No, thanks</button></p>;";
    const wizard = (first: number): string[] =>
      found(
        ALL,
        "",
        STOP,
        page(`export function Wizard() { const [step, setStep] = useState(${first});
  if (step === 0) { return <a onClick={() => setStep(1)}>More</a>; }
  if (step === 1) return <a onClick={() => setStep(2)}>Really</a>;
  return ${STOPS};
}
${allow}`),
      );
    expect(wizard(0)).toHaveLength(1);
    expect(wizard(2)).toEqual([]);
  });

  it("asks once more in a dialog of SweetAlert", () => {
    const leave = (ask: string): string => `const leave = async () => { ${ask} await stopTraining(id); };`;
    const stop = "<button onClick={leave}>Stop</button>";
    expect(settings(stop, leave('const r = await Swal.fire({ title: "Sure?" }); if (r.isConfirmed)'))).toEqual([two]);
    expect(settings(stop, leave('await sound.fire({ title: "Bye" });'))).toEqual([]);
  });

  it.each([
    ["a part that is there at first", "{open && <button onClick={() => stopTraining(id)}>Stop</button>}", "const [open] = useState(true);"],
    [
      "a state of the consent itself",
      "{allowed && <button onClick={() => stopTraining(id)}>Stop</button>}",
      "const allowed = useAllowed();",
    ],
    [
      "what is loaded",
      "{allowed && <button onClick={() => stopTraining(id)}>Stop</button>}",
      "const [allowed, setAllowed] = useState(false); useEffect(() => { void load().then(setAllowed); });",
    ],
    [
      "what giving it shows",
      "{allowed ? <button onClick={() => stopTraining(id)}>Stop</button> : <button onClick={() => { allowTraining(id); setAllowed(true); }}>Allow</button>}",
      "const [allowed, setAllowed] = useState(false);",
    ],
    ["a dialog that is always open", "<Modal isOpen><button onClick={() => stopTraining(id)}>Stop</button></Modal>", ""],
  ])("stands in %s", (_, jsx, before) => {
    expect(settings(jsx, before)).toEqual([]);
  });

  it("is the same switch", () => {
    const toggle =
      "<input type='checkbox' checked={props.on} onChange={(e) => (e.target.checked ? allowTraining(id) : stopTraining(id))} />";
    expect(found(ALL, "", STOP, page(`export const Settings = (props: any) => <label>${toggle} Mitlernen</label>;`))).toEqual([]);
  });

  it("asks once more without a page of ours", () => {
    const listen = (name: string, ask: string, call: string): string =>
      `document.getElementById("${name}")!.addEventListener("click", () => { ${ask}${call}("me"); });\n`;
    const ask = 'if (!confirm("Sure?")) return; ';
    expect(found(ALL, listen("a", "", "allowTraining") + listen("b", ask, "void stopTraining"))).toEqual([
      "src/routes.ts:6 error taking back the consent training takes 1 confirmation, and giving it (src/routes.ts:5) 0 confirmations",
    ]);
    expect(found(ALL, listen("a", ask, "allowTraining") + listen("b", ask, "void stopTraining"))).toEqual([]);
  });
});
