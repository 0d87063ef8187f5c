/** What functions that nothing in the program calls are called on by others: who has them as methods. */
import { expect, it } from "vitest";
import { annotated } from "./program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(code);
    expect(found).toEqual(expected);
  });
};

check(
  "functions of a prototype, of one that was put in its place, and of a class's",
  `
export function Asker(this: any) { this.who = loadUser().id; this.size = 1; }
Asker.prototype.ask = function () { train(this.who); train(this.size); }; //! user.id
export function Teller(this: any) { this.text = loadUser().prompt; }
Teller.prototype = {
  tell: function () { train(this.text); }, //! user.prompt
  shout() { train(this.text); }, //! user.prompt
  empty: function () { train(this.other); }, //! none
};
export class Kept { name: string; constructor() { this.name = loadUser().name; } }
(Kept.prototype as any).show = function () { train(this.name); }; //! user.name
`,
);

check(
  "functions of objects, put there at once, later, and from another",
  `
export const one: any = { id: loadUser().id, go: function () { train(this.id); } }; //! user.id
export const two: any = { email: loadUser().email };
two.go = function () { train(this.email); }; //! user.email
const shared = { go: function (this: any) { train(this.name); }, run(this: any) { train(this.name); } }; //! user.name
export const three = { ...shared, name: loadUser().name };
export const none: any = { id: "x", go: function () { train(this.id); } }; //! none
export function make() {
  const self: any = { prompt: loadUser().prompt };
  self.go = function () { train(this.prompt); }; //! user.prompt
  return self;
}
`,
);

check(
  "functions that a constructor gives its instance",
  `
function Older(this: any) {
  this.id = loadUser().id;
  this.go = function () { train(this.id); }; //! user.id
  Object.assign(this, { run: function (this: any) { train(this.id); } }); //! user.id
}
export class Newer {
  [name: string]: any;
  constructor() {
    this.email = loadUser().email;
    Object.assign(this, { go(this: any) { train(this.email); train(this.name); } }); //! user.email
    this.run = function () { train(this.email); }; //! user.email
  }
}
`,
);
