/** Pages: state, effects, contexts and handlers, each flow beside its near miss. */
import { expect, test } from "vitest";
import { annotated, run } from "../program.js";

const check = (code: string, files: Readonly<Record<string, string>> = {}): void => {
  const { found, expected } = annotated(code, { files });
  expect(found).toEqual(expected);
};

test("what a handler puts into state is there when the component is drawn again, cell by cell", () => {
  check(`
    import { createElement, useState } from "react";
    import { createRoot } from "react-dom/client";
    function Page() {
      const [draft, setDraft] = useState("");
      const [other, setOther] = useState("");
      const [list, setList] = useState<string[]>([]);
      train(draft); //! user.prompt
      train(other); //! none
      train(list); //! user.email
      return createElement("button", { onClick: () => { setDraft(loadUser().prompt); setOther("x"); setList((old) => [...old, loadUser().email]); } });
    }
    createRoot(document.body).render(createElement(Page));
  `);
});

test("two instances of one component have state of their own", () => {
  check(`
    import { createElement, useState } from "react";
    import { createRoot } from "react-dom/client";
    function Field({ load, done }: { load: () => string; done: (s: string) => void }) {
      const [value, setValue] = useState("");
      done(value);
      return createElement("button", { onClick: () => setValue(load()) });
    }
    createRoot(document.body).render(createElement("div", null,
      createElement(Field, { load: () => loadUser().name, done: (s) => {
        train(s); //! user.name
      } }),
      createElement(Field, { load: () => "constant", done: (s) => {
        train(s); //! none
      } })));
  `);
});

test("the nearest provider counts; without one, the default", () => {
  check(`
    import { createContext, createElement, useContext } from "react";
    import { renderToString } from "react-dom/server";
    const Session = createContext("none");
    const Show = ({ into }: { into: (s: string) => void }) => { into(useContext(Session)); return null; };
    renderToString(createElement(Session.Provider, { value: loadUser().email },
      createElement(Show, { into: (s) => {
        train(s); //! user.email
      } }),
      createElement(Session.Provider, { value: "guest" }, createElement(Show, { into: (s) => {
        train(s); //! none
      } }))));
    renderToString(createElement(Show, { into: (s) => {
      train(s); //! none
    } }));
  `);
});

test("children that a component drops are never drawn", () => {
  check(`
    import { createElement } from "react";
    import { renderToString } from "react-dom/server";
    const Leak = ({ into }: { into: (s: string) => void }) => { into(loadUser().id); return null; };
    const Keep = ({ children }: { children?: unknown }) => children;
    const Drop = () => null;
    renderToString(createElement(Keep, null, createElement(Leak, { into: (s) => {
      train(s); //! user.id
    } })));
    renderToString(createElement(Drop, null, createElement(Leak, { into: (s) => {
      train(s); //! none
    } })));
  `);
});

test("a page as text shows its text and attributes, not the props of components that do not", () => {
  check(`
    import { createElement } from "react";
    import { renderToString } from "react-dom/server";
    const Card = ({ title, hidden }: { title: string; hidden: string }) => createElement("p", { title }, hidden.length);
    train(renderToString(createElement(Card, { title: loadUser().name, hidden: loadUser().email }))); //! user.name
  `);
});

test("reducers, references, memos and effects", () => {
  check(`
    import { createElement, useCallback, useEffect, useMemo, useReducer, useRef } from "react";
    import { createRoot } from "react-dom/client";
    type Action = { type: "name"; name: string } | { type: "count" };
    const reducer = (s: { name: string; count: number }, a: Action) => (a.type === "name" ? { ...s, name: a.name } : { ...s, count: s.count + 1 });
    function Page() {
      const [state, dispatch] = useReducer(reducer, { name: "", count: 0 });
      const last = useRef("");
      const memo = useMemo(() => state.name.slice(0, 1), [state]);
      const tell = useCallback((p: string) => p + last.current, []);
      useEffect(() => { dispatch({ type: "name", name: loadUser().name }); dispatch({ type: "count" }); last.current = loadUser().id; });
      train(state.name); //! user.name
      train(state.count); //! none
      train(memo); //! user.name
      train(tell("")); //! user.id
      return null;
    }
    createRoot(document.body).render(createElement(Page));
  `);
});

