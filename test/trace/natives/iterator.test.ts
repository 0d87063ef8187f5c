import { describe } from "vitest";
import { check } from "./check.js";

describe("iterators", () => {
  check(
    "a class of the program that is one has the helpers",
    `
const u = loadUser();
class Ids extends Iterator<string> {
  #left = [u.id];
  next() {
    const value = this.#left.pop();
    return value === undefined ? { done: true as const, value: undefined } : { done: false as const, value };
  }
}
class Numbers extends Iterator<number> {
  next() {
    return { done: false as const, value: u.prompt.length };
  }
}
train([...new Ids()]); //! user.id
train(new Ids().map((id) => id.trim()).toArray()); //! user.id
train(new Numbers().take(1).toArray()); //! none
`,
  );

  check(
    "from what has a next",
    `
const u = loadUser();
let left = 1;
train(Iterator.from({ next: () => (left-- > 0 ? { done: false, value: u.email } : { done: true, value: undefined }) }).toArray()); //! user.email
train(Iterator.from({ next: () => ({ done: true, value: undefined }) }).toArray()); //! none
train(Iterator.from([u.id]).toArray()); //! user.id
`,
  );
});

check(
  "markup around texts",
  `
const u = loadUser();
train(u.name.anchor("x")); //! user.name
train("x".link(u.email)); //! user.email
train("x".bold()); //! none
`,
);

check(
  "typed arrays: all that searches, folds and spells out",
  `
const u = loadUser();
const bytes = new TextEncoder().encode(u.id);
const zeros = new Uint8Array(4);
train(bytes.findLast((byte) => byte > 0)); //! user.id
train(bytes.findLastIndex((byte) => byte > 0)); //! none
train(bytes.reduceRight((all, byte) => all + byte, 0)); //! user.id
train([...bytes.keys()]); //! none
train(zeros.with(0, bytes[0]!)); //! user.id
train(zeros.with(0, 1)); //! none
train(bytes.toBase64()); //! user.id
train(Uint8Array.fromHex(bytes.toHex())); //! user.id
train(zeros.copyWithin(1, 0)); //! none
zeros.setFromBase64(u.email);
train(zeros); //! user.email
train(bytes.buffer.transfer(2)); //! user.id
`,
);
