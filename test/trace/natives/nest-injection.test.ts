/** What Nest injects, and what stands around its handlers. */
import { expect, it } from "vitest";
import { annotated, run } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: POST /chat, path: body.message }
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { Body, Catch, Controller, createParamDecorator, forwardRef, Get, HttpException, Inject, Injectable, Module, Param, ParseIntPipe, Post, Req, UseFilters, UseGuards, UseInterceptors, UsePipes } from "@nestjs/common";
import { APP_GUARD, APP_INTERCEPTOR, NestFactory } from "@nestjs/core";
import { map, tap } from "rxjs";
${code}`,
      { sources: SOURCES },
    );
    expect(found).toEqual(expected);
  });
};

check(
  "one instance of a service, whoever asks for it",
  `@Injectable() class Log { lines: string[] = []; add(line: string) { this.lines.push(line); } }
@Injectable() class Other { lines: string[] = []; }
@Injectable() class Chats { constructor(private readonly log: Log) {} keep(text: string) { this.log.add(text); } }
@Controller("chat") class Chat {
  constructor(private readonly chats: Chats) {}
  @Post() send(@Body("message") message: string) { this.chats.keep(message); }
}
@Controller("export") class Export {
  constructor(private readonly log: Log, private readonly other: Other) {}
  @Get() all() {
    train(this.log.lines); //! user.prompt
    train(this.other.lines); //! none
  }
}
@Injectable() class Nightly {
  @Inject() private readonly log: Log;
  onModuleInit() { train(this.log.lines); } //! user.prompt
}`,
);

check(
  "tokens: names, symbols, classes that stand for others, factories with what they need, values",
  `abstract class Sink { abstract put(x: string): void; }
class Trains extends Sink { put(x: string) { train(x); } } //! user.prompt
class Drops extends Sink { put(x: string) { train(x.length); } } //! none
class Never extends Sink { put(x: string) { train(x); } } //! none
const KEEP = Symbol("keep");
const DROP = Symbol("drop");
@Controller("chat") class Chat {
  constructor(private readonly sink: Sink, @Inject(KEEP) private readonly keep: (x: string) => void, @Inject("prefix") private readonly prefix: string, @Inject(DROP) private readonly drop: any) {}
  @Post() send(@Body("message") message: string, @Body("other") other: string) {
    this.sink.put(message);
    this.keep(message);
    this.keep(this.prefix + other);
    this.drop.put(message);
  }
}
@Module({
  controllers: [Chat],
  providers: [
    { provide: Sink, useClass: Trains },
    { provide: DROP, useClass: Drops },
    { provide: KEEP, useFactory: (sink: Sink) => (x: string) => { sink.put(x); train(x); }, inject: [Sink] }, //! user.prompt
    { provide: "prefix", useValue: "said " },
    Never,
  ],
})
class App {}`,
);

check(
  "dynamic modules provide, services that need each other",
  `class Options { constructor(readonly put: (x: string) => void) {} }
class Lib {
  static forRoot(put: (x: string) => void) { return { module: Lib, providers: [{ provide: Options, useValue: new Options(put) }] }; }
}
@Injectable() class A { constructor(@Inject(forwardRef(() => B)) private readonly b: any, readonly options: Options) {} }
@Injectable() class B { constructor(@Inject(forwardRef(() => A)) readonly a: any) {} say(x: string) { this.a.options.put(x); } }
@Controller("chat") class Chat {
  constructor(private readonly b: B, private readonly options: Options) {}
  @Post() send(@Body("message") message: string) { this.options.put(message); }
}
@Module({ imports: [Lib.forRoot((x) => train(x))], controllers: [Chat] }) class App {} //! user.prompt`,
);

check(
  "guards and middleware put things on the request; a guard that never lets anybody through ends it",
  `class Auth { canActivate(context: any) {
  const request = context.switchToHttp().getRequest();
  request.said = request.body.message;
  return true;
} }
class Closed { canActivate() { return false; } }
class Note { use(req: any, res: any, next: () => void) { req.noted = req.body.message; next(); } }
@Controller("chat") class Chat {
  @UseGuards(Auth) @Post() send(@Req() req: any) {
    train(req.said); //! user.prompt
    train(req.noted); //! user.prompt
    train(req.other); //! none
  }
  @Post() plain(@Req() req: any) {
    train(req.said); //! none
  }
  @UseGuards(Closed) @Post() closed(@Req() req: any) {
    train(req.body.message); //! none
  }
}
@Module({ controllers: [Chat] }) class App { configure(consumer: any) { consumer.apply(Note).forRoutes("*"); } }`,
);

