/** The controls in a tree of elements: what each is, says, does and begins as. */
import type ts from "typescript";
import type { Place } from "../trace/result.js";
import type { Acts } from "./acts.js";
import { namesOf, statesOf, type Defaults } from "./defaults.js";
import type { Dialogs } from "./dialogs.js";
import { constantOf, textOf, UNKNOWN, walk, type Element } from "./element.js";
import type { Compiler, Parsed } from "./scope.js";
import type { Act, Control, Said } from "./surface.js";
import * as words from "./words.js";

/** Of an element around a button: more is a page, in which a text is not about each of its buttons. */
const MOST_TEXT = 1000;

export interface Reader {
  readonly c: Compiler;
  readonly acts: Acts;
  readonly defaults: Defaults;
  readonly dialogs: Dialogs;
  place(file: Parsed, element: Element): Place;
}

/** All controls of a component that may be about consent. */
export function controlsOf(r: Reader, file: Parsed, roots: readonly Element[], component: ts.Node): Control[] {
  const all = roots.flatMap((root) => [...walk(root)]);
  const labels = new Map(
    all.flatMap(({ element }) => {
      const id = element.tag === "label" || element.tag === "Label" ? constantOf(element, "for", "htmlfor") : undefined;
      return id === undefined ? [] : [[id, textOf(element)] as const];
    }),
  );
  const answers = new Set(all.flatMap(({ element }) => actsOf(r, file, element).flatMap(({ act, on }) => (act === "grant" ? on : []))));
  return all.flatMap(({ element, around }): Control[] => {
    const kind = kindOf(element);
    if (element.tag === "select") return chosen(r, file, element, around);
    if (element.tag === "input" && constantOf(element, "type") === "hidden") return sent(r, file, element, around);
    // What nobody can use is no answer.
    if (kind === undefined || isDisabled(r, element)) return [];
    if (kind === "choice") return [choice(r, file, element, around, labels, component, answers)];
    return [button(r, file, element, around, kind)];
  });
}

const last = (tag: string): string => tag.split(".").at(-1)!;

function kindOf(element: Element): Control["kind"] | undefined {
  const { tag } = element;
  const role = constantOf(element, "role");
  const type = constantOf(element, "type");
  if (role === "checkbox" || role === "switch") return "choice";
  if (tag === "input")
    return type === "checkbox" || type === "radio" ? "choice" : type === "submit" || type === "button" ? "button" : undefined;
  if (/(?:checkbox|switch|toggle)$/i.test(last(tag)) || (last(tag) === "Field" && type === "checkbox")) return "choice";
  if (tag === "a" || /^(?:Nav)?Link$/.test(last(tag)))
    return role === "button" || /\b(?:btn|button)/i.test(constantOf(element, "class", "classname") ?? "") ? "button" : "link";
  return tag === "button" || /Button$/.test(last(tag)) || role === "button" ? "button" : undefined;
}

const isDisabled = ({ c }: Reader, { attributes }: Element): boolean => {
  const disabled = attributes.get("disabled");
  return disabled?.k === "text" ? disabled.text !== "false" : disabled?.code.kind === c.SyntaxKind.TrueKeyword;
};

/** The option of a list that is chosen before anybody has: `selected`, or the list's `defaultValue`. */
function chosen(r: Reader, file: Parsed, list: Element, around: readonly Element[]): Control[] {
  const value = constantOf(list, "defaultvalue", "value");
  const named = namesOf(r.c, list, around).some(words.namesConsent);
  return [...walk(list)].flatMap(({ element: option }): Control[] => {
    const isChosen = option.attributes.has("selected") || (value !== undefined && constantOf(option, "value") === value);
    const label = textOf(option);
    const isYes = !words.isRefusal(label) && (words.consents(label) || (named && words.said(`${label} ${value ?? ""}`).includes("accept")));
    if (option.tag !== "option" || !isChosen || !isYes) return [];
    const on = option.attributes.has("selected") ? "selected" : `defaultValue="${value ?? ""}"`;
    return [{ ...r.place(file, list), kind: "choice", label, says: ["accept", "refuse"], asks: true, does: [], behind: 0, on }];
  });
}

/** A consent that a form sends without showing it. Where a button of the form says yes to it, that is the answer. */
function sent(r: Reader, file: Parsed, element: Element, around: readonly Element[]): Control[] {
  const name = constantOf(element, "name") ?? "";
  const value = constantOf(element, "value", "defaultvalue") ?? "";
  if (!words.namesConsent(name) || !/^(?:true|1|on|y|yes|granted|given|accepted|opt-?in)$/i.test(value)) return [];
  const form = around.findLast(({ tag }) => tag === "form");
  const isAnswered = form !== undefined && [...walk(form)].some(({ element: one }) => kindOf(one) === "button" && saysYes(one));
  if (isAnswered) return [];
  const on = `type="hidden" value="${value}"`;
  return [{ ...r.place(file, element), kind: "choice", label: name, says: ["accept"], asks: true, does: [], behind: 0, on }];
}

