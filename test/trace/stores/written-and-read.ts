/** Idioms of stores: some files write a user's fields, another reads them and hands them to a sink. */
import { expect, it } from "vitest";
import { annotated } from "../program.js";

/** Each line of `read` with a sink says what must arrive there. */
export function writtenAndRead(name: string, files: Readonly<Record<string, string>>, read: string): void {
  it(name, () => {
    const writers = Object.entries(files).map(([path, text]): [string, string] => [
      path,
      `import { loadUser } from "./source.js";\n${text}`,
    ]);
    const { found, expected } = annotated(read, { files: Object.fromEntries(writers) });
    expect(found).toEqual(expected);
  });
}
