/**
 * The words by which a control is known to be about consent: English here, others in `languages.ts`; what says it in yet another language
 * is known by the functions that it calls. Narrow on purpose: "Accept" alone is a file dialog, "newsletter" alone a filter.
 */
import { LANGUAGES } from "./languages.js";
import type { Said } from "./surface.js";

/** What people are asked to consent to. */
const MATTER =
  "(?:cookies?|track(?:ing|ers?)\\b|(?:train|improve|develop|fine-?tune)(?:ing|s)?\\b[^.?!]{0,80}\\b(?:ai|models?|machine learning|algorithms?|services?|products?)|(?:ai|model) training|(?:for|to) training|training (?:our|of|on)\\b|train(?:ing)? on (?:my|your) (?:own )?(?:data|notes?|chats?|conversations?|messages?|content|documents?|files?|photos?|images?|prompts?|posts?|inputs?)\\b|personal (?:data|information)|(?:my|your) (?:usage |own )?data|data (?:processing|sharing|collection)|usage data|telemetry|profiling|(?:targeted|personali[sz]ed|behaviou?ral) ad(?:s|verts|vertising|vertisements)?\\b|marketing|newsletters?|promotion(?:s|al)|third[- ]part(?:y|ies)|(?:our|your|with) partners)";

const GIVES =
  "(?:i (?:agree|consent|accept|allow|permit)|agree|consent|accept|allow|permit|opt[- ]?in|share|let|may|can|yes|send me|e-?mail me|subscribe|sign me up|keep me|receive)";

const words = (pattern: string): RegExp => new RegExp(pattern, "i");

const CONSENTS = words(`\\bconsent\\b|\\b${GIVES}\\b[^.?!]*\\b${MATTER}|${MATTER}[^.?!]*\\b(?:agree|consent)\\b`);
const ASKS = words(
  `\\b(?:we (?:(?:would|'d) like|want|ask|use|may|and our)|may we|can we|let us|allow us|help us|do you (?:agree|allow|consent)|your (?:consent|permission|choice))\\b[^.?!]*\\b${MATTER}`,
);
const BY_CONDUCT = words(
  `\\bby (?:click|sign|continu|us|creat|regist|submitt|logg|visit)ing\\b[^.?!]*\\b(?:agree|consent|allow|accept)\\b[^.?!]*\\b${MATTER}`,
);
/** What nobody needs to get what he asked for: said beside a box, it is what checking the box consents to. */
const OPTIONAL = words(
  "\\b(?:(?:marketing|advertis(?:ing|ements?)|analytics?|analytical|statistics?|statistical|tracking|targeting|performance|personali[sz]ation|social(?: media)?|third[- ]party|optional|non-?essential) cookies?|(?:targeted|personali[sz]ed|behaviou?ral|interest-based) ad(?:s|verts|vertising|vertisements)?)\\b",
);
/** Of a contract, and of what it cannot do without. */
const TERMS = /\bterms\b|\bconditions of (?:use|service)\b/i;
const NECESSARY = /\b(?:necessary|essential|required|functional)\b/i;

const ACTION =
  /\b(?:sign up|register|create (?:an |my |your )?account|submit|buy|order|check ?out|pay|download|join|get started|log ?in|save|send)\b/i;