const saysYes = (one: Element): boolean => words.said(textOf(one) || (constantOf(one, "value", "aria-label") ?? "")).includes("accept");

function choice(
  r: Reader,
  file: Parsed,
  element: Element,
  around: readonly Element[],
  labels: ReadonlyMap<string, string>,
  component: ts.Node,
  answers: ReadonlySet<string>,
): Control {
  const names = namesOf(r.c, element, around);
  const isRadio = constantOf(element, "type") === "radio";
  const label = labelOf(element, around, labels) || (names[0] ?? "");
  const does = actsOf(r, file, element);
  // What it sets decides whether a handler (of the form, of a button beside it) gives the consent.
  const gives =
    does.some(({ act }) => act === "grant") || (!isRadio && [...names, ...statesOf(r.c, element)].some((name) => answers.has(name)));
  const named = names.some(words.namesConsent);
  const answer = isRadio ? `${label} ${constantOf(element, "value") ?? ""}` : label;
  const asks =
    !words.isRefusal(answer) &&
    (gives || words.consents(label) || words.isOptional(label) || (named && (!isRadio || words.said(answer).includes("accept"))));
  const on = asks && !words.isNecessary(label) ? r.defaults.of(file, element, isRadio ? [] : names, component) : undefined;
  return {
    ...r.place(file, element),
    kind: "choice",
    label: label || element.tag,
    says: isRadio ? words.said(answer) : ["accept", "refuse"],
    asks,
    does,
    behind: r.dialogs.around(file, around),
    ...(on !== undefined && { on }),
    ...(asks && words.withTerms(label) && { bundle: "terms" as const }),
  };
}

function button(r: Reader, file: Parsed, element: Element, around: readonly Element[], kind: "button" | "link"): Control {
  const label =
    constantOf(element, "aria-label") ??
    (textOf(element) || constantOf(element, "value", "label", "title") || words.wordsOf(last(element.tag)));
  const does = [
    ...actsOf(r, file, element),
    ...(submits(element) ? around.flatMap((form) => (form.tag === "form" ? actsOf(r, file, form) : [])) : []),
  ];
  const says = new Set<Said>(words.said(label));
  const gives = does.some(({ act }) => act === "grant");
  const inWords = says.has("accept");
  if (gives) says.add("accept");
  if (does.some(({ act }) => act === "withdraw")) says.add("refuse");
  const about = words.consents(label) || (words.isBare(label) && around.some((one) => isShort(one) && words.asks(textOf(one, element))));
  const always = does.some(({ act, conditional }) => act === "grant" && !conditional);
  const otherwise = always && !inWords && !label.includes(UNKNOWN) && words.isAction(label);
  return {
    ...r.place(file, element),
    kind,
    label: label.replaceAll(UNKNOWN, "…"),
    says: [...says],
    asks: gives || (inWords && about),
    does,
    behind: r.dialogs.around(file, around) + r.dialogs.before(file, element),
    ...((otherwise || words.withAction(label)) && { bundle: "action" as const }),
  };
}

const isShort = (element: Element): boolean => textOf(element).length <= MOST_TEXT;

/** A button in a form submits it, unless it says that it is another. */
const submits = (element: Element): boolean => {
  const type = constantOf(element, "type");
  return (
    type === "submit" || (type === undefined && ![...element.attributes.keys()].some((name) => name === "onclick" || name === "onpress"))
  );
};

/** What its handlers do: `onClick`, `onCheckedChange`, `formAction`, a form's `action`. */
function actsOf(r: Reader, file: Parsed, element: Element): Act[] {
  return [...element.attributes].flatMap(([name, attribute]) =>
    attribute.k === "code" && /^(?:on|action$|formaction$)/.test(name) ? r.acts.of(file, attribute.code, attribute.row) : [],
  );
}

/** What is said of a choice: by itself, by the label that it stands in or that names it, by what stands beside it alone. */
function labelOf(element: Element, around: readonly Element[], labels: ReadonlyMap<string, string>): string {
  const own = constantOf(element, "aria-label", "label") ?? textOf(element);
  if (own !== "") return own;
  const id = constantOf(element, "id");
  const named = id === undefined ? undefined : labels.get(id);
  if (named !== undefined) return named;
  for (const one of around.slice(-4).reverse()) {
    const said = constantOf(one, "label");
    if (said !== undefined && said !== "") return said;
    if ([...walk(one)].filter(({ element: inner }) => kindOf(inner) === "choice").length > 1) break;
    const text = textOf(one, element);
    if (text !== "") return text;
  }
  return "";
}
