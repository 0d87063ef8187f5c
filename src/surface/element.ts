/** Elements of a user interface, of JSX and of HTML alike. */
import type ts from "typescript";
import type { Row } from "./rows.js";

/** Offsets in the file. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

/** What is not known of a text. */
export const UNKNOWN = "\0";

export type Attribute =
  /** As written; a name without a value is the empty text. */
  | { readonly k: "text"; readonly text: string }
  | {
      readonly k: "code";
      readonly code: ts.Expression;
      /** What its names stand for, where the element is one of a table's. */
      readonly row?: Row;
    };

export interface Element extends Span {
  readonly tag: string;
  /** By their names in lower case. */
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Objects that are spread into the attributes. */
  readonly spreads: readonly ts.Expression[];
  readonly children: readonly (Element | string)[];
}

/** All text below an element, as a reader sees it; the element's own words where it has none. */
export function textOf(element: Element, except?: Element): string {
  const parts = element.children.map((child) => (typeof child === "string" ? child : child === except ? "" : textOf(child, except)));
  return parts.join(" ").replace(/\s+/g, " ").trim();
}

/** The constant text of an attribute. */
export function constantOf(element: Element, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const attribute = element.attributes.get(name);
    if (attribute?.k === "text") return attribute.text;
  }
  return undefined;
}

/** Each element with those around it, outermost first. */
export function* walk(
  element: Element,
  around: readonly Element[] = [],
): Generator<{ readonly element: Element; readonly around: readonly Element[] }> {
  yield { element, around };
  const inside = [...around, element];
  for (const child of element.children) if (typeof child !== "string") yield* walk(child, inside);
}
