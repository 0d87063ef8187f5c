/** What pages of Remix and React Router send to actions and ask of loaders themselves: `useFetcher()`, `useSubmit()`. */
import { ANY_STRING, isBottom, join, joinAll, ofConst, UNDEFINED, type Value } from "../../domain/value.js";
import { arg } from "../../machine/call.js";
import type { Native, NativeCall } from "../../machine/machine.js";
import { unknown } from "../../machine/unknown.js";
import { readPlace, writePlace } from "../../stores/places.js";
import { exchange } from "../exchange.js";
import type { NativeModule } from "../index.js";
import { promised } from "../settle.js";
import { at, nativeValue, option, record } from "../support.js";
import { takenApart } from "./route-data.js";
import { remixUrls } from "./remix.js";

/** The address that is named, or else that of the page which the code is in the file of. */
function addresses(call: NativeCall, named: Value): readonly Value[] {
  if (!isBottom(named) && named !== UNDEFINED) return [named];
  return remixUrls(call.m.modules.files[call.site.file]!.name).map(ofConst);
}

/** Sends something there; gives what is answered. */
const sent = (call: NativeCall, method: Value, named: Value, body: Value): Value =>
  takenApart(call, joinAll(addresses(call, named).map((url) => exchange(call, { method, url, body, headers: UNDEFINED }))));

/** `submit(values, { action, method })`. */
function submitted(call: NativeCall): Value {
  const options = arg(call.args, 1);
  const method = option(call, options, "method");
  return sent(call, method === UNDEFINED ? ofConst("GET") : method, option(call, options, "action"), arg(call.args, 0));
}

/** What a fetcher is answered is its `data`, the next time that the page is drawn. */
const fetcher: Native = (call) => {
  const { m, site } = call;
  const place = `fetcher ${site.file}:${site.at}`;
  const kept =
    (run: (later: NativeCall) => Value): Native =>
    (later) => {
      const answer = run(later);
      if (!isBottom(answer)) writePlace(later.m, place, answer, later.site);
      return promised(later, UNDEFINED);
    };
  const loaded = kept((later) => sent(later, ofConst("GET"), arg(later.args, 0), UNDEFINED));
  const data = readPlace(m, place, site);
  return record(
    m,
    {
      data: join(UNDEFINED, isBottom(data) ? unknown(m, at(call, "data")) : data),
      state: ANY_STRING,
      submit: nativeValue(m, at(call, "submit"), "submit", kept(submitted), []),
      load: nativeValue(m, at(call, "load"), "load", loaded, []),
      Form: unknown(m, at(call, "Form")),
    },
    at(call, "fetcher"),
  );
};

const submit: Native = (call) =>
  nativeValue(
    call.m,
    at(call, "submit"),
    "submit",
    (later) => {
      submitted(later);
      return promised(later, UNDEFINED);
    },
    [],
  );

export const remixFetchers: NativeModule = {
  modules: ["react-router", "react-router-dom", "@remix-run/react"],
  natives: { useFetcher: fetcher, useSubmit: submit },
};
