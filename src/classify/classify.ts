/**
 * classify: what a name says of what is kept under it.
 *
 * Takes a name of a field, property or column, and what it is one of; gives a category of personal data and how sure that is, or nothing.
 * It may not see code, values or the manifest: what it says is *possible*, and decides nothing.
 */
import { ABOUT, NEUTRAL, PEOPLE, VOCABULARY, type Confidence, type Entry } from "./vocabulary.js";
import { singular, wordsOf } from "./words.js";

export interface Category {
  /** A category of fideslang: `user.contact.email`. */
  readonly category: string;
  readonly confidence: Confidence;
}

const listed = (names: string): readonly string[] => names.split(",").map((name) => name.trim());
const spelled = (words: readonly string[]): string => words.join("");
/** Words run together are the same phrase: `firstname`, `first_name`. */
const key = (phrase: string): string => spelled(wordsOf(phrase));

const people = new Set(listed(PEOPLE).map(key));
const about = new Set(listed(ABOUT));
const neutral = new Set(listed(NEUTRAL));
const phrases: ReadonlyMap<string, readonly Entry[]> = byPhrase();

function byPhrase(): Map<string, Entry[]> {
  const out = new Map<string, Entry[]>();
  for (const entry of VOCABULARY) for (const name of listed(entry.names)) out.set(key(name), [...(out.get(key(name)) ?? []), entry]);
  return out;
}

/**
 * What is kept under `name`, by the name alone; `owner` is the name of the type, table or property that it is in. The longest phrase at
 * the end of the name counts. Nothing is said of settings, questions and actions (`hasEmail`, `sendEmail`), nor of what merely belongs to
 * personal data (`emailTemplateId`, `nameLength`).
 */
export function classify(name: string, owner?: string): Category | undefined {
  const words = trimmed(wordsOf(name));
  for (let from = 0; from < words.length; from++) {
    // `searchQuery` is a phrase of its own, `searchEmail` is not.
    if (from > 0 && about.has(words[0]!)) return undefined;
    const tail = words.slice(from);
    const before = words.slice(0, from);
    const plural = [...tail.slice(0, -1), singular(tail.at(-1)!)];
    const entries = phrases.get(spelled(tail)) ?? phrases.get(spelled(plural));
    const entry = entries?.find((one) => fits(one, before, owner));
    if (entry !== undefined) return { category: entry.category, confidence: entry.confidence };
    // A longer phrase that does not fit is no shorter one either: `supportEmailAddress`.
    if (entries !== undefined) return undefined;
  }
  return undefined;
}

function trimmed(words: readonly string[]): readonly string[] {
  const last = words.at(-1);
  return words.length > 1 && neutral.has(last!) ? trimmed(words.slice(0, -1)) : words;
}

function fits({ of, not, notIn }: Entry, before: readonly string[], owner: string | undefined): boolean {
  if (not !== undefined && listed(not).some((word) => before.includes(word))) return false;
  if (notIn !== undefined && owner !== undefined && wordsOf(owner).some((word) => listed(notIn).includes(singular(word)))) return false;
  if (of === undefined) return true;
  return before.length > 0 ? people.has(singular(before.at(-1)!)) : owner !== undefined && isAboutPeople(owner);
}

/** `User`, `customers`, `DBUser`, `UserProfile`, `UserRow`: the last word tells, unless it only says how the thing is kept or sent. */
function isAboutPeople(owner: string): boolean {
  const words = wordsOf(owner).filter((word) => !KEPT_AS.has(singular(word)));
  return words.length > 0 && people.has(singular(words.at(-1)!));
}

const KEPT_AS = new Set(
  "db row record table model entity schema dto input data info details document doc type props response request payload body new create update public".split(
    " ",
  ),
);
