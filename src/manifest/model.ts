/**
 * The purpose manifest as the analysis sees it: validated, packs merged, locators parsed, every entry with its place in the YAML.
 * The YAML's own shape is in `schema.ts`; `load.ts` turns the one into the other.
 */
import type { LibraryModel } from "../models/model.js";
import type { ConnectorName } from "./connectors.js";
import type { Exemption } from "./special.js";

/** A place in a manifest file; 1-based line and column. */
export interface ManifestPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Where the values of an entry stand, by key: `argument`, `path`, `prisma`; of a map the key, `when.0.purpose`, `columns.input`.
 * Absent in entries that no manifest has.
 */
export type KeyPlaces = Readonly<Record<string, ManifestPlace>>;

/** `<module>:<export>.<member>`: names a declaration. `./src/chat.ts:loadChat`, `openai:OpenAI.files.create`, `global:fetch`. */
export interface Locator {
  /** The text as written. */
  readonly text: string;
  readonly module:
    | { readonly kind: "package"; readonly name: string }
    /** Glob, absolute with forward slashes (resolved against the manifest's folder). */
    | { readonly kind: "file"; readonly glob: string; readonly written: string }
    | { readonly kind: "global" };
  /** `["OpenAI", "files", "create"]`; `["*"]` means everything in the module. */
  readonly path: readonly string[];
  /** Where its text stands; absent in those that no manifest has. */
  readonly place?: ManifestPlace;
}

/** One step of a property path below a value: `messages[*].content` is [prop messages, any element, prop content]. */
export type PathStep = { readonly k: "prop"; readonly name: string } | { readonly k: "index"; readonly i: number } | { readonly k: "any" };

/** `0.messages[*].content`: a position among the arguments, then a property path. `*` as position is every argument. */
export interface ArgumentPath {
  readonly text: string;
  readonly position: number | "*";
  readonly path: readonly PathStep[];
}

export type Status =
  "identified" | "pseudonymised" | "aggregated" | "differentially-private" | "synthetic" | "federated-update" | "anonymised";

export interface Purpose {
  readonly id: string;
  readonly basis?: string;
  readonly notice?: string;
  /** Names in taxonomies, as `taxonomy/names.ts` writes them: `fides:functional.service.improve`. */
  readonly sameAs?: readonly string[];
  readonly consent?: string;
  readonly disclosedSince?: string;
  /** What people are told before decisions are made automatically. */
  readonly automatedDecision?: string;
  readonly parent?: string;
  readonly place: ManifestPlace;
}

export interface Field {
  readonly id: string;
  /** Names in taxonomies: `fides:user.contact.email`. */
  readonly categories?: readonly string[];
  readonly purposes: readonly string[];
  readonly retention?: string;
  readonly since?: string;
  /** Does it single a person out alone (`direct`), or only together with others (`quasi`)? */
  readonly identifier?: "direct" | "quasi" | "none";
  /** Art. 9(2). */
  readonly special?: Exemption;
  /** Annotated telemetry declares it, and no manifest: its place is in the code. */
  readonly inCode?: true;
  /** The consent that its explicit consent is, where that is not the purpose's. */
  readonly consent?: string;
  readonly place: ManifestPlace;
}

/** Where a field enters. `field` may end in `.*` (each property path to the field of its name). Exactly one `at`. */
export interface Source {
  readonly field: string;
  readonly at:
    | { readonly kind: "property"; readonly locator: Locator }
    | { readonly kind: "returns"; readonly locator: Locator; readonly path: readonly PathStep[] }
    | { readonly kind: "parameter"; readonly locator: Locator; readonly argument: ArgumentPath }
    | { readonly kind: "call"; readonly locator: Locator; readonly argument: ArgumentPath }
    | {
        readonly kind: "route";
        readonly method: string;
        readonly url: string;
        readonly path: readonly PathStep[];
        /** Where the route's text stands. */
        readonly place?: ManifestPlace;
      }
    /** One call, by its place in a file: of what the code declares, which no locator names. `open`: it may take in more. */
    | {
        readonly kind: "site";
        readonly file: string;
        readonly at: number;
        readonly end: number;
        readonly argument: ArgumentPath;
        readonly open?: true;
      };
  readonly keys?: KeyPlaces;
  readonly place: ManifestPlace;
}

