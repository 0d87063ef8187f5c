/**
 * `child_process`: what a command does with its arguments and its input is not known, so all of it may stand in its output. That it is not
 * known is said where a declared field goes in.
 */
import { joinLabels, NO_LABELS, type Labels, type Site } from "../domain/labels.js";
import { joinSlot, S, setSlot, type Obj } from "../domain/heap.js";
import { ANY_NUMBER, ANY_STRING, join, NULL, ofRef, stringOf, UNDEFINED, type Value } from "../domain/value.js";
import { allArgs } from "../machine/call.js";
import { allLabels } from "../machine/deep.js";
import { hop, type Machine, type Native, type NativeCall } from "../machine/machine.js";
import { emitterMethods } from "./events.js";
import type { NativeModule } from "./index.js";
import { spot } from "./items.js";
import { promiseOf } from "./settle.js";
import { newStream, PIPES } from "./stream-core.js";
import { alike, arrayOf, callWith, constant, instance, lastCallback, methods, record } from "./support.js";
import { carrier } from "./text.js";

/** What the arguments spell out, callbacks aside; noted as something that leaves the program. */
function handedOver(call: NativeCall): Labels {
  const { m, site } = call;
  const callback = lastCallback(m, call.args);
  let out: Labels = NO_LABELS;
  for (const v of allArgs(call.args)) if (v !== callback) out = joinLabels(out, allLabels(m, v));
  if (out.length > 0) m.blind("unmodelled-library", site, "what a command does is not known: what goes in is taken to come out", out);
  return hop(m, stringOf(out), "library", site).labels;
}

/** Text, or bytes: only the options say, which may not be known. */
const output = (m: Machine, labels: Labels, site: Site): Value =>
  labels.length === 0 ? ANY_STRING : join(stringOf(labels), carrier(m, "Buffer", stringOf(labels), site));

/** A running command: what is written to it may be read from it. */
function child(call: NativeCall, labels: Labels): Obj {
  const { m, site } = call;
  const made = instance(m, "child_process", "ChildProcess", site);
  const stdin = newStream(m, "Writable", { ...site, at: site.at });
  const from = (at: number): Obj => {
    const stream = newStream(m, "Readable", { ...site, at: site.at + at });
    if (labels.length > 0) setSlot(m.heap, stream, S.rest, stringOf(labels));
    joinSlot(m.heap, stdin, PIPES, ofRef(stream.id));
    return stream;
  };
  const [stdout, stderr] = [from(1), from(2)];
  for (const [name, stream] of Object.entries({ stdin, stdout, stderr })) setSlot(m.heap, made, name, ofRef(stream.id));
  setSlot(
    m.heap,
    made,
    "stdio",
    arrayOf(
      m,
      [stdin, stdout, stderr].map((s) => ofRef(s.id)),
      spot(site, "stdio"),
    ),
  );
  for (const name of ["pid", "exitCode"]) setSlot(m.heap, made, name, ANY_NUMBER);
  return made;
}

const spawn: Native = (call) => ofRef(child(call, handedOver(call)).id);

/** `exec(command, (error, stdout, stderr) => …)`; without a callback its promise version, which gives both. */
const exec: Native = (call) => {
  const { m, site } = call;
  const labels = handedOver(call);
  const callback = lastCallback(m, call.args);
  const out = output(m, labels, site);
  if (callback !== undefined) callWith(m, callback, [NULL, out, out], site);
  return ofRef(child(call, labels).id);
};

const execSync: Native = (call) => output(call.m, handedOver(call), call.site);

const spawnSync: Native = (call) => {
  const { m, site } = call;
  const out = output(m, handedOver(call), site);
  const all = { stdout: out, stderr: out, status: ANY_NUMBER, pid: ANY_NUMBER, output: arrayOf(m, [NULL, out, out], spot(site, "output")) };
  return record(m, all, spot(site, "spawned"));
};

/** Promise versions (`promisify(exec)`) come to both outputs. */
export const outputsOf = (call: NativeCall): Value => {
  const { m, site } = call;
  const out = output(m, handedOver(call), site);
  return promiseOf(m, record(m, { stdout: out, stderr: out }, spot(site, "outputs")), site);
};

export const childProcesses: NativeModule = {
  modules: ["child_process"],
  natives: {
    ...alike(["spawn", "fork"], spawn),
    ...alike(["exec", "execFile"], exec),
    ...alike(["execSync", "execFileSync"], execSync),
    spawnSync,
    ...methods("ChildProcess", {
      ...emitterMethods,
      ...alike(["kill", "send", "disconnect", "ref", "unref"], constant(UNDEFINED)),
    }),
  },
};
