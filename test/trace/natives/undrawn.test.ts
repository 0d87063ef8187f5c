import { expect, test } from "vitest";
import { annotated } from "../program.js";

test("a component that nothing draws is called again when its state has changed", () => {
  const { found, expected } = annotated(
    `
    import { createElement, useEffect, useReducer, useState } from "react";
    const user = loadUser();
    export default function Page() {
      const [mail, setMail] = useState("");
      const [other, setOther] = useState("");
      const [state, dispatch] = useReducer((old, given) => ({ ...old, ...given }), { name: "", note: "" });
      const [fetched, setFetched] = useState<string | null>(null);
      useEffect(() => { setFetched(user.prompt); }, []);
      train(mail); //! user.email
      train(other); //! none
      train(state.note); //! none
      return createElement("div", { onFocus: () => { setMail(user.email); setOther("x"); } }, [
        createElement("button", { onFocus: () => dispatch({ name: user.name }), onClick: () => train(state.name) }), //! user.name
        fetched !== null && createElement("button", { onClick: () => train(fetched) }), //! user.prompt
      ]);
    }
    `,
  );
  expect(found).toEqual(expected);
});

test("next/dynamic gives the component that a module is, or that is taken from it", () => {
  const { found, expected } = annotated(
    `
    import { createElement } from "react";
    import dynamic from "next/dynamic";
    const user = loadUser();
    function Shown({ mail, note }: { mail: string; note: string }) {
      train(mail); //! user.email user.name
      train(note); //! none
      return null;
    }
    const First = dynamic(() => Promise.resolve({ default: Shown }), { ssr: false });
    const Second = dynamic(() => Promise.resolve({ Shown }).then((all) => all.Shown));
    export default function Page() {
      return createElement("div", {}, createElement(First, { mail: user.email, note: "" }), createElement(Second, { mail: user.name, note: "" }));
    }
    `,
  );
  expect(found).toEqual(expected);
});
