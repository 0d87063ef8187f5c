/** Supabase's accounts: what a program keeps of a person with the account (`updateUser({ data })`) comes out with the user. */
import { setSlot } from "../../domain/heap.js";
import { ANY_STRING, isBottom, join, NULL, ofRef, type Value } from "../../domain/value.js";
import { hop, make, type Native, type NativeCall, type UnknownData } from "../../machine/machine.js";
import { getNamed } from "../../machine/props.js";
import { unknown } from "../../machine/unknown.js";
import type { NativeTable } from "../../natives/index.js";
import { promised } from "../../natives/settle.js";
import { alike, argOf, at, callWith, lastCallback, listOf, option, record } from "../../natives/support.js";
import { listening } from "../answers.js";
import { readPlace, writePlace } from "../places.js";

const PLACE = "supabase-user:";
const PARTS = ["email", "phone", "user_metadata", "app_metadata"];

/** Keeps parts of an account. */
function keep(call: NativeCall, parts: Readonly<Record<string, Value>>): void {
  const given = Object.entries(parts).filter(([, v]) => v.refs.length > 0 || v.labels.length > 0);
  if (given.length > 0) writePlace(call.m, PLACE, record(call.m, Object.fromEntries(given), at(call, "account")), call.site);
}

const ofArgument = (call: NativeCall, given: Value, metadata: Value): Record<string, Value> => ({
  email: option(call, given, "email"),
  phone: option(call, given, "phone"),
  user_metadata: metadata,
  app_metadata: option(call, given, "app_metadata"),
});

/** Some user: what is known of accounts, and more that is not. */
function user(call: NativeCall): Value {
  const { m, site } = call;
  const obj = make(m, "unknown", at(call, "user"), { type: undefined, depth: 0, name: "" } satisfies UnknownData);
  const held = readPlace(m, PLACE, site);
  if (!isBottom(held))
    for (const name of PARTS) {
      const v = getNamed(m, held, name, site);
      if (v.refs.length > 0 || v.labels.length > 0)
        setSlot(m.heap, obj, name, hop(m, join(v, name.endsWith("metadata") ? unknown(m, at(call, name)) : ANY_STRING), "read", site));
    }
  return ofRef(obj.id);
}

const gives = (call: NativeCall, data: Readonly<Record<string, Value>>): Value =>
  promised(
    call,
    record(
      call.m,
      { data: record(call.m, data, at(call, "data")), error: join(NULL, unknown(call.m, at(call, "error"))) },
      at(call, "outcome"),
    ),
  );

const session = (call: NativeCall, of: Value): Value => {
  const obj = make(call.m, "unknown", at(call, "session"), { type: undefined, depth: 0, name: "" } satisfies UnknownData);
  setSlot(call.m.heap, obj, "user", of);
  return ofRef(obj.id);
};

const both = (call: NativeCall): Value => {
  const one = join(NULL, user(call));
  return gives(call, { user: one, session: join(NULL, session(call, one)) });
};

const writes =
  (parts: (call: NativeCall) => Record<string, Value>): Native =>
  (call) => {
    keep(call, parts(call));
    return both(call);
  };

const optionsOf = (call: NativeCall, given: Value): Value => option(call, option(call, given, "options"), "data");

/** Members of `auth` and of `auth.admin`. */
export const AUTH: NativeTable = {
  updateUser: writes((call) => ofArgument(call, argOf(call, 0), option(call, argOf(call, 0), "data"))),
  ...alike(
    ["signUp", "signInWithOtp"],
    writes((call) => ofArgument(call, argOf(call, 0), optionsOf(call, argOf(call, 0)))),
  ),
  createUser: writes((call) => ofArgument(call, argOf(call, 0), option(call, argOf(call, 0), "user_metadata"))),
  updateUserById: writes((call) => ofArgument(call, argOf(call, 1), option(call, argOf(call, 1), "user_metadata"))),
  inviteUserByEmail: writes((call) => ({ email: argOf(call, 0), user_metadata: option(call, argOf(call, 1), "data") })),
  ...alike(
    ["getUser", "getSession", "refreshSession", "setSession", "signInWithPassword", "verifyOtp", "exchangeCodeForSession", "getUserById"],
    both,
  ),
  listUsers: (call) => gives(call, { users: listOf(call.m, user(call), at(call, "users")) }),
  onAuthStateChange: (call) => {
    listening(call, (later) => {
      const fn = lastCallback(later.m, later.args);
      if (fn !== undefined) callWith(later.m, fn, [ANY_STRING, join(NULL, session(later, user(later)))], later.site);
    });
    return record(call.m, { data: unknown(call.m, at(call, "subscription")) }, at(call, "listening"));
  },
};
