/**
 * Hooks of Fastify that get an answer on its way out: `preSerialization` the data, `onSend` its text. What they give takes its place;
 * those of applications above run first.
 */
import { objectsOf, S, setSlot, type Obj } from "../../domain/heap.js";
import { BOTTOM, isBottom, join, K, ofConst, ofRef, ofRefs, primitivePart, UNDEFINED, withKinds, type Value } from "../../domain/value.js";
import { arg, callValue } from "../../machine/call.js";
import { clone, textOf } from "../../machine/clone.js";
import type { Machine } from "../../machine/machine.js";
import { awaitValue } from "../../machine/promise.js";
import { nativeValue } from "../support.js";
import type { Opened } from "./routes.js";

export const ANSWER_HOOKS = ["preSerialization", "onSend", "onResponse"] as const;
export type AnswerHook = (typeof ANSWER_HOOKS)[number];

const slot = (name: AnswerHook, i: number): string => `\0${name}:${i}`;

const own = (app: Obj, name: AnswerHook): readonly Value[] => {
  const out: Value[] = [];
  for (let v = app.props.get(slot(name, 0)); v !== undefined; v = app.props.get(slot(name, out.length))) out.push(v);
  return out;
};

export function addAnswerHook(m: Machine, apps: Value, name: AnswerHook, hook: Value): void {
  for (const app of objectsOf(m.heap, apps)) setSlot(m.heap, app, slot(name, own(app, name).length), hook);
}

function hooksOf(m: Machine, apps: Value, name: AnswerHook, depth = 0): readonly Value[] {
  const [app] = objectsOf(m.heap, apps);
  if (app === undefined || depth > 6) return [];
  return [...hooksOf(m, app.props.get("\0parent") ?? BOTTOM, name, depth + 1), ...own(app, name)];
}

/** What runs when a request has been answered. */
export const afterwards = ({ m, app }: Opened): readonly Value[] => hooksOf(m, app, "onResponse");

/** The answer as it leaves. */
export function onItsWay(opened: Opened, reply: Value, answer: Value): Value {
  const { m, app, site } = opened;
  const data = hooksOf(m, app, "preSerialization").reduce((v, hook) => (v.refs.length === 0 ? v : run(opened, reply, hook, v)), answer);
  const hooks = hooksOf(m, app, "onSend");
  if (hooks.length === 0) return data;
  const text = join(
    primitivePart(data),
    data.refs.length === 0 ? BOTTOM : textOf(m, clone(m, ofRefs(data.refs, data.via), site, "json"), site),
  );
  return parsed(
    m,
    hooks.reduce((v, hook) => run(opened, reply, hook, v), text),
  );
}

/** What a hook makes of the answer: what it returns, or passes to `done`; the answer itself when that is nothing. */
function run(opened: Opened, reply: Value, hook: Value, answer: Value): Value {
  const { m, app, request, where, site } = opened;
  let passed: Value = BOTTOM;
  const done = nativeValue(m, `${where}:answer`, "done", (call) => {
    passed = join(passed, arg(call.args, 1));
    return UNDEFINED;
  });
  const returned = awaitValue(m, callValue(m, hook, app, { list: [request, reply, answer, done], rest: null }, site), site);
  m.alive = true;
  const given = isBottom(passed) ? returned : passed;
  const something = withKinds(given, given.kinds & ~(K.Undefined | K.Absent));
  return given === something && !isBottom(given) ? given : join(something, answer);
}

/** Text goes out; a client in the same program has what it says. */
function parsed(m: Machine, v: Value): Value {
  let out = primitivePart(v);
  for (const obj of objectsOf(m.heap, v)) out = join(out, obj.kind === "text" ? (obj.props.get(S.value) ?? BOTTOM) : ofRef(obj.id));
  return isBottom(out) ? ofConst("") : out;
}