const REFUSE =
  /\b(?:reject|decline|refuse|deny|disagree|disallow|opt[- ]?out|withdraw|revoke|unsubscribe|(?:do not|don['’]?t|never|not) (?:allow|accept|agree|consent|use|share|train|track|sell|send)|(?:only|just)(?: the)? (?:strictly )?(?:necessary|essential|required)|(?:necessary|essential|required)(?: cookies)? only|continue without|no,? thank(?:s| you)|stop|turn off|disable)\b|^no\b/gi;
const LATER = /\b(?:not now|later|ask (?:me )?again|remind me|skip|dismiss|close)\b|^[x×✕✖]$/gi;
const ACCEPT = /\b(?:accept|agree|allow|consent|permit|opt[- ]?in|yes|ok(?:ay)?|got it|enable|turn on|i understand)\b/gi;
/** What may stand beside `accept` in what a button says, and leaves it without an object of its own: `Yes, I agree to all of it`. */
const BARE = /\b(?:i|we|you|it|this|that|all|the|to|of|and|continue|close|of course|my|please)\b|[^\p{L}]/giu;

/** Whole words of one of these, in a script with letters of its own. */
const whole = (alternatives: string): string => `(?<!\\p{L})(?:${alternatives})(?!\\p{L})`;
const OTHER = Object.values(LANGUAGES).map(({ matter, gives }) => {
  const [what, yes] = [whole(matter), whole(gives)];
  return new RegExp(`${yes}[^.?!]*${what}|${what}[^.?!]*${yes}`, "iu");
});
const any = (of: "accept" | "refuse" | "later" | "terms" | "action", flags = "giu"): RegExp =>
  new RegExp(
    whole(
      Object.values(LANGUAGES)
        .flatMap((words) => words[of] ?? [])
        .join("|"),
    ),
    flags,
  );
const OTHERS = {
  accept: any("accept"),
  refuse: any("refuse"),
  later: any("later"),
  terms: any("terms", "iu"),
  action: any("action", "iu"),
};

/** Does a text say that somebody consents: `You may train your AI models on my conversations`? */
export const consents = (text: string): boolean =>
  (CONSENTS.test(text) || OTHER.some((pattern) => pattern.test(text))) && !NECESSARY.test(text);

/** Does what stands beside a box name what needs a consent: `Marketing cookies`, `Personalised ads`? */
export const isOptional = (text: string): boolean => OPTIONAL.test(text) && !NECESSARY.test(text);

/** Does a text ask for it: `We would like to train our models on your conversations`? */
export const asks = (text: string): boolean => ASKS.test(text) || consents(text);

export const isByConduct = (text: string): boolean => BY_CONDUCT.test(text);

/** What a button says it does. A toggle may say both. */
export function said(label: string): Said[] {
  const refuses = label.match(REFUSE) !== null || label.match(OTHERS.refuse) !== null;
  const rest = label.replace(REFUSE, " ").replace(OTHERS.refuse, " ");
  const out: Said[] = [];
  if (rest.match(ACCEPT) !== null || rest.match(OTHERS.accept) !== null) out.push("accept");
  if (refuses) out.push("refuse");
  if (out.length === 0 && (rest.match(LATER) !== null || rest.match(OTHERS.later) !== null)) out.push("later");
  return out.length === 0 ? ["other"] : out;
}

/** `Accept`, `Yes, I agree`: no object of its own, as `Accept invitation` has. */
export const isBare = (label: string): boolean => label.replace(ACCEPT, "").replace(OTHERS.accept, "").replace(BARE, "") === "";

/** `Sign up and agree to training`: consent together with something else. */
export const withAction = (label: string): boolean => isAction(label) && consents(label);

/** `I agree to the terms and to the use of my data for training`: consent together with a contract. */
export const withTerms = (label: string): boolean =>
  (TERMS.test(label) || OTHERS.terms.test(label)) && consents(label.replace(TERMS, "").replace(OTHERS.terms, ""));

export const isNecessary = (label: string): boolean => NECESSARY.test(label);

export const isAction = (label: string): boolean => ACTION.test(label) || OTHERS.action.test(label);

/** Is checking it a no: `Do not share my data`? */
export const isRefusal = (label: string): boolean => said(label).includes("refuse");

const NAMED = /^(?:allow|accept|agree|permit|share|may|can|enable|use)$/;
const NAMED_MATTER = /^(?:training|train|cookies?|tracking|marketing|profiling|telemetry|data|ads)$/;

/** Does the name of a control or a variable say it: `allowTraining`, `marketing_opt_in`, `gdpr-consent`? */
export function namesConsent(name: string): boolean {
  const parts = wordsOf(name).split(" ");
  if (parts.some((part) => part === "no" || part === "not" || part === "deny" || part === "out")) return false;
  return (
    parts.some((part) => part === "consent" || part === "consents" || part === "gdpr" || part === "optin") ||
    parts.some((part, i) => part === "opt" && parts[i + 1] === "in") ||
    (parts.some((part) => NAMED.test(part)) && parts.some((part) => NAMED_MATTER.test(part)))
  );
}

/** `allowTraining`, `allow_training`, `consent.allow-training`: the words that it is made of. */
export const wordsOf = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[^\p{L}\d]+/gu, " ")
    .trim()
    .toLowerCase();
