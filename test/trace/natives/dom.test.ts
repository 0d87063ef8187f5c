import { describe, expect, it } from "vitest";
import { run } from "../program.js";
import { check } from "./check.js";

describe("what browsers keep", () => {
  check(
    "local and session storage, by key",
    `
const u = loadUser();
localStorage.setItem("who", u.id);
sessionStorage.setItem("queue", JSON.stringify({ mail: u.email, size: u.prompt.length }));
train(localStorage.getItem("who")); //! user.id
train(localStorage.getItem("theme")); //! none
train(sessionStorage.getItem("who")); //! none
train(JSON.parse(window.sessionStorage.getItem("queue")!).mail); //! user.email
train(JSON.parse(sessionStorage.getItem("queue")!).size); //! none
localStorage.setItem("draft:" + u.name, "x");
train(localStorage.key(0)); //! user.name
localStorage.tone = u.prompt;
train(localStorage.getItem("tone")); //! user.prompt
`,
  );

  check(
    "object stores of IndexedDB",
    `
const u = loadUser();
const open = indexedDB.open("telemetry", 1);
open.onupgradeneeded = () => { open.result.createObjectStore("events").put({ who: u.name }, 0); };
open.onsuccess = () => {
  const store = open.result.transaction("events", "readwrite").objectStore("events");
  store.put({ who: u.id, mail: u.email }, 1);
  const get = store.get(1);
  get.onsuccess = () => {
    train(get.result.mail); //! user.email
    train(get.result.size); //! none
  };
  store.getAll().addEventListener("success", (event) => {
    train((event.target as IDBRequest).result[0].who); //! user.id user.name
  });
  store.openCursor().onsuccess = (event) => {
    const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
    if (cursor !== null) train(cursor.value.mail); //! user.email
  };
  const other = open.result.transaction("settings").objectStore("settings").get("theme");
  other.onsuccess = () => {
    train(other.result); //! none
  };
};
`,
  );

  check(
    "caches, files that are read, the clipboard, data that is dragged",
    `
const u = loadUser();
const cache = await caches.open("answers");
await cache.put("/last", new Response(JSON.stringify({ who: u.id, mail: u.email })));
train((await (await cache.match("/last"))!.json()).who); //! user.id
train(await (await (await caches.open("other")).match("/last"))!.text()); //! none
const reader = new FileReader();
reader.onload = () => {
  train(reader.result); //! user.email
};
reader.readAsText(new Blob([u.email]));
const empty = new FileReader();
empty.onload = (event) => {
  train(event.target!.result); //! none
};
empty.readAsText(new Blob(["x"]));
const url = new FileReader();
url.addEventListener("load", (event) => {
  train(event.target!.result); //! user.name
});
url.readAsDataURL(new Blob([u.name]));
await navigator.clipboard.writeText(u.prompt);
train(await navigator.clipboard.readText()); //! user.prompt
const dragged = new DataTransfer();
dragged.setData("text/plain", u.id);
train(dragged.getData("text/plain")); //! user.id
`,
  );
});

describe("events of a page", () => {
  check(
    "what the program dispatches itself is heard by those who listen there",
    `
const u = loadUser();
window.addEventListener("signed-in", (event) => {
  train((event as CustomEvent).detail.who); //! user.id
  train((event as CustomEvent).detail.size); //! none
});
window.dispatchEvent(new CustomEvent("signed-in", { detail: { who: u.id, size: u.prompt.length } }));
document.addEventListener("asked", (event) => {
  train((event as CustomEvent).detail); //! user.prompt
});
document.dispatchEvent(new CustomEvent("asked", { detail: u.prompt }));
window.addEventListener("asked", (event) => {
  train((event as CustomEvent).detail); //! none
});
const card = document.createElement("div");
card.addEventListener("opened", (event) => {
  train((event as CustomEvent).detail); //! user.name
});
card.dispatchEvent(new CustomEvent("opened", { detail: u.name }));
`,
  );

  check(
    "the target is what is listened to",
    `
const u = loadUser();
const input = document.querySelector("input")!;
input.value = u.email;
input.addEventListener("input", (event) => {
  train((event.target as HTMLInputElement).value); //! user.email
  train(event.type); //! none
});
const box = document.createElement("input");
box.value = u.id;
box.onchange = (event) => {
  train((event.currentTarget as HTMLInputElement).value); //! user.id
};
const other = document.createElement("input");
other.onchange = (event) => {
  train((event.currentTarget as HTMLInputElement).value); //! none
};
`,
  );

  check(
    "messages of windows and workers, not those of servers",
    `
const u = loadUser();
window.addEventListener("message", (event) => {
  train(event.data.who); //! user.id
  train(event.data.size); //! none
});
window.parent.postMessage({ who: u.id, size: 1 }, "*");
const worker = new Worker("./worker.js");
worker.onmessage = (event) => {
  train(event.data.who); //! user.id
};
const socket = new WebSocket("wss://host.test");
socket.onmessage = (event) => {
  train(event.data); //! none
};
socket.send(u.email);
`,
  );

  check(
    "what constructors of events are given",
    `
const u = loadUser();
train(new MessageEvent("message", { data: u.id, origin: u.name }).origin); //! user.name
train(new InputEvent("input", { data: u.id }).data); //! user.id
train(new ErrorEvent("error", { error: new Error(u.id), message: u.name }).message); //! user.name
train(new StorageEvent("storage", { key: "who", newValue: u.email }).key); //! none
train(new StorageEvent("storage", { key: "who", newValue: u.email }).newValue); //! user.email
history.pushState({ who: u.id, size: 1 }, "", "/of/" + u.name);
train(history.state.who); //! user.id
train(history.state.size); //! none
train(location.pathname); //! user.name
`,
  );
});

