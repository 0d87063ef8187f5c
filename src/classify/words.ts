/** The words of a name, however it is spelled. */

/**
 * Lower-case words of an identifier or column: `userEmail`, `user_email`, `USER-EMAIL` and `user.email` are `user`, `email`; of `IPAddress`
 * and `userID2` the capitals are one word; digits are none, nor are the formats `IPv4` and `E.164`. Accents are dropped (`prénom` is `prenom`): both spellings are in use.
 */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/(\p{Script=Latin})\p{M}+/gu, "$1")
    .normalize("NFC")
    .replace(/IPv[46]/g, " ip ")
    .replace(/E\.?164/gi, " ")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** `emails` is a list of what `email` is; `address`, `status` and `gps` are no plurals. */
export const singular = (word: string): string =>
  word
    .replace(/(?<=.{2})ies$/, "y")
    .replace(/(?<=ss|sh|ch|x)es$/, "")
    .replace(/(?<=.{2}[^sui])s$/, "");