/** Where a purpose is acted on. */
export interface Sink {
  readonly id: string;
  readonly purpose: string;
  readonly at:
    | { readonly kind: "call"; readonly locator: Locator; readonly argument?: ArgumentPath }
    | { readonly kind: "returns"; readonly locator: Locator }
    | { readonly kind: "route"; readonly method: string; readonly url: string; readonly place?: ManifestPlace };
  /** Literal values that arguments must have: [path, value]. */
  readonly when: readonly { readonly argument: ArgumentPath; readonly value: string | number | boolean | null }[];
  readonly needs?: readonly string[];
  readonly requires?: readonly Status[];
  /** The (ε, δ) of `requires: differentially-private(1, 1e-6)`, when it is written. */
  readonly requiresPrivacy?: { readonly epsilon: number; readonly delta: number };
  readonly consumes?: string;
  readonly within?: Locator;
  readonly keys?: KeyPlaces;
  readonly place: ManifestPlace;
}

/** A store beyond those that connectors find: names it, or declares a project's own wrapper. */
export interface Store {
  readonly id: string;
  /** Connector and pattern: `{connector: "prisma", name: "DatasetEntry"}`; or the wrapper's functions. */
  readonly at:
    | { readonly kind: "connector"; readonly connector: ConnectorName; readonly name: string }
    | {
        readonly kind: "wrapper";
        readonly write?: Locator;
        readonly read?: Locator;
        readonly key?: ArgumentPath;
        readonly value?: ArgumentPath;
      };
  readonly retention?: string;
  /** When `retention` begins; absent means with the entry. */
  readonly retentionFrom?: "entry" | "collection";
  /** Column to field. */
  readonly columns: Readonly<Record<string, string>>;
  readonly keys?: KeyPlaces;
  readonly place: ManifestPlace;
}

export interface Transform {
  readonly locator: Locator;
  readonly yields: Status;
  readonly budget?: string;
  readonly mechanism?: string;
  readonly epsilon?: ArgumentPath | number;
  readonly delta?: ArgumentPath | number;
  /** Of the noise: b of Laplace, σ of Gaussian. */
  readonly scale?: ArgumentPath | number;
  /** How much one person changes at most; 1 when left out. */
  readonly sensitivity?: ArgumentPath | number;
  readonly evidence?: string;
  readonly expires?: string;
  readonly keys?: KeyPlaces;
  readonly place: ManifestPlace;
}

export interface Consent {
  readonly id: string;
  readonly mode: "opt-in" | "opt-out";
  readonly check?: Locator;
  /** Where the answer is kept: rows that are read on condition of it are gated. */
  readonly column?: { readonly table: string; readonly name: string };
  readonly grant?: Locator;
  readonly withdraw?: Locator;
  readonly onWithdraw?: Locator;
  readonly signals: readonly string[];
  readonly place: ManifestPlace;
}

/** Is there anything in the code that tells whether it was given, signals aside? */
export const isAsked = ({ check, column }: Consent): boolean => check !== undefined || column !== undefined;

/** One Art. 6(4) assessment. */
export interface Assessment {
  readonly from: string;
  readonly to: string;
  readonly fields: readonly string[];
  /** Statuses it covers; absent means any. */
  readonly status?: Status;
  readonly approver: string;
  readonly date: string;
  readonly expires: string;
  /** The five criteria of Art. 6(4)(a) to (e), as written: for the record of processing, not for the analysis. */
  readonly criteria?: Readonly<Record<"link" | "context" | "nature" | "consequences" | "safeguards", string>>;
  readonly place: ManifestPlace;
}