describe("nodes", () => {
  check(
    "text, markup, attributes and children",
    `
const u = loadUser();
const card = document.createElement("div");
card.textContent = u.name;
train(card.innerHTML); //! user.name
train(document.createElement("div").textContent); //! none
card.dataset.userId = u.id;
train(card.getAttribute("data-user-id")); //! user.id
train(card.textContent); //! user.name
train(card.outerHTML); //! user.id user.name
card.setAttribute("title", u.email);
train(card.title); //! user.email
const list = document.createElement("ul");
list.append(card, u.prompt);
train(list.textContent); //! user.name user.prompt
train(list.querySelector("div")?.textContent); //! user.name user.prompt
train(list.children[0]?.getAttribute("title")); //! user.email
list.textContent = "";
train(list.textContent); //! none
const copy = card.cloneNode(true);
train(copy.textContent); //! user.name
card.textContent = "static";
train(card.textContent); //! none
`,
  );

  check(
    "the page, parsed markup, forms, components",
    `
const u = loadUser();
const line = document.createElement("p");
line.textContent = u.id;
document.body.append(line);
train(document.documentElement.outerHTML); //! user.id
train(document.head.textContent); //! none
const parsed = new DOMParser().parseFromString("<p>" + u.name + "</p>", "text/html");
train(parsed.body.textContent); //! user.name
train(new XMLSerializer().serializeToString(parsed)); //! user.name
const form = document.createElement("form");
const field = document.createElement("input");
field.value = u.email;
form.append(field);
train(new FormData(form).get("mail")); //! user.email
train(new FormData(document.createElement("form")).get("mail")); //! none
class Card extends HTMLElement {
  connectedCallback(): void {
    this.attachShadow({ mode: "open" }).innerHTML = u.prompt;
    train(this.shadowRoot!.textContent); //! user.prompt
    this.innerHTML = "<b>" + u.id + "</b>";
    train(this.querySelector("b")!.textContent); //! user.id
  }
}
customElements.define("user-card", Card);
`,
  );
});

check(
  "what is found in a node is a part of it: the same one the next time, and gone with what was inside",
  `const user = loadUser();
const card = document.createElement("div");
card.innerHTML = "<b></b><i></i>";
card.querySelector("b")!.textContent = user.email;
train(card.querySelector("b")!.textContent); //! user.email
train(card.textContent); //! user.email
train(card.innerHTML); //! user.email
card.textContent = "";
train(card.textContent); //! none
train(card.querySelector("b")?.textContent); //! none
const other = document.createElement("div");
other.innerHTML = "<b></b>";
train(other.querySelector("b")!.textContent); //! none`,
);

it("a walk through a page with a field in it costs no more for each step", () => {
  const start = process.cpuUsage().user;
  const { flows } = run(`const user = loadUser();
const page = document.createElement("div");
page.innerHTML = user.email;
let at: Element | null = page;
for (let i = 0; i < 200 && at; i++) {
  for (const found of [...at.querySelectorAll("li")]) found.querySelector("a")!.setAttribute("title", found.innerHTML);
  at = at.querySelector("ul");
}
train(page.innerHTML);
`);
  expect(flows.map((f) => f.field)).toEqual(["user.email"]);
  expect(process.cpuUsage().user - start).toBeLessThan(3_000_000);
});
