import { expect, test } from "vitest";
import { annotated } from "../program.js";

test("a form hands its values to its handlers, field by field, whether its methods are taken off it or not", () => {
  const { found, expected } = annotated(
    `
    import { useForm, useWatch, type Control } from "react-hook-form";
    import { createElement } from "react";
    import { createRoot } from "react-dom/client";
    function Shown({ control }: { control: Control }) {
      train(useWatch({ control, name: "input" })); //! user.prompt
      train(useWatch({ control, name: "note" })); //! none
      return createElement("p");
    }
    function Page(props: { input: string; owner: string }) {
      const form = useForm({ defaultValues: { input: props.input, note: "", picked: [], owner: { mail: props.owner } } });
      const { handleSubmit, setValue, getValues } = useForm({ defaultValues: { name: "", text: "" } });
      const onSubmit = (values: { input: string; note: string; picked: string[]; owner: { mail: string } }) => {
        train(values.input); //! user.prompt
        train(values.note); //! none
        train(values.owner.mail); //! user.email
        // What begins empty is chosen by people.
        for (const id of values.picked) train({ id, input: values.input }); //! user.prompt
      };
      train(form.getValues("owner.mail")); //! user.email
      train(form.watch("note")); //! none
      return createElement("form", { onSubmit: form.handleSubmit(onSubmit) },
        createElement(Shown, { control: form.control }),
        createElement("button", { onClick: () => setValue("name", loadUser().name) }),
        createElement("button", { onClick: handleSubmit(async (values) => {
          train(values.name); //! user.name
          train(values.text); //! none
          train(getValues()); //! user.name
        }) }),
      );
    }
    createRoot(document.body).render(createElement(Page, { input: loadUser().prompt, owner: loadUser().email }));
  `,
  );
  expect(found).toEqual(expected);
});
