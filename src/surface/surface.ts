/** What people see and are asked, as plain data: the controls of the user interface that are about consent, component by component. */
import type { Place } from "../trace/result.js";

export interface Surface {
  readonly components: readonly Component[];
  /** Consents that are given while nobody does anything; `by`: what runs the code, empty where a component is drawn. */
  readonly unasked: readonly (Place & { readonly consent: string; readonly by: string })[];
  /** What functions that run for themselves do, beside those of controls: listeners, commands, what others may call. */
  readonly entries: readonly (Place & { readonly does: readonly Act[] })[];
  /** Wordings of notices that were looked for, and stand in some text of the interface. */
  readonly shown: readonly string[];
}

/** What one function (or class, or HTML text) shows; only those that ask for consent, give it or take it back. */
export interface Component extends Place {
  readonly name: string;
  readonly controls: readonly Control[];
  /** Texts that take something else that people do for consent: `By signing up, you agree that we train on your data`. */
  readonly byConduct: readonly (Place & { readonly text: string })[];
}

export interface Control extends Place {
  readonly kind: "choice" | "button" | "link";
  /** What it says, as far as that is known: its label, else its name. */
  readonly label: string;
  /** What it says it does, in words. */
  readonly says: readonly Said[];
  /** Is it about consent: does it say so itself, or does the text around it ask for it? */
  readonly asks: boolean;
  /** Declared consents that it gives or takes back. */
  readonly does: readonly Act[];
  /** Dialogs that have to be opened before it is there: parts that a state shows which begins as closed. */
  readonly behind: number;
  /** How it is on before anybody has chosen: the code that says so. */
  readonly on?: string;
  /** What it does beside: consent comes with it. */
  readonly bundle?: "action" | "terms";
}

export type Said = "accept" | "refuse" | "later" | "other";

export interface Act {
  readonly consent: string;
  readonly act: "grant" | "withdraw";
  /** Only under a condition: `if (agreed) allowTraining(id)`. */
  readonly conditional: boolean;
  /** It is in a function that is only made or handed to something: who runs it, and when, is not known. */
  readonly handed: boolean;
  /** The names in these conditions. */
  readonly when: readonly string[];
  /** The names in these conditions, and in what it is given: whoever sets one of them answers. */
  readonly on: readonly string[];
  /** Confirmations that it asks for before: `confirm("Sure?")`. */
  readonly confirmations: number;
  /** Requests that it waits for, one after the other, up to the one that does it: `POST /tickets`, `DELETE /consent`. */
  readonly requests: readonly string[];
}
