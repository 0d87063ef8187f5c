import { expect, test } from "vitest";
import { annotated } from "../program.js";

test("atoms of jotai: held, computed, with functions of their own, and asked of a store", () => {
  const { found, expected } = annotated(
    `
    import { atom, createStore, useAtom, useAtomValue, useSetAtom } from "jotai";
    import { atomWithStorage } from "jotai/utils";
    import { createElement } from "react";
    import { createRoot } from "react-dom/client";
    const user = loadUser();
    const mail = atom("");
    const other = atom("");
    const both = atom((get) => ({ mail: get(mail), other: get(other) }));
    const later = atom(async () => user.tags);
    const kept = atomWithStorage("kept", "");
    const keep = atom(null, (get, set, name: string) => { set(kept, name); });
    const store = createStore();
    function Page() {
      const [value, setMail] = useAtom(mail);
      train(value); //! user.email
      const { mail: seen, other: unseen } = useAtomValue(both);
      train(seen); //! user.email
      train(unseen); //! none
      train(useAtomValue(later)); //! user.tags
      train(useAtomValue(kept)); //! user.name
      const put = useSetAtom(keep);
      return createElement("button", {
        onClick: () => {
          setMail((old) => old + user.email);
          put(user.name);
          store.set(held, user.prompt);
          train(store.get(held)); //! user.prompt
          train(store.get(other)); //! none
        },
      });
    }
    const held = atom("");
    createRoot(document.body).render(createElement(Page));
    `,
  );
  expect(found).toEqual(expected);
});
