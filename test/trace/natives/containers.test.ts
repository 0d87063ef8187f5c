/** Containers that inject dependencies: calls go to the methods of what they make. */
import { expect, it } from "vitest";
import { annotated } from "../program.js";

const CLASSES = `export class Users { async load() { return loadUser(); } }
export class Service {
  constructor(private readonly users: Users) {}
  async full() { return this.users.load(); }
  async slim() { const { email, ...rest } = await this.users.load(); return rest.name; }
}
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const [imports = "", ...body] = code.split("\n\n");
    const { found, expected } = annotated(`${imports}\n${CLASSES}${body.join("\n")}`);
    expect(found).toEqual(expected);
  });
};

check(
  "tsyringe",
  `import { container } from "tsyringe";

container.register("users", { useClass: Users });
container.registerInstance("one", new Users());
export async function main() {
  train((await container.resolve(Service).full()).email); //! user.email
  train(await container.resolve(Service).slim()); //! user.name
  train((await container.resolve<Users>("users").load()).id); //! user.id
  train((await container.resolve("one").load()).id); //! user.id
  train(await container.resolve("other").load()); //! none
}`,
);

check(
  "inversify",
  `import { Container } from "inversify";

const TYPES = { service: Symbol.for("service") };
const box = new Container();
box.bind<Service>(TYPES.service).to(Service).inSingletonScope();
box.bind("key").toConstantValue("k");
export async function main() {
  train((await box.get<Service>(TYPES.service).full()).email); //! user.email
  train(await box.get<Service>(TYPES.service).slim()); //! user.name
  train((await box.get(Service).full()).id); //! user.id
  train(box.get("key")); //! none
}`,
);

check(
  "typedi",
  `import { Container } from "typedi";

Container.set("greeting", "hello");
Container.set({ id: "users", type: Users });
export async function main() {
  train((await Container.get(Service).full()).email); //! user.email
  train(await Container.get(Service).slim()); //! user.name
  train((await Container.get("users").load()).id); //! user.id
  train(Container.get("greeting")); //! none
}`,
);

check(
  "nest: the module reference",
  `import { ModuleRef, NestFactory } from "@nestjs/core";

export class Job {
  constructor(private readonly modules: ModuleRef) {}
  async run() { train((await this.modules.get(Service, { strict: false }).full()).email); } //! user.email
  async slim() { train(await this.modules.get(Service).slim()); } //! user.name
}
export async function main() {
  const app = await NestFactory.create(class {});
  train((await app.get(Users).load()).id); //! user.id
}`,
);

check(
  "awilix",
  `import { asClass, asFunction, asValue, createContainer } from "awilix";

class ByName { constructor(private users: Users) {} load() { return this.users.load(); } }
class FromCradle {
  private readonly service: Service;
  constructor({ service }: { service: Service }) { this.service = service; }
  async email() { return (await this.service.full()).email; }
  name() { return this.service.slim(); }
}
const box = createContainer();
box.register({
  users: asClass(Users).singleton(),
  service: asFunction(({ users }) => new Service(users)),
  byName: asClass(ByName).classic(),
  fromCradle: asClass(FromCradle),
  key: asValue("k"),
});
box.register("late", asValue(loadUser()));
export async function main() {
  const { service, byName } = box.cradle;
  train((await service.full()).email); //! user.email
  train(await service.slim()); //! user.name
  train((await byName.load()).id); //! user.id
  train(await box.resolve("fromCradle").email()); //! user.email
  train(await box.resolve("fromCradle").name()); //! user.name
  train(box.cradle.key); //! none
  train(box.resolve("late").id); //! user.id
  train(box.build(({ late }) => late.prompt)); //! user.prompt
}`,
);
