/**
 * Marks: how a value shows, after any change of form, which field it came from.
 *
 * A case writes `⟦user.email⟧` where the field's value stands. Before the run that becomes a word of one letter that is that
 * field's alone, from the accented Latin-1 letters: each part of the value still has it, upper and lower case are told together,
 * `btoa` takes it, and no ordinary program text contains it. `⟦#feedback.rating⟧` becomes a number of a magnitude that is the
 * field's alone, so that sums, means and scaled values still show it.
 */

/** Pairs of lower and upper case within Latin-1; `÷`/`×`, `ß` and `ÿ` have none there. */
const LETTERS = "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ";
const FIRST_EXPONENT = 60;
const EXPONENT_STEP = 8;

/** Which letter and which magnitude stand for which field. */
export interface Marks {
  readonly fields: readonly string[];
}

/** Marks for the fields of a manifest, in sorted order. */
export function marksFor(fields: Iterable<string>): Marks {
  const sorted = [...new Set(fields)].sort();
  if (sorted.length > LETTERS.length) throw new Error(`${sorted.length} fields: the oracle can tell ${LETTERS.length} apart`);
  return { fields: sorted };
}

/** The text that stands for a field's value. */
export function markText(marks: Marks, field: string): string {
  const letter = LETTERS[indexOf(marks, field)] ?? "";
  return letter.repeat(6);
}

/** The number that stands for a field's value, as written in code. */
export function markNumber(marks: Marks, field: string): string {
  return `1e${FIRST_EXPONENT + EXPONENT_STEP * indexOf(marks, field)}`;
}

/** Writes the marks into a file's text. Throws on an unknown field. */
export function expandMarks(marks: Marks, text: string): string {
  return text.replace(/⟦(#?)([\w.-]+)⟧/gu, (_, numeric: string, field: string) =>
    numeric === "#" ? markNumber(marks, field) : markText(marks, field),
  );
}

/** Adds the fields that a text spells out, as it stands or once decoded from base64, hex or URL form. */
export function fieldsInText(marks: Marks, text: string, found: Set<string>): void {
  fieldsInPlain(marks, text, found);
  if (text.includes("%")) fieldsInPlain(marks, decodeUrl(text), found);
  for (const decoded of decodings(text)) {
    // Ordinary words decode to random bytes: only a letter three times in a row is a mark there.
    for (const [run] of decoded.matchAll(/([à-þ])\1\1/gu)) fieldsInPlain(marks, run, found);
    fieldsInNumerals(marks, decoded, found);
  }
}

function fieldsInPlain(marks: Marks, text: string, found: Set<string>): void {
  for (const letter of text.normalize("NFC").toLowerCase()) {
    const index = LETTERS.indexOf(letter);
    const field = index < 0 ? undefined : marks.fields[index];
    if (field !== undefined) found.add(field);
  }
  fieldsInNumerals(marks, text, found);
}

function fieldsInNumerals(marks: Marks, text: string, found: Set<string>): void {
  for (const [number] of text.matchAll(/\d(?:\.\d+)?e\+\d{2,3}/giu)) fieldsInNumber(marks, Number(number), found);
}

/** Adds the field whose magnitude a number has. */
export function fieldsInNumber(marks: Marks, value: number, found: Set<string>): void {
  if (!Number.isFinite(value) || value === 0) return;
  const index = Math.round((Math.log10(Math.abs(value)) - FIRST_EXPONENT) / EXPONENT_STEP);
  const field = index >= 0 ? marks.fields[index] : undefined;
  if (field !== undefined) found.add(field);
}

/** What the text may be the encoding of. */
function* decodings(text: string): Generator<string> {
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{4,}={0,2}/gu)) {
    const bytes = Buffer.from(run, "base64");
    yield bytes.toString("utf8");
    yield bytes.toString("latin1");
    if (/^(?:[0-9a-f]{2})+$/iu.test(run)) yield Buffer.from(run, "hex").toString("utf8");
  }
}

/** Decodes piece by piece: a text may hold a `%` that encodes nothing. */
function decodeUrl(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/giu, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function indexOf(marks: Marks, field: string): number {
  const index = marks.fields.indexOf(field);
  if (index < 0) throw new Error(`no field ${field} in the manifest`);
  return index;
}
