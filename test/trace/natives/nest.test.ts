import { expect, it } from "vitest";
import { annotated, run } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: POST /v1/chat, path: body.message }
  - { field: user.name, route: "GET /users/:id", path: params.id }
  - { field: user.email, route: POST /api/mails, path: body.mail }
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { Body, Controller, createParamDecorator, Get, Param, Post, Query, Req, Res } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
const user = loadUser();
${code}`,
      { sources: SOURCES },
    );
    expect(found).toEqual(expected);
  });
};

check(
  "parameters get what their decorators ask for, of the request of their own route",
  `interface ChatDto { message: string; other: string }
@Controller("v1")
export class ChatController {
  @Post("chat")
  send(@Body() dto: ChatDto, @Query() query: unknown) {
    train(dto.message); //! user.prompt
    train(dto.other); //! none
    train(query); //! none
  }
  @Post("chat")
  part(@Body("message") message: string, @Body("other") other: string) {
    train(message); //! user.prompt
    train(other); //! none
  }
  @Post("other")
  another(@Body() dto: ChatDto) {
    train(dto); //! none
  }
}
@Controller({ path: "users" })
export class Users {
  @Get(":id")
  one(@Param("id") id: string, @Req() req: any) {
    train(id); //! user.name
    train(req.params); //! user.name
  }
}`,
);

check(
  "services that are injected, decorators of the program, inherited methods, a global prefix",
  `class Store { save(text: string) { train(text); } } //! user.prompt
const Message = createParamDecorator((name: string, context: any) => context.switchToHttp().getRequest().body[name]);
abstract class Base {
  @Post("mails")
  mail(@Message("mail") mail: string, @Message("other") other: string) {
    train(mail); //! user.email
    train(other); //! none
  }
}
@Controller()
export class App extends Base {
  constructor(private readonly store: Store) { super(); }
  @Post("v1/chat")
  async send(@Body() { message }: { message: string }) {
    this.store.save(message);
  }
}
async function main() {
  const app = await NestFactory.create(App);
  app.setGlobalPrefix("api");
  await app.listen(3000);
}
void main();`,
);

it("what a method gives back, or sends, is its answer", () => {
  const code = `import { Controller, Get, Res } from "@nestjs/common";
@Controller("export")
export class Export {
  @Get("a") async a() { return { mail: loadUser().email }; }
  @Get("b") b(@Res() res: any) { res.status(200).json({ name: loadUser().name }); }
  @Get("c") c() { return loadUser(); }
}`;
  const { flows } = run(code, {
    sinks: "sinks:\n  - { id: a, purpose: train, route: GET /export/a }\n  - { id: b, purpose: train, route: GET /export/b }\n",
  });
  expect(flows.map((f) => `${f.sink.id} ${f.field}`)).toEqual(["a user.email", "b user.name"]);
});

check(
  "a method that a decorator has put something else in the place of is called as it is declared; what it does not pass on does not come",
  `const Logged = () => (_: unknown, name: string, descriptor: PropertyDescriptor) => {
  const written = descriptor.value;
  descriptor.value = function (this: unknown, ...args: unknown[]) { console.log(name); return written.apply(this, args); };
};
const Blank = () => (_: unknown, _name: string, descriptor: PropertyDescriptor) => {
  const written = descriptor.value;
  descriptor.value = function (this: unknown) { return written.call(this, {}); };
};
@Controller("v1")
export class ChatController {
  @Post("chat")
  @Logged()
  send(@Body("message") message: string, @Body("other") other: string) {
    train(message); //! user.prompt
    train(other); //! none
  }
  @Post("other")
  @Logged()
  another(@Body("message") message: string) {
    train(message); //! none
  }
  @Post("chat")
  @Blank()
  blank(@Body() body: any) {
    train(body.message); //! none
  }
}`,
);
