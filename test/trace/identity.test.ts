/** One object is itself; what may be one of several need not be. */
import { expect, test } from "vitest";
import { annotated } from "./program.js";

const check = (name: string, code: string): void =>
  test(name, () => {
    const { found, expected } = annotated(code);
    expect(found).toEqual(expected);
  });

check(
  "a function or an object is itself",
  `
const u = loadUser();
type H = (s: string) => string;
const echo: H = (s) => s, mute: H = () => "x";
let hs: H[] = [echo, mute];
hs = hs.filter((h) => h !== echo);
train(hs.map((h) => h(u.id))); //! none
hs.push(echo);
train(hs.map((h) => h(u.id))); //! user.id
const mail = { k: u.email }, plain = { k: "plain" };
const list = [mail, plain];
train(list.filter((o) => o !== mail)); //! none
train(list.filter((o) => o === mail)); //! user.email
train(list[list.indexOf(plain)]); //! none
train(list[list.indexOf(mail)]); //! user.email
list.splice(list.indexOf(mail), 1);
train(list); //! none
const either = Math.random() < 0.5 ? mail : plain;
if (either !== mail) train(either); //! none
else train(either); //! user.email
train(either === mail ? either : "x"); //! user.email
`,
);

check(
  "a listener that takes itself out",
  `
const u = loadUser();
type H = (p: unknown) => void;
class Bus {
  private readonly handlers: H[] = [];
  on(h: H) { this.handlers.push(h); return () => { const i = this.handlers.indexOf(h); if (i >= 0) this.handlers.splice(i, 1); }; }
  once(h: H) { const off = this.on((p) => { off(); h(p); }); }
  emit(p: unknown) { for (const h of [...this.handlers]) h(p); }
}
const bus = new Bus();
bus.once((p) => {
  train(p); //! user.id
});
bus.on((p) => {
  train(p); //! user.email user.id
});
bus.emit(u.id);
bus.emit(u.email);
`,
);

check(
  "an object of a loop is not that of another turn",
  `
const u = loadUser();
const rows: { v: string }[] = [];
let last: { v: string } | undefined;
for (const v of u.prompt.split(",")) {
  const row = { v };
  rows.push(row);
  if (last !== undefined && last !== row) train(rows.filter((r) => r !== row)); //! user.prompt
  last = row;
}
`,
);

check(
  "what a handler makes is not what it makes when it runs again",
  `
class Peer {
  constructor(readonly send: (s: string) => void) {}
}
const peers: Peer[] = [];
export function connected(send: (s: string) => void) {
  const peer = new Peer((s) => { train(s); //! user.email
    send(s); });
  peers.push(peer);
  const others = peers.filter((p) => p !== peer);
  for (const other of others) other.send(loadUser().email);
}
export function alone() {
  const u = loadUser();
  const own: { v: string }[] = [];
  const row = { v: u.id };
  own.push(row, { v: u.name });
  train(own.filter((r) => r !== row)); //! user.name
}
`,
);
