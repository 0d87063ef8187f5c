import { expect, test } from "vitest";
import { annotated } from "../program.js";

test("stores of zustand: what set puts into the state, selectors, middleware, stores without React", () => {
  const { found, expected } = annotated(
    `
    import { create } from "zustand";
    import { combine, devtools, persist } from "zustand/middleware";
    import { immer } from "zustand/middleware/immer";
    import { createStore } from "zustand/vanilla";
    import { createElement } from "react";
    import { createRoot } from "react-dom/client";
    const user = loadUser();
    interface State { mail: string; note: string; keep: (mail: string) => void; tell: () => void }
    const useMail = create<State>()(devtools(persist((set, get) => ({
      mail: "",
      note: "",
      keep: (mail) => set({ mail }),
      tell: () => {
        train(get().mail); //! user.email
        train(get().note); //! none
      },
    }), { name: "mail" })));
    const useName = create((set) => ({ name: "", put: (name) => set((old) => ({ ...old, name })) }));
    const useDraft = create(immer((set) => ({ list: [], add: (text) => set((draft) => { draft.list.push(text); }) })));
    const useBoth = create(combine({ id: "" }, (set) => ({ take: (id) => set({ id }) })));
    const store = createStore(() => ({ prompt: "", other: "" }));
    store.subscribe((state) => {
      train(state.prompt); //! user.prompt
      train(state.other); //! none
    });
    function Page() {
      const mail = useMail((s) => s.mail);
      train(mail); //! user.email
      const { name } = useName();
      train(name); //! user.name
      train(useDraft((s) => s.list[0])); //! user.tags
      train(useBoth((s) => s.id)); //! user.id
      const keep = useMail((s) => s.keep);
      return createElement("button", {
        onClick: () => {
          keep(user.email);
          useName.getState().put(user.name);
          useDraft.getState().add(user.tags);
          useBoth.getState().take(user.id);
          store.setState({ prompt: user.prompt });
          useMail.getState().tell();
        },
      });
    }
    createRoot(document.body).render(createElement(Page));
    `,
  );
  expect(found).toEqual(expected);
});
