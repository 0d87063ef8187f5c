/**
 * `react-hook-form`: a form begins with its default values; what code sets in it, and what people type, is what its handlers get.
 * API: https://react-hook-form.com/docs.
 */
import { joinSlot, objectsOf, S, setSlot } from "../../domain/heap.js";
import { BOTTOM, exact, isBottom, join, ofRef, UNDEFINED, type Value } from "../../domain/value.js";
import { make, type Machine, type Native, type NativeCall } from "../../machine/machine.js";
import { copyProps, getAny, getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeModule, NativeTable } from "../index.js";
import { promised } from "../settle.js";
import { argOf, at, callWith, instance, listOf, nativeValue, option, record } from "../support.js";

const LIB = "react-hook-form";
/** Slot of a form and of its control: the object that holds its values. */
const VALUES = "\0values";

const heldBy = (m: Machine, v: Value): Value =>
  objectsOf(m.heap, v).reduce((out: Value, o) => join(out, o.props.get(VALUES) ?? BOTTOM), BOTTOM);

/** What is under a field's name, `user.address.0`; any field where the name is not known. */
function under(call: NativeCall, values: Value, name: Value): Value {
  if (isBottom(values)) return unknown(call.m, at(call, "field"));
  const path = exact(name);
  if (typeof path !== "string") return getAny(call.m, values, call.site);
  return path.split(".").reduce((v, part) => (v.refs.length === 0 ? v : getNamed(call.m, v, part, call.site)), values);
}

/** Puts a value beside what a field holds; of a path the first name tells the field. */
function put(m: Machine, values: Value, name: Value, v: Value): void {
  const path = exact(name);
  const isPlain = typeof path === "string" && !path.includes(".");
  for (const obj of objectsOf(m.heap, values)) joinSlot(m.heap, obj, isPlain ? path : S.rest, v);
}

/** Gives fields their values; people may put something else into any of them. */
function fill(call: NativeCall, values: Value, given: Value): void {
  if (given.refs.length === 0) return;
  for (const obj of objectsOf(call.m.heap, values)) {
    copyProps(call.m, obj, given, call.site);
    for (const name of [...obj.props.keys()])
      if (name.charCodeAt(0) !== 0) joinSlot(call.m.heap, obj, name, unknown(call.m, at(call, `typed ${name}`)));
  }
}

/** The methods work without their form: `const { handleSubmit } = useForm()`. */
const methodsOf = (values: Value): Readonly<Record<string, Native>> => ({
  handleSubmit: (call) => {
    const [valid, invalid] = [argOf(call, 0), argOf(call, 1)];
    return nativeValue(call.m, call.site, "submit", (c) => {
      const done = callWith(c.m, valid, [values, argOf(c, 0)], c.site);
      if (invalid.refs.length > 0) callWith(c.m, invalid, [unknown(c.m, at(c, "errors"))], c.site);
      return promised(c, join(done, UNDEFINED));
    });
  },
  getValues: (call) => read(call, values),
  watch: (call) => read(call, values),
  setValue: (call) => {
    put(call.m, values, argOf(call, 0), argOf(call, 1));
    return UNDEFINED;
  },
  resetField: (call) => {
    put(call.m, values, argOf(call, 0), option(call, argOf(call, 1), "defaultValue"));
    return UNDEFINED;
  },
  reset: (call) => {
    fill(call, values, argOf(call, 0));
    return UNDEFINED;
  },
  register: (call) => record(call.m, { name: argOf(call, 0) }, at(call, "registered")),
});

/** All values, one by its name, or a list of some. */
function read(call: NativeCall, values: Value): Value {
  const name = argOf(call, 0);
  if (name === UNDEFINED || isBottom(name)) return values;
  if (name.refs.length === 0) return under(call, values, name);
  return listOf(call.m, getAny(call.m, values, call.site), at(call, "values"));
}

const useForm: Native = (call) => {
  const { m, site } = call;
  const holder = make(m, "object", at(call, "values"));
  // What people type: text of no declared field.
  setSlot(m.heap, holder, S.rest, unknown(m, at(call, "typed")));
  const values = ofRef(holder.id);
  for (const name of ["defaultValues", "values"]) fill(call, values, option(call, argOf(call, 0), name));
  const form = instance(m, LIB, "UseFormReturn", site);
  const control = instance(m, LIB, "Control", site);
  for (const obj of [form, control]) setSlot(m.heap, obj, VALUES, values);
  setSlot(m.heap, form, "control", ofRef(control.id));
  setSlot(m.heap, form, "formState", unknown(m, at(call, "state")));
  for (const [name, run] of Object.entries(methodsOf(values))) setSlot(m.heap, form, name, nativeValue(m, site, name, run));
  return ofRef(form.id);
};

/** `useWatch({ control, name })`, `useController({ control, name })`. */
const fieldOf = (call: NativeCall): Value => {
  const options = argOf(call, 0);
  const values = heldBy(call.m, option(call, options, "control"));
  const name = option(call, options, "name");
  return name === UNDEFINED && !isBottom(values) ? values : under(call, values, name);
};

const natives: NativeTable = {
  useForm,
  useWatch: fieldOf,
  useController: (call) => record(call.m, { field: record(call.m, { value: fieldOf(call) }, at(call, "field")) }, at(call, "controller")),
};

/** Forms. */
export const hookForm: NativeModule = { modules: [LIB], natives };
