import { expect, test } from "vitest";
import { annotated } from "../program.js";

test("queries make data of their functions, mutations hand on their variables, the cache is asked by key", () => {
  const { found, expected } = annotated(
    `
    import { QueryClient, useInfiniteQuery, useMutation, useQueries, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
    import { createElement } from "react";
    import { createRoot } from "react-dom/client";
    const user = loadUser();
    function Page() {
      const { data, error } = useQuery({ queryKey: ["me"], queryFn: async () => ({ mail: user.email, note: "" }) });
      train(data?.mail); //! user.email
      train(data?.note, error); //! none
      const picked = useQuery({ queryKey: ["picked"], queryFn: async () => user, select: (u) => u.name });
      train(picked.data); //! user.name
      const before = useQuery(["old"], async () => user.prompt, { onSuccess: (d) => train(d) }); //! user.prompt
      train(before.data); //! user.prompt
      const pages = useInfiniteQuery({ queryKey: ["list"], queryFn: async ({ pageParam }) => [user.id, pageParam] });
      train(pages.data?.pages.flat()); //! user.id
      const several = useQueries({ queries: [{ queryKey: ["a"], queryFn: async () => user.tags }, { queryKey: ["b"], queryFn: async () => "" }] });
      train(several[0].data); //! user.tags
      train(several[1].data); //! none
      const client = useQueryClient();
      const cached = useSuspenseQuery({ queryKey: ["cached", 1], queryFn: async () => ({ mail: "" }) });
      train(cached.data.mail); //! user.email
      const other = useSuspenseQuery({ queryKey: ["other", 1], queryFn: async () => ({ mail: "" }) });
      train(other.data.mail); //! none
      const save = useMutation({
        mutationFn: async (input: { prompt: string; note: string }) => {
          train(input.prompt); //! user.prompt
          train(input.note); //! none
          return { saved: input.prompt };
        },
        onMutate: () => ({ previous: user.name }),
        onSuccess: (saved, input, context) => {
          train(saved.saved); //! user.prompt
          train(input.note); //! none
          train(context.previous); //! user.name
        },
      });
      train(save.data?.saved, save.variables?.prompt); //! user.prompt
      return createElement("button", {
        onClick: () => { save.mutate({ prompt: user.prompt, note: "" }); client.setQueryData(["cached", 1], { mail: user.email }); },
      });
    }
    createRoot(document.body).render(createElement(Page));
    export async function load() {
      const found = await new QueryClient().fetchQuery({ queryKey: ["f"], queryFn: async () => user.age });
      train(found); //! user.age
    }
    `,
  );
  expect(found).toEqual(expected);
});
