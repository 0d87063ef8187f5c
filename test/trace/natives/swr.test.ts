import { expect, test } from "vitest";
import { annotated } from "../program.js";

test("a hook's fetcher makes data of its key; who mutates hands an argument to another fetcher", () => {
  const { found, expected } = annotated(
    `
    import useSWR, { SWRConfig } from "swr";
    import useSWRInfinite from "swr/infinite";
    import useSWRMutation from "swr/mutation";
    import { createElement } from "react";
    import { createRoot } from "react-dom/client";
    const load = async (key: string) => ({ key, mail: loadUser().email });
    const send = (url: string, { arg }: { arg: { input: string; note: string } }) => {
      train(url); //! none
      train(arg.input); //! user.prompt
      train(arg.note); //! none
      return Promise.resolve({ sent: arg.input });
    };
    function Page() {
      const { data } = useSWR("/me");
      train(data?.mail); //! user.email
      train(data?.key); //! none
      const own = useSWR(() => "/own", async () => loadUser().name);
      train(own.data); //! user.name
      const never = useSWR(null, async () => loadUser().name);
      train(never.data); //! none
      const shown = useSWR("/shown", async () => "", { fallbackData: loadUser().name, onSuccess: (d) => train(d) }); //! user.name
      train(shown.data); //! user.name
      const pages = useSWRInfinite((page) => "/list?page=" + page, async (key) => [loadUser().prompt]);
      train(pages.data?.flat()); //! user.prompt
      const { trigger, data: sent } = useSWRMutation("/send", send, { onSuccess: (d) => train(d) }); //! user.prompt
      train(sent); //! user.prompt
      const edited = useSWR("/edited", async () => ({ text: "" }));
      train(edited.data?.text); //! user.prompt
      return createElement("p", {
        onClick: async () => {
          const done = await trigger({ input: loadUser().prompt, note: "" });
          train(done.sent); //! user.prompt
          await edited.mutate({ text: loadUser().prompt });
        },
      });
    }
    createRoot(document.body).render(createElement(SWRConfig, { value: { fetcher: load } }, createElement(Page)));
  `,
  );
  expect(found).toEqual(expected);
});
