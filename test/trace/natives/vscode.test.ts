/** Messages between the pages of an extension and the extension, each flow beside its near miss. */
import { expect, test } from "vitest";
import { annotated } from "../program.js";

test("what a page posts arrives where the extension listens, message by message", () => {
  const { found, expected } = annotated(
    `
    import * as vscode from "vscode";
    interface Message { type: string; data: any }
    class Protocol {
      listeners = new Map<string, ((message: Message) => void)[]>();
      _webview?: vscode.Webview;
      on(type: string, listener: (message: Message) => void) {
        if (!this.listeners.has(type)) this.listeners.set(type, []);
        this.listeners.get(type)?.push(listener);
      }
      set webview(webview: vscode.Webview) {
        this._webview = webview;
        this._webview.onDidReceiveMessage(async (message: Message) => {
          for (const listener of this.listeners.get(message.type) ?? []) await listener(message);
        });
      }
    }
    const protocol = new Protocol();
    ["log", "count"].forEach((type) => protocol.on(type, (message) => receive(type, message.data)));
    function receive(type: string, data: any) {
      if (type === "log") {
        train(data.text); //! user.prompt
        train(data.other); //! none
      } else {
        train(data.text); //! user.email
      }
    }
    export function resolve(view: vscode.WebviewView) {
      protocol.webview = view.webview;
    }
    `,
    {
      files: {
        "page.tsx": `
          import { loadUser } from "./source.js";
          declare const vscode: any;
          const post = (type: string, data: unknown) => { vscode.postMessage({ type, data }); };
          export function log() { post("log", { text: loadUser().prompt, other: 1 }); }
          export function count() { post("count", { text: loadUser().email }); }
          export function nobody() { post("other", { text: loadUser().name }); }
        `,
      },
    },
  );
  expect(found).toEqual(expected);
});

const EXTENSION = `
    import * as vscode from "vscode";
    interface Message { type: string; id: string; data: any }
    const answers = new Map<string, (data: any) => any>();
    answers.set("who", () => ({ name: loadUser().name, other: 1 }));
    answers.set("what", async (data) => ({ prompt: data.asked, other: 1 }));
    answers.set("log", (data) => {
      train(data.name); //! user.name
      train(data.prompt); //! user.prompt
      train(data.other); //! none
    });
    export function resolve(view: vscode.WebviewView) {
      view.webview.onDidReceiveMessage(async (message: Message) => {
        const data = await answers.get(message.type)?.(message.data);
        view.webview.postMessage({ type: message.type, id: message.id, data });
      });
    }
    `;

test("a page asks, listens, and is answered by the extension, each question by its own answer", () => {
  const { found, expected } = annotated(EXTENSION, {
    files: {
      "ask.ts": `
        import { v4 } from "uuid";
        declare const acquireVsCodeApi: any;
        const vscode = acquireVsCodeApi();
        export const post = (type: string, data: unknown, id = v4()) => { vscode.postMessage({ type, id, data }); };
        export function ask(type: string, data?: unknown): Promise<any> {
          const id = v4();
          return new Promise((resolve) => {
            const listener = (event: any) => {
              if (event.data.id !== id) return;
              window.removeEventListener("message", listener);
              resolve(event.data.data);
            };
            window.addEventListener("message", listener);
            post(type, data, id);
          });
        }
        /** Listens only after it has asked. */
        export async function askFirst(type: string, data?: unknown): Promise<any> {
          const id = v4();
          post(type, data, id);
          let answer: any;
          let done = false;
          window.addEventListener("message", (event: any) => {
            if (event.data.id === id) { answer = event.data.data; done = true; }
          });
          while (!done) await new Promise((resolve) => setTimeout(resolve, 50));
          return answer;
        }
      `,
      "page.tsx": `
        import { ask, askFirst, post } from "./ask.js";
        import { loadUser } from "./source.js";
        export async function name() { const { name, other } = await ask("who"); post("log", { name, other }); }
        export async function prompt() { const { prompt } = await askFirst("what", { asked: loadUser().prompt, not: loadUser().email }); post("log", { prompt }); }
        export async function nothing() { post("nobody hears", loadUser().email); }
      `,
    },
  });
  expect(found).toEqual(expected);
});

test("what is posted before anyone listens waits, each kind of message by itself", () => {
  const { found, expected } = annotated(
    `
    import * as vscode from "vscode";
    import "./early.js";
    vscode.window.createWebviewPanel("x", "x", 1).webview.onDidReceiveMessage((message: any) => {
      if (message.kind === "log") train(message.text); //! user.prompt
      else train(message.text); //! user.email
    });
    `,
    {
      files: {
        "early.ts": `
          import { loadUser } from "./source.js";
          declare const vscode: any;
          vscode.postMessage({ kind: "log", text: loadUser().prompt });
          vscode.postMessage({ kind: "count", text: loadUser().email });
        `,
      },
    },
  );
  expect(found).toEqual(expected);
});

test("what an extension posts to its page before it listens, and what it does not post", () => {
  const { found, expected } = annotated(
    `
    import "./extension.js";
    window.addEventListener("message", (event) => {
      train(event.data.text); //! user.prompt
      train(event.data.other); //! none
    });
    window.addEventListener("focus", (event: any) => train(event.data)); //! none
    `,
    {
      files: {
        "extension.ts": `
          import * as vscode from "vscode";
          import { loadUser } from "./source.js";
          const panel = vscode.window.createWebviewPanel("x", "x", 1);
          panel.webview.postMessage({ text: loadUser().prompt, other: 1 });
          panel.webview.html = loadUser().email;
        `,
      },
    },
  );
  expect(found).toEqual(expected);
});
