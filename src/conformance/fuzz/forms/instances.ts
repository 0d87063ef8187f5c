/** Objects of classes. */
import { construct } from "../expression.js";
import { form, type Form } from "../form.js";
import type { Type } from "../types.js";

const of = (type: Type) => (type as Type & { k: "instance" }).of;

export const INSTANCES: readonly Form<Type>[] = [
  form(
    "new",
    1,
    (g, type) => construct(g, of(type)),
    (_, type) => type.k === "instance",
  ),
  form(
    "class",
    1,
    (_, type) => of(type).name,
    (_, type) => type.k === "class",
  ),
];
