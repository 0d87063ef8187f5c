/** `Math`: arithmetic on a number still tells it; random numbers tell nothing. */
import { ANY_NUMBER, join, numberOf, ofConst, type Value } from "../domain/value.js";
import { allArgs } from "../machine/call.js";
import type { Native, NativeCall } from "../machine/machine.js";
import { plainArgs, run } from "./fold.js";
import type { NativeModule } from "./index.js";
import { constant, labelsOfArgs, stepped } from "./support.js";

/** One of the arguments comes out. */
const CHOOSES = new Set(["max", "min"]);
const FUNCTIONS = [
  "max", "min", "round", "floor", "ceil", "trunc", "abs", "sqrt", "cbrt", "pow", "exp", "expm1", "log", "log2", "log10", "log1p", "hypot", "sin", "cos",
  "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "fround", "f16round", "imul",
]; // prettier-ignore

const compute =
  (name: string): Native =>
  (call: NativeCall): Value => {
    const args = plainArgs(call);
    const exactly = args === undefined ? undefined : run(Math, name, Math, args);
    if (exactly !== undefined) return ofConst(exactly.is);
    const out = numberOf(labelsOfArgs(call));
    return stepped(call, CHOOSES.has(name) && allArgs(call.args).length === 0 ? join(out, ANY_NUMBER) : out);
  };

export const maths: NativeModule = {
  modules: ["global"],
  natives: {
    ...Object.fromEntries(FUNCTIONS.map((name) => [`Math.${name}`, compute(name)])),
    "Math.random": constant(ANY_NUMBER),
    "Math.sign": constant(ANY_NUMBER),
    "Math.clz32": constant(ANY_NUMBER),
  },
};
