/** WebSockets: messages by path, events by name, on either side. */
import { expect, it } from "vitest";
import { annotated, run } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: WS /say, path: body.text }
  - { field: user.id, route: WS /live, path: body.id }
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`const user = loadUser();\n${code}`, { sources: SOURCES });
    expect(found).toEqual(expected);
  });
};

check(
  "socket.io, to the server",
  `import { Server } from "socket.io";
import { io } from "socket.io-client";
const server = new Server(3000);
server.on("connection", (socket) => {
  socket.on("say", (message, n, done) => {
    train(message.text); //! user.prompt
    train(message.mail); //! user.email
    train(message.other); //! none
    train(n); //! none
    done({ name: message.name });
  });
  socket.on("other", (message) => {
    train(message.mail); //! none
  });
});
const client = io("http://localhost:3000");
client.emit("say", { mail: user.email, name: user.name }, 1, (answer) => {
  train(answer.name); //! user.name
  train(answer.mail); //! none
});
client.emit("other", { n: 1 });`,
);

check(
  "socket.io, to clients: rooms, broadcasts, promises",
  `import { Server } from "socket.io";
import { io } from "socket.io-client";
const server = new Server(3000);
server.on("connection", (socket) => {
  socket.join("room");
  socket.broadcast.emit("mail", user.email);
  socket.to("room").emit("name", user.name);
  socket.emit("size", user.name.length);
  socket.on("ask", (_question, reply) => reply(user.id));
});
server.of("/admin").emit("prompt", user.prompt);
const client = io();
client.on("mail", (mail) => train(mail)); //! user.email
client.on("name", (name) => train(name)); //! user.name
client.on("size", (size) => train(size)); //! none
client.on("prompt", (prompt) => train(prompt)); //! user.prompt
export async function ask() {
  train(await client.emitWithAck("ask", 1)); //! user.id
  train(await client.emitWithAck("never", 1)); //! none
}`,
);

check(
  "ws: messages by the server's path",
  `import WebSocket, { WebSocketServer } from "ws";
const live = new WebSocketServer({ port: 1, path: "/live" });
live.on("connection", (socket) => {
  socket.on("message", (data) => {
    const message = JSON.parse(data.toString());
    train(message.id); //! user.id
    train(message.mail); //! user.email
    train(message.other); //! none
    socket.send(JSON.stringify({ name: user.name, n: 1 }));
  });
});
const quiet = new WebSocketServer({ port: 1, path: "/quiet" });
quiet.on("connection", (socket) => {
  socket.on("message", (data) => {
    train(JSON.parse(data.toString())); //! none
  });
});
const client = new WebSocket("ws://localhost:1/live");
client.on("open", () => client.send(JSON.stringify({ mail: user.email })));
client.on("message", (data) => {
  train(JSON.parse(String(data)).name); //! user.name
  train(JSON.parse(String(data)).n); //! none
});`,
);

check(
  "the platform's sockets; a server without a path serves every one",
  `import { WebSocketServer } from "ws";
const server = new WebSocketServer({ port: 1 });
server.on("connection", (socket) => {
  socket.onmessage = (event) => {
    train(JSON.parse(event.data).mail); //! user.email
    train(JSON.parse(event.data).id); //! user.id
  };
  for (const one of server.clients) one.send(user.name);
});
const socket = new WebSocket("/any");
socket.onopen = () => socket.send(JSON.stringify({ mail: user.email }));
socket.onmessage = (event) => {
  train(event.data); //! user.name
};
socket.addEventListener("message", (event) => {
  train(event.data); //! user.name
});`,
);

check(
  "Nest's gateways",
  `import { Injectable } from "@nestjs/common";
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from "@nestjs/websockets";
import { io } from "socket.io-client";
@Injectable() class Log { keep(text: string) { train(text); } } //! user.email user.prompt
@WebSocketGateway() class Gateway {
  constructor(private readonly log: Log) {}
  @SubscribeMessage("say") say(@MessageBody() message: any, @MessageBody("other") other: string) {
    this.log.keep(message.text);
    train(other); //! none
    return { event: "said", data: message.text };
  }
  @SubscribeMessage("plain") plain(client: any, data: any) {
    train(data); //! user.name
    return data;
  }
}
const client = io();
client.emit("say", { text: user.email });
client.on("said", (text) => train(text)); //! user.email user.prompt
client.emit("plain", user.name, (back) => train(back)); //! user.name`,
);

it("what a server sends under a name or to a path goes out", () => {
  const code = `import { Server } from "socket.io";
import { WebSocketServer } from "ws";
const user = loadUser();
new Server().on("connection", (socket) => { socket.emit("mail", { mail: user.email }); socket.emit("other", user.name); });
new WebSocketServer({ path: "/live" }).on("connection", (socket) => socket.send(user.id));`;
  const sinks = `sinks:\n  - { id: mail, purpose: train, route: WS /mail }\n  - { id: live, purpose: train, route: WS /live }\n`;
  expect(run(code, { sinks }).flows.map((f) => `${f.sink.id} ${f.field}`)).toEqual(["mail user.email", "live user.id"]);
});
