import { expect, it } from "vitest";
import { annotated } from "./program.js";

it("spells out lists that hold each other once, however many ways there are", () => {
  const { found, expected } = annotated(`
const user = loadUser();
export function main(input: string[]) {
  const all = Array.from({ length: 14 }, (_, i) => [] as unknown[]);
  const lists: any[][] = [[], [], [], [], [], [], [], [], [], [], [], [], [], []];
  for (const text of input) for (const one of lists) for (const other of lists) (one as any).push(other, text);
  lists[3]!.push(user.email);
  train(Number(lists[0])); //! user.email
  train(String(lists[1])); //! user.email
  train(all.length); //! none
}
main(process.argv);
`);
  expect(found).toEqual(expected);
});

it("runs what lists within lists are converted by", () => {
  const { found, expected } = annotated(`
const user = loadUser();
let said = "";
const one = { toString() { said = user.email; return user.id; } };
export function main(input: string[]) {
  const list: unknown[] = [];
  for (const text of input) list.push([one], [[one]], text);
  train(said); //! none
  train(Number(list)); //! user.id
  train(said); //! user.email
}
main(process.argv);
`);
  expect(found).toEqual(expected);
});
