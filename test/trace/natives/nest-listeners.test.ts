/** Methods of Nest that something else than a request calls: events, queues, messages. */
import { expect, it } from "vitest";
import { annotated } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: POST /chat, path: body.message }
`;

const check = (name: string, imports: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { Body, Controller, Inject, Injectable, Post } from "@nestjs/common";
${imports}
${code}`,
      { sources: SOURCES },
    );
    expect(found).toEqual(expected);
  });
};

check(
  "events by their name, with wildcards",
  `import { EventEmitter2, OnEvent } from "@nestjs/event-emitter";`,
  `class Sent { constructor(readonly text: string, readonly at: number) {} }
@Controller("chat") class Chat {
  constructor(private readonly events: EventEmitter2) {}
  @Post() async send(@Body("message") text: string) {
    this.events.emit("chat.sent", new Sent(text, 1), "second");
    await this.events.emitAsync("chat.empty", { at: 2 });
  }
}
@Injectable() class Listener {
  @OnEvent("chat.sent") sent(event: Sent, second: string) {
    train(event.text); //! user.prompt
    train(event.at); //! none
    train(second); //! none
  }
  @OnEvent("chat.*") any(event: Sent) {
    train(event.text); //! user.prompt
  }
  @OnEvent("chat.empty") empty(event: Sent) {
    train(event); //! none
  }
  @OnEvent("mail.*", { async: true }) mail(event: Sent) {
    train(event); //! none
  }
}
@Injectable() class Manual {
  constructor(events: EventEmitter2) {
    events.on("chat.sent", (event: Sent) => train(event.text)); //! user.prompt
    events.on("chat.other", (event: Sent) => train(event.text)); //! none
  }
}`,
);

check(
  "emitters that the program makes hear their own events only",
  `import EventEmitter2 from "eventemitter2";`,
  `const [a, b] = [new EventEmitter2(), new EventEmitter2()];
a.on("x", (v: any) => train(v)); //! user.id
b.on("x", (v: any) => train(v)); //! none
a.emit("x", loadUser().id);`,
);

check(
  "BullMQ: queues by name, workers as classes",
  `import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from "@nestjs/bullmq";
import { Job, Queue } from "bullmq";`,
  `@Controller("chat") class Chat {
  constructor(@InjectQueue("texts") private readonly queue: Queue, @InjectQueue("counts") private readonly counts: Queue) {}
  @Post() async send(@Body("message") text: string) {
    await this.queue.add("keep", { text, n: 1 });
    await this.counts.add("keep", { text: text.length });
  }
}
@Injectable() class Store { put(text: string) { train(text); } } //! user.prompt
@Processor("texts") class Texts extends WorkerHost {
  constructor(private readonly store: Store) { super(); }
  async process(job: Job) {
    this.store.put(job.data.text);
    train(job.data.n); //! none
    return { done: job.data.text };
  }
  @OnWorkerEvent("completed") completed(job: Job, result: any) {
    train(result.done); //! user.prompt
  }
}
@Processor({ name: "counts" }) class Counts extends WorkerHost {
  async process(job: Job) {
    train(job.data.text); //! none
  }
}`,
);

check(
  "Bull: methods that process",
  `import { InjectQueue, Process, Processor } from "@nestjs/bull";`,
  `@Controller("chat") class Chat {
  constructor(@InjectQueue("texts") private readonly queue: any) {}
  @Post() async send(@Body("message") text: string) { await this.queue.add({ text, n: 1 }); }
}
@Processor("texts") class Texts {
  @Process() async keep(job: any) {
    train(job.data.text); //! user.prompt
    train(job.data.n); //! none
  }
}
@Processor("others") class Others {
  @Process("keep") async keep(job: any) {
    train(job.data.text); //! none
  }
}`,
);

check(
  "microservices: messages by their pattern, and what comes back",
  `import { ClientProxy, EventPattern, MessagePattern, Payload } from "@nestjs/microservices";
import { firstValueFrom } from "rxjs";`,
  `@Controller("chat") class Chat {
  constructor(@Inject("SUMS") private readonly client: ClientProxy) {}
  @Post() async send(@Body("message") text: string) {
    this.client.emit("chat.sent", { text, n: 1 });
    const shout = await firstValueFrom(this.client.send({ cmd: "shout" }, text));
    train(shout); //! user.prompt
    train(await firstValueFrom(this.client.send({ cmd: "size" }, text))); //! none
  }
}
@Controller() class Worker {
  @EventPattern("chat.sent") sent(@Payload() data: any, @Payload("n") n: number) {
    train(data.text); //! user.prompt
    train(n); //! none
  }
  @EventPattern("chat.deleted") deleted(data: any) {
    train(data); //! none
  }
  @MessagePattern({ cmd: "shout" }) shout(text: string) { return text.toUpperCase(); }
  @MessagePattern({ cmd: "size" }) size(text: string) { return text.length; }
}`,
);
