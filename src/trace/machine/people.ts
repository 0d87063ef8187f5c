/** Whom names name: parameters, properties and types say by theirs that somebody is meant. */

/** What people are called where they are asked about. */
const PERSON =
  /^(?:user|account|customer|member|person|subject|datasubject|owner|author|visitor|patient|student|employee|contact|profile|uid|e?mail|username|login)$/;

/** Ids of what is asked about beside people: `has(purposeId)`. */
const MATTER = /^(?:purpose|consent|feature|flag|scope|category|topic|channel|vendor|service|partner|policy|tenant|app|project)$/;

/** `userId` and `user_id` are of a user; `id` says nothing. */
export function roleOf(name: string): string {
  return name
    .replace(/_?ids?$|(?<=[a-z])Ids?$/, "")
    .replace(/_/g, "")
    .toLowerCase();
}

const isPerson = (role: string): boolean => PERSON.test(role);

/** Is it the name of a parameter that takes a person, or what names one? Others take a purpose: `has("marketing")`. */
export const namesSomebody = (name: string): boolean =>
  isPerson(roleOf(name)) || (/[a-z](?:Id|_id)$/.test(name) && !MATTER.test(roleOf(name)));

/** Is it the name of a property that says whose something is? `ownerId`, `user_id`. */
export const namesOwner = (name: string): boolean => /[a-z](?:Id|_id)$/.test(name) && isPerson(roleOf(name));

/** Is it the name of a property that stands for all of what has it: its own id, or whose it is? */
export const namesWhole = (name: string): boolean => /^_?(?:u?u?id|e?mail)$/.test(name) || namesOwner(name);
