/** What a report says about each rule, short enough for a tooltip. The long form is `docs/rules/`. */
import type { RuleId, Severity } from "../judge/finding.js";

export interface RuleHelp {
  /** PascalCase, as SARIF wants names. */
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** Markdown: what to do. */
  readonly help: string;
  readonly severity: Severity;
}

export const RULE_HELP: Readonly<Record<RuleId, RuleHelp>> = {
  limitation: {
    name: "PurposeLimitation",
    summary: "A field reaches a sink whose purpose it was not collected for.",
    description:
      "Personal data collected for one purpose may be used for that purpose, for one below it, or for one that an Art. 6(4) assessment found compatible.",
    help: "Collect the field for the purpose, assess compatibility, drop the field on the way, or anonymise it. Data collected on consent cannot be rescued by an assessment.",
    severity: "error",
  },
  minimization: {
    name: "DataMinimization",
    summary: "More data arrives, or is collected, than the purpose needs.",
    description:
      "A sink receives a field that it does not need, a collection takes in a field that is not declared, or a field is collected and never used.",
    help: "Build what the sink gets from the properties it needs, instead of a whole object, a spread or `JSON.stringify`. Add to `needs` only what the purpose cannot do without.",
    severity: "error",
  },
  consent: {
    name: "ConsentGate",
    summary: "A field reaches a sink for which people must have consented, and no check guards the way.",
    description:
      "Where a purpose rests on consent, every way to it must pass the check that it was given, for the person whose data it is.",
    help: "Call the declared `check` for the same person and leave unless it says yes, on every way. An answer that is ignored, kept, caught or replaced by a default guards nothing.",
    severity: "error",
  },
  "opt-out": {
    name: "OptOut",
    summary: "A field reaches a sink that people can opt out of, and those who have are not excluded.",
    description: "Every way must exclude who has opted out, and respect the declared signals such as Global Privacy Control.",
    help: "Call the declared `check` for the same person and leave if it says yes; ask for the declared signals as well.",
    severity: "error",
  },
  withdrawal: {
    name: "Withdrawal",
    summary: "A consent cannot be taken back, or not as easily as it is given.",
    description:
      "Code gives a consent, and nothing takes it back; or taking it back takes more steps, or does not come to what must happen then.",
    help: "Call what takes the consent back as directly as what gives it, and let it do what `on-withdraw` names.",
    severity: "error",
  },
  "consent-surface": {
    name: "ConsentSurface",
    summary: "Consent is asked for in a way that makes it none.",
    description:
      "A consent is given before anybody has chosen, together with something else, or cannot be refused as easily as given; or nobody is told of automated decisions.",
    help: "Let the control be off at first, ask for nothing else with it, and put an equal no beside the yes.",
    severity: "error",
  },
  deidentification: {
    name: "Deidentification",
    summary: "Data arrives closer to the person than the sink requires, or than somebody says it is.",
    description:
      "Hashes, tokens, ciphers and masks give pseudonymised data, which stays personal data; beside an identifier it is identified again. Only a declared transform with evidence gives anonymous data.",
    help: "Pass the field through a transform that yields what the sink requires, or drop it. Keep pseudonyms and identifiers in separate records. Do not call hashing anonymisation.",
    severity: "error",
  },
  "privacy-budget": {
    name: "PrivacyBudget",
    summary: "Differential privacy is spent that the model's budget does not have, or that cannot be counted.",
    description:
      "What all mechanisms of differential privacy spend over a model's life adds up by the composition theorems, earlier releases included.",
    help: "Draw more noise, or less often; give ε constants of the program; draw noise from a cryptographic source.",
    severity: "error",
  },
  "federated-boundary": {
    name: "FederatedBoundary",
    summary: "Raw data leaves a device zone, where only declared updates may.",
    description:
      "Federated learning keeps records on the device. What leaves code of a device zone over the network must have a status that the zone may send.",
    help: "Send what was learnt of the data, through a declared transform; leave the field out; or take code that runs elsewhere out of the zone.",
    severity: "error",
  },
  "synthetic-provenance": {
    name: "SyntheticProvenance",
    summary: "Data that is called synthetic still has real people in it.",
    description:
      "A generator of synthetic data puts real records into a prompt, gives them back unchanged, or is taken to de-identify without a mechanism that could.",
    help: "Show models aggregates, schemas or made-up examples; build records from generated values alone; declare the mechanism and budget of a generator that is differentially private.",
    severity: "error",
  },
  "special-category": {
    name: "SpecialCategory",
    summary: "Data of a special category is used without an exemption of Art. 9(2).",
    description:
      "Health, beliefs, biometrics and the like may not be processed at all, unless an exemption of Art. 9(2) lifts that for the purpose. The lawful basis of a purpose and an assessment of compatibility are no such exemption.",
    help: "Leave the field out or anonymise it, or have an exemption: explicit consent whose check guards the sink, or another one that holds for the purpose, under `special`.",
    severity: "error",
  },
  retention: {
    name: "StorageLimitation",
    summary: "A field is kept longer than it may be, or nothing says how long.",
    description:
      "A field is written to a store that keeps it longer than the field may be kept, alone or after the stores that it was in before, or that does not say how long.",
    help: "Delete from the store in time and say so in its `retention`, or leave the field out of what is written. Change the field's own `retention` only with the notice.",
    severity: "error",
  },
  notice: {
    name: "PrivacyNotice",
    summary: "Code acts on a purpose that people were not told of in time.",
    description:
      "A sink acts on a purpose that has no wording in the notice, or before the notice says so, or on a field that is older than the disclosure.",
    help: "Tell people before collecting, and write the words into the purpose's `notice`. Keep apart what was collected before.",
    severity: "error",
  },
  manifest: {
    name: "ManifestDrift",
    summary: "The purpose manifest is no longer true of the code.",
    description: "An entry names a declaration that does not exist, or nothing uses what an entry declares.",
    help: "Correct the locator to what the declaration is called now, or remove the entry.",
    severity: "warning",
  },
  "blind-spot": {
    name: "BlindSpot",
    summary: "A declared field goes where the analysis cannot follow.",
    description: "No verdict can be given on what happens to the field beyond this place.",
    help: "Give the callee a type, describe the library in a pack, or declare the store, sink or transform. A blind spot does not fail the check.",
    severity: "note",
  },
};
