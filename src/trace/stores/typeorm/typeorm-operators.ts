/** TypeORM's operators in filters, `{ name: Like("A%"), mayTrain: Equal(true) }`: they keep what they are given. */
import { allArgs, arg } from "../../machine/call.js";
import type { Native } from "../../machine/machine.js";
import type { NativeTable } from "../../natives/index.js";
import { alike, arrayOf, at, record } from "../../natives/support.js";

const NAMES =
  "And Any ArrayContainedBy ArrayContains ArrayOverlap Between ILike In IsNull JsonContains LessThan LessThanOrEqual Like MoreThan MoreThanOrEqual Not Or Raw".split(
    " ",
  );

const operator: Native = (call) =>
  record(call.m, { value: arrayOf(call.m, allArgs(call.args), at(call, "operands")) }, at(call, "operator"));

export const FIND_OPERATORS: NativeTable = {
  ...alike(NAMES, operator),
  Equal: (call) => record(call.m, { equals: arg(call.args, 0) }, at(call, "operator")),
};
