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