export interface Budget {
  readonly id: string;
  readonly epsilon: number;
  readonly delta: number;
  readonly unit?: string;
  readonly accounting?: "basic" | "advanced" | "zcdp";
  /** What earlier releases of the model have used up. */
  readonly spent?: readonly Spent[];
  readonly place: ManifestPlace;
}

/** What one release of a model has used up: (ε, δ), or ρ of zero-concentrated differential privacy. */
export type Spent = { readonly release: string } & ({ readonly epsilon: number; readonly delta: number } | { readonly rho: number });

export interface Exception {
  /** A fingerprint or a prefix of one of at least 6 characters. */
  readonly finding: string;
  readonly reason: string;
  readonly owner: string;
  readonly approver: string;
  readonly expires: string;
  readonly place: ManifestPlace;
}

/** The privacy notice that the manifest implements. */
export interface Notice {
  readonly url?: string;
  /** Absolute, forward slashes: the checked-in text in which every purpose's wording occurs. */
  readonly file?: string;
  readonly version?: string;
  readonly place: ManifestPlace;
}

/** Code that runs on the device: raw fields must not leave it. */
export interface Zone {
  readonly id: string;
  /** Globs, absolute with forward slashes, and as written. */
  readonly files: readonly { readonly glob: string; readonly written: string }[];
  /** Packages of the project whose code it is, all of it. */
  readonly packages?: readonly string[];
  readonly maySend: readonly Status[];
  readonly place: ManifestPlace;
}

/** A kind of key that occurs in the manifest, at its first place: `budgets`, `fields.*.retention`. */
export interface ManifestKey {
  readonly key: string;
  readonly place: ManifestPlace;
}

export interface Manifest {
  /** Absolute path, forward slashes. */
  readonly file: string;
  /** SHA-256 of the manifest's and its packs' text, hex. */
  readonly hash: string;
  readonly purposes: readonly Purpose[];
  readonly fields: readonly Field[];
  readonly sources: readonly Source[];
  readonly sinks: readonly Sink[];
  readonly stores: readonly Store[];
  readonly transforms: readonly Transform[];
  readonly consents: readonly Consent[];
  readonly assessments: readonly Assessment[];
  readonly budgets: readonly Budget[];
  readonly exceptions: readonly Exception[];
  /** How long before something expires this is told; absent means 30 days. */
  readonly warnBefore?: string;
  readonly notice?: Notice;
  readonly zones?: readonly Zone[];
  /** Libraries that the manifest describes, the manifest's own before those of its packs. */
  readonly models?: readonly LibraryModel[];
  /** Which kinds of keys are in use, sorted by name: what `unsupportedChecks` looks at. */
  readonly keys?: readonly ManifestKey[];
}

/** What a problem is about: stable, for tests, editors and {@link LoadOptions.disabledChecks}. */
export type ProblemCode =
  /** The file is missing, empty, not YAML, or a trap for the parser. */
  | "unreadable"
  | "yaml"
  | "alias-bomb"
  /** Its shape is not that of a manifest. */
  | "version"
  | "unknown-key"
  | "missing-key"
  | "type"
  | "value"
  | "number"
  | "date"
  | "duration"
  | "locator"
  | "conflict"
  /** Its parts do not fit each other. */
  | "reference"
  | "pattern"
  | "duplicate"
  | "cycle"
  | "extends"
  /** It says what the law does not allow, or what is no longer true. */
  | "assessment-criteria"
  | "assessment-consent"
  | "evidence"
  | "basis"
  | "consent-gate"
  | "notice-wording"
  | "undisclosed"
  /** It asks for what this version cannot do. */
  | "unsupported";

/** Something wrong in a manifest. `fix` says what to do. Errors stop the analysis (exit 2). */
export interface ManifestProblem extends ManifestPlace {
  readonly message: string;
  readonly fix?: string;
  readonly code?: ProblemCode;
  readonly severity: "error" | "warning";
}
