/** Values that are functions. */
import { fresh, ofKind, type Context } from "../context.js";
import { expression } from "../expression.js";
import { form, type Form } from "../form.js";
import { bracketed, lambda } from "../lambda.js";
import { fn, same, show, type FunctionType, type Type } from "../types.js";
import { someType } from "../some-type.js";

const typed = (type: Type): FunctionType => type as FunctionType;

/** Methods of instances in scope with that type. */
const methods = (g: Context, type: Type): string[] =>
  ofKind(g, "instance").flatMap((v) =>
    v.type.of.methods.flatMap((m) =>
      same(m.type, type)
        ? [`${v.name}.${m.name}.bind(${v.name})`, `((...p: Parameters<typeof ${v.name}.${m.name}>) => ${v.name}.${m.name}(...p))`]
        : [],
    ),
  );

export const FUNCTIONS: readonly Form<Type>[] = [
  form("lambda", 20, (g, type) => lambda(g, typed(type))),
  form("bound argument", 3, (g, type) => {
    const first = someType(g, undefined, 0);
    return `${lambda(g, fn([first, ...typed(type).params], typed(type).returns))}.bind(null, ${expression(g, first)})`;
  }),
  form("curried", 3, (g, type) => {
    const of = someType(g, undefined, 0);
    return `${lambda(g, fn([of], type))}(${expression(g, of)})`;
  }),
  form("wrapped", 3, (g, type) => {
    const names = typed(type).params.map(() => fresh(g, "a"));
    const list = names.map((name, i) => `${name}: ${show(typed(type).params[i]!)}`).join(", ");
    return `((${list}) => ${bracketed(expression({ ...g, inside: { ...g.inside, async: false } }, type))}(${names.join(", ")}))`;
  }),
  form(
    "method as value",
    6,
    (g, type) => g.choices.one(methods(g, type)),
    (g, type) => methods(g, type).length > 0,
  ),
];
