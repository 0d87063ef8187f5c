/** Objects of libraries without a model that keep callbacks, and what is given to them afterwards. */
import { expect, it } from "vitest";
import { annotated } from "./program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { Bus, Parser, createBus, createParser } from "not-modelled";\nconst user = loadUser();\n${code}`,
    );
    expect(found).toEqual(expected);
  });
};

check(
  "what is announced by a name reaches who listens for it, field by field",
  `const bus = new Bus();
bus.on("asked", (asked: any) => {
  train(asked.who); //! user.id
  train(asked.text); //! user.prompt
});
bus.on("other", (x: any) => train(x)); //! none
bus.once("done.*", (x: any) => train(x)); //! user.name
const another = new Bus();
another.on("asked", (x: any) => train(x)); //! none
bus.emit("asked", { who: user.id, text: user.prompt });
bus.emit("done.well", user.name);
bus.emit("other", "plain");
`,
);

check(
  "a function that makes one, and functions that hear everything",
  `const bus = createBus();
bus.subscribe((x: any) => train(x.who)); //! user.id
bus.publish({ who: user.id });
`,
);

check(
  "what is written into a parser reaches the callbacks it was made with, that were set, and that listen",
  `const parser = new Parser({ onText(text: string) { train(text); }, onEnd: () => train("end") }); //! user.email
parser.onattribute = (x: any) => train(x); //! user.email
parser.on("error", (e: any) => train(e)); //! user.email
parser.write(user.email);
parser.end();
const idle = new Parser({ onText(text: string) { train(text); } }); //! none
idle.write("constant");
const events = createParser((event: any) => train(event.data)); //! user.name
events.feed(user.name);
const client = new Bus();
client.on("message", (x: any) => train(x)); //! none
client.send(user.email);
`,
);

check(
  "what a listener throws is not thrown where it is added",
  `function listening(bus: any) {
  try {
    bus.on("asked", () => { throw user.id; });
    bus.addListener("asked", () => { throw user.name; });
  } catch (error) {
    train(error); //! none
  }
  try {
    bus.whatever(() => { throw user.email; });
  } catch (error) {
    train(error); //! user.email
  }
}
listening(createBus());
export { listening };
`,
);
