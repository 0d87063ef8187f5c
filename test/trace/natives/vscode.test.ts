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
