/** What collections and Mongoose's models are called: a model `User` is the collection `users`, unless it says otherwise. */
import { objectsOf } from "../../domain/heap.js";
import { K, type Value } from "../../domain/value.js";
import { external } from "../../machine/external.js";
import type { Machine } from "../../machine/machine.js";
import { pluralized } from "../plural.js";

/** The names that a value can be; `*` where it can be others, too. */
export function collectionsNamed(v: Value): readonly string[] {
  const names = v.consts.filter((c): c is string => typeof c === "string");
  const open = v.refs.length > 0 || (v.kinds & K.String) !== 0 || names.length === 0;
  return open ? ["*"] : names;
}

/** Slot of models and collections that holds their collection's name. */
export const COLLECTION = "\0collection";

/** Where the program's models are, by their names. */
export const modelsOf = (m: Machine) => external(m, "mongoose", ["models"]);

/** The collections of a model by its name: where the program has made it, else by Mongoose's rule. */
export function collectionsOfModel(m: Machine, name: string): readonly string[] {
  const made = modelsOf(m).props.get(name);
  const named = made === undefined ? [] : objectsOf(m.heap, made).flatMap((model) => collectionsNamed(model.props.get(COLLECTION)!));
  return named.length > 0 ? named : [pluralized(name)];
}