check(
  "interceptors get what the handler gives",
  `class Tap { intercept(context: any, next: any) {
  const start = Date.now();
  return next.handle().pipe(tap((given: any) => {
    train(given.said); //! user.prompt
    train(given.at); //! none
  }));
} }
class Wrong { intercept(context: any, next: any) { return next.handle().pipe(tap((given: any) => {
  train(given); //! none
})); } }
@Controller("chat") class Chat {
  @UseInterceptors(Tap) @Post() async send(@Body("message") said: string) { return { said, at: 1 }; }
  @UseInterceptors(new Wrong()) @Get() other() { return { at: 1 }; }
}`,
);

check(
  "pipes: of the parameter, of the method; those of the package read only",
  `class Trim { transform(value: any) { return { text: value.message, rest: value.other }; } }
class Drop { transform(value: any, metadata: any) { return metadata.type === "body" ? { n: 1 } : value; } }
@Controller("chat") class Chat {
  @Post() own(@Body(Trim) body: any, @Body("message", ParseIntPipe) n: number) {
    train(body.text); //! user.prompt
    train(body.rest); //! none
    train(body.message); //! none
    train(n); //! user.prompt
  }
  @UsePipes(new Drop()) @Post() dropped(@Body() body: any, @Req() req: any) {
    train(body); //! none
    train(req.body); //! user.prompt
  }
}`,
);

check(
  "filters get what is thrown",
  `class Failed extends Error { constructor(readonly text: string) { super("failed"); } }
@Catch(Failed) class Filter { catch(error: Failed, host: any) {
  train(error.text); //! user.prompt
  train(error.message); //! none
  host.switchToHttp().getResponse().json({ ok: false });
} }
@Controller("chat") @UseFilters(Filter) class Chat {
  @Post() send(@Body("message") text: string) { throw new Failed(text); }
}`,
);

it("what interceptors make of it is what goes out", () => {
  const code = `import { Controller, Get, UseInterceptors } from "@nestjs/common";
import { map } from "rxjs";
class Slim { intercept(context: any, next: any) { return next.handle().pipe(map((user: any) => ({ name: user.name }))); } }
@Controller("export") export class Export {
  @Get("all") all() { return loadUser(); }
  @UseInterceptors(Slim) @Get("slim") slim() { return loadUser(); }
}`;
  const { flows } = run(code, {
    sinks: "sinks:\n  - { id: all, purpose: train, route: GET /export/all }\n  - { id: slim, purpose: train, route: GET /export/slim }\n",
  });
  expect(flows.flatMap((f) => (f.sink.id === "slim" ? [f.field] : []))).toEqual(["user.name"]);
  expect(flows.filter((f) => f.sink.id === "all").map((f) => f.field)).toContain("user.email");
});

check(
  "guards and interceptors of the whole application",
  `class Auth { canActivate(context: any) { const request = context.switchToHttp().getRequest(); request.said = request.body.message; return true; } }
class Tap { intercept(context: any, next: any) { return next.handle().pipe(tap((given: any) => train(given))); } } //! user.prompt
@Controller("chat") class Chat { @Post() send(@Req() req: any) { return { said: req.said }; } }
@Module({ controllers: [Chat], providers: [{ provide: APP_GUARD, useClass: Auth }, { provide: APP_INTERCEPTOR, useClass: Tap }] }) class App {}`,
);

it("a pipe of a package lets its value through, which is a blind spot; Nest's own are none", () => {
  const blind = (from: string): readonly string[] => {
    const code = `import { Body, Controller, ParseIntPipe, Post } from "@nestjs/common";
import { SlimPipe } from "slim-pipes";
@Controller("chat") class Chat { @Post() send(@Body("message", ${from}) text: string) { train(text); } }`;
    const { flows, blindSpots } = run(code, { sources: SOURCES });
    expect(flows.map((f) => f.field)).toEqual(["user.prompt"]);
    return blindSpots.map((b) => b.reason);
  };
  expect(blind("new SlimPipe()")).toContain("what a pipe of a package makes of its value is not known: it is taken to let it through");
  expect(blind("ParseIntPipe")).toEqual([]);
});