test("a class keeps its state apart from its props", () => {
  check(`
    import { Component, createElement } from "react";
    import { createRoot } from "react-dom/client";
    class Page extends Component<{ title: string }, { text: string; open: boolean }> {
      state = { text: "", open: false };
      componentDidMount() { this.setState({ text: loadUser().prompt }); this.setState((old) => ({ open: !old.open })); }
      render() {
        train(this.state.text); //! user.prompt
        train(this.state.open); //! none
        train(this.props.title); //! user.name
        return null;
      }
    }
    createRoot(document.body).render(createElement(Page, { title: loadUser().name }));
  `);
});

test("components that no root here draws are drawn all the same, and find what providers give anywhere", () => {
  check(
    `
    import { Session, Page } from "./view.tsx";
    import { useContext } from "react";
    export function Badge() {
      train(useContext(Session)); //! user.email
      return null;
    }
    export const App = () => Page(loadUser().email, (typed: string) => {
      train(typed); //! user.email
    });
  `,
    {
      "view.tsx": `
        import { createContext } from "react";
        export const Session = createContext("");
        const Inner = ({ value, done }: { value: string; done: (s: string) => void }) => <button onClick={() => done(value)} />;
        export const Page = (email: string, done: (s: string) => void) => <Session.Provider value={email}><Inner value={email} done={done} /></Session.Provider>;
      `,
    },
  );
});

test("components nested in themselves: as deep as the page says, and as deep as the data may go", () => {
  const nested = Array.from({ length: 12 }).reduce<string>(
    (inner) => `createElement(Box, null, ${inner})`,
    "createElement(Show, { text: loadUser().id })",
  );
  check(`
    import { createElement } from "react";
    import { createRoot } from "react-dom/client";
    const Box = ({ children }: { children?: unknown }) => createElement("div", null, children);
    const Show = ({ text }: { text: string }) => {
      train(text); //! user.id
      return null;
    };
    interface Node { label: string; left: Node; right: Node }
    const Tree = ({ node, done }: { node: Node; done: (s: string) => void }): unknown => {
      done(node.label);
      return [createElement(Tree, { node: node.left, done }), createElement(Tree, { node: node.right, done })];
    };
    const tree: any = { label: loadUser().name };
    tree.left = tree.right = tree;
    createRoot(document.body).render(${nested});
    createRoot(document.body).render(createElement(Tree, { node: tree, done: (s: string) => {
      train(s); //! user.name
    } }));
  `);
});

test("asynchronous components, wrapped ones, and the handlers and parts given to components of packages", () => {
  check(`
    import { createElement, forwardRef, memo } from "react";
    import { createRoot } from "react-dom/client";
    import { Dialog } from "dialogs";
    const Page = async () => createElement(Inner, { text: loadUser().name });
    const Inner = memo(forwardRef(({ text }: { text: string }) => {
      train(text); //! user.name
      return null;
    }));
    const Part = ({ text }: { text: string }) => {
      train(text); //! user.prompt
      return null;
    };
    createRoot(document.body).render([createElement(Page), createElement(Dialog, {
      renderItem: () => createElement(Part, { text: loadUser().prompt }),
      onOpen: () => {
        train(loadUser().age); //! user.age
      },
      title: loadUser().email,
    })]);
  `);
});

test("what is drawn on its own has a budget of its own", () => {
  const components = Array.from({ length: 20 }, (_, i) => `function C${i}() { train(pick(loadUser()).name); return null; }`);
  const pages = components.map((_, i) => `export const page${i} = <C${i} />;`);
  const page = `import { jsx } from "react/jsx-runtime";
import { loadUser, type User } from "./source.js";
import { train } from "./sink.js";
const cells = [${Array.from({ length: 60 }, () => 1).join(", ")}];
function pick(user: User) { let sum = 0; for (const a of cells) for (const b of cells) sum += a * b; return { name: user.name, sum }; }
${[...components, ...pages].join("\n")}`;
  const { flows, blindSpots } = run("", { files: { "page.tsx": page } });
  expect(new Set(flows.map((f) => f.field))).toEqual(new Set(["user.name"]));
  expect(flows).toHaveLength(20);
  expect(blindSpots.map((b) => b.kind)).not.toContain("budget-limit");
});

test("components of packages may be anything, and are drawn once", () => {
  const nested = (inner: string): string => Array.from({ length: 24 }).reduce((of: string) => `createElement(Box, null, ${of})`, inner);
  check(`
    import { createElement } from "react";
    import { renderToString } from "react-dom/server";
    import { Box } from "not-modelled";
    train(renderToString(${nested(`createElement("p", null, loadUser().email)`)})); //! user.email
    train(renderToString(${nested(`createElement("p", null, "x")`)})); //! none
  `);
});

test("elements at a module's top level are drawn in the page that has them, else on their own", () => {
  check(
    `
    export const shownInPage = (plan: string) => {
      train(plan); //! user.id
    };
    export const shownAlone = (plan: string) => {
      train(plan); //! user.email
    };
  `,
    {
      "plan.tsx": `import { createContext } from "react";
import { loadUser } from "./source.js";
export const Plan = createContext(loadUser().email);
export const Other = createContext(loadUser().email);
`,
      "tabs.tsx": `import { useContext } from "react";
import { shownInPage } from "./main.js";
import { Plan } from "./plan.tsx";
const Tab = () => {
  shownInPage(useContext(Plan));
  return null;
};
const tabs = [{ title: "Plan", component: <Tab /> }];
export const Tabs = () => <div>{tabs.map((tab) => tab.component)}</div>;
`,
      "a-page.tsx": `import { loadUser } from "./source.js";
import { Plan } from "./plan.tsx";
import { Tabs } from "./tabs.tsx";
export const Page = () => <Plan.Provider value={loadUser().id}><Tabs /></Plan.Provider>;
`,
      "lone.tsx": `import { useContext } from "react";
import { shownAlone } from "./main.js";
import { Other } from "./plan.tsx";
const Lone = () => {
  shownAlone(useContext(Other));
  return null;
};
export const routes = [{ path: "/", element: <Lone /> }];
`,
    },
  );
});

test("apart from its place, a component reckons with a provider that comes later, and with state that is set before it is drawn", () => {
  const { found, expected } = annotated(`
    import { createContext, createElement, useContext, useEffect, useState } from "react";
    import { Shell } from "ui-kit";
    const Project = createContext<{ id?: string }>({ id: undefined });
    function useSaved(): string | null {
      const [id, setId] = useState<string | null>(null);
      useEffect(() => setId(localStorage.getItem("project")), []);
      return id;
    }
    export function Page() {
      const project = useContext(Project);
      const [step] = useState("first");
      if (project.id) train(loadUser().prompt); //! user.prompt
      if (step === "second") train(loadUser().email); //! none
      return createElement("p");
    }
    export function App() {
      const id = useSaved();
      if (id) train(loadUser().name); //! user.name
      return createElement(Project.Provider, { value: { id: id ?? undefined } }, createElement(Shell));
    }
  `);
  expect(found).toEqual(expected);
});

test("state that begins as a text or a flag may be another by the time a handler runs; of another kind it does not become", () => {
  check(`
    import { createElement, useState } from "react";
    export function Form() {
      const [share, setShare] = useState("private");
      const [on, setOn] = useState(true);
      const user = loadUser();
      const submit = () => {
        if (share === "public") train(user.email); //! user.email
        if (!on) train(user.name); //! user.name
        if (typeof share === "number") train(user.id); //! none
      };
      return createElement("form", { onSubmit: submit, onChange: () => { setShare("public"); setOn(false); } });
    }
  `);
});
