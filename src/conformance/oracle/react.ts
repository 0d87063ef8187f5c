/**
 * As much of React as the corpus needs: function and class components, context, the usual hooks. Rendering mounts the tree, runs
 * effects, then calls every `on…` handler twice, as a user who touches everything would, and renders again after each change.
 */

type Props = Readonly<Record<string, unknown>>;
interface Element {
  readonly $$element: true;
  readonly type: unknown;
  readonly props: Props;
}
interface Context {
  readonly $$context: true;
  readonly initial: unknown;
  readonly Provider: unknown;
  readonly Consumer: unknown;
}
interface Instance {
  readonly hooks: unknown[];
  component?: Component;
}
interface Component {
  props: Props;
  state: unknown;
  render(): unknown;
  componentDidMount?(): void;
  componentDidUpdate?(): void;
}
type Handler = (event: unknown) => unknown;

const MAX_RENDERS = 25;

/** One React for one run: the modules `react`, `react/jsx-runtime` and `react-dom/*` in one object each. */
export function makeReact(): (specifier: string) => Record<string, unknown> {
  const instances = new Map<string, Instance>();
  let current: { readonly hooks: unknown[]; next: number } | undefined;
  let contexts = new Map<Context, unknown>();
  let effects: (() => unknown)[] = [];
  let handlers: Handler[] = [];
  let dirty = false;

  const hook = <State extends object>(make: () => State): State => {
    if (current === undefined) throw new Error("a hook was called outside a component");
    const { hooks, next } = current;
    current.next++;
    return (hooks[next] ??= make()) as State;
  };
  const changed = (a: readonly unknown[] | undefined, b: readonly unknown[] | undefined): boolean =>
    a === undefined || b === undefined || a.some((value, i) => !Object.is(value, b[i]));

  const useReducer = (
    reducer: (state: unknown, action: unknown) => unknown,
    initial: unknown,
    init?: (initial: unknown) => unknown,
  ): unknown[] => {
    const cell = hook(() => ({ value: init === undefined ? initial : init(initial) }));
    const dispatch = (action: unknown): void => {
      const next = reducer(cell.value, action);
      if (!Object.is(next, cell.value)) dirty = true;
      cell.value = next;
    };
    return [cell.value, dispatch];
  };
  const apply = (state: unknown, action: unknown): unknown =>
    typeof action === "function" ? (action as (state: unknown) => unknown)(state) : action;
  const useState = (initial: unknown): unknown[] => useReducer(apply, initial, (value) => apply(undefined, value));
  const useMemo = (make: () => unknown, deps?: readonly unknown[]): unknown => {
    const cell = hook<{ deps?: readonly unknown[]; value?: unknown }>(() => ({}));
    if (changed(cell.deps, deps)) Object.assign(cell, { value: make(), deps });
    return cell.value;
  };
  const useEffect = (effect: () => unknown, deps?: readonly unknown[]): void => {
    const cell = hook<{ deps?: readonly unknown[] }>(() => ({}));
    if (changed(cell.deps, deps)) effects.push(effect);
    if (deps !== undefined) cell.deps = deps;
  };
  const createContext = (initial: unknown): Context => {
    const context = { $$context: true as const, initial, Provider: {}, Consumer: {} };
    Object.assign(context.Provider, { $$provides: context });
    Object.assign(context.Consumer, { $$consumes: context });
    return context;
  };
  const useContext = (context: Context): unknown => (contexts.has(context) ? contexts.get(context) : context.initial);

  const draw = (node: unknown, path: string): string => {
    if (Array.isArray(node)) return node.map((child: unknown, i) => draw(child, `${path}/${i}`)).join("");
    if (!isElement(node)) return node === null || node === undefined || typeof node === "boolean" ? "" : textOf(node);
    const { type, props } = node;
    if (typeof type === "string") {
      for (const [name, value] of Object.entries(props))
        if (/^on[A-Z]/u.test(name) && typeof value === "function") handlers.push(value as Handler);
      return `<${type}>${draw(props["children"], `${path}/${type}`)}</${type}>`;
    }
    if (typeof type === "function") return drawComponent(type as (props: Props) => unknown, props, `${path}/${type.name}`);
    if (typeof type === "object" && type !== null && "$$provides" in type) {
      const before = contexts;
      contexts = new Map([...contexts, [type.$$provides as Context, props["value"]]]);
      const text = draw(props["children"], `${path}/provider`);
      contexts = before;
      return text;
    }
    if (typeof type === "object" && type !== null && "$$consumes" in type) {
      return draw((props["children"] as (value: unknown) => unknown)(useContext(type.$$consumes as Context)), path);
    }
    return draw(props["children"], path);
  };
  const drawComponent = (type: (props: Props) => unknown, props: Props, path: string): string => {
    const instance = instances.get(path) ?? { hooks: [] };
    instances.set(path, instance);
    if (type.prototype instanceof BaseComponent) {
      const fresh = instance.component === undefined;
      const component = (instance.component ??= new (type as unknown as new (props: Props) => Component)(props));
      component.props = props;
      if (fresh) effects.push(() => component.componentDidMount?.());
      return draw(component.render(), path);
    }
    const outer = current;
    current = { hooks: instance.hooks, next: 0 };
    const drawn = type(props);
    current = outer;
    return draw(drawn, path);
  };
  class BaseComponent {
    state: unknown = {};
    constructor(public props: Props) {}
    setState(change: unknown): void {
      const next = typeof change === "function" ? (change as (state: unknown, props: Props) => unknown)(this.state, this.props) : change;
      this.state = { ...(this.state as object), ...(next as object) };
      dirty = true;
    }
  }

  // Drawing and effects change it behind the back of the compiler's flow analysis.
  const isDirty = (): boolean => dirty;
  const render = (node: unknown): string => {
    let text = "";
    const settle = (): void => {
      for (let i = 0; i < MAX_RENDERS; i++) {
        [dirty, handlers, effects] = [false, [], []];
        text = draw(node, "");
        effects.forEach((effect) => effect());
        if (!isDirty()) return;
      }
    };
    settle();
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < handlers.length; i++) {
        handlers[i]?.({
          target: { value: "typed" },
          currentTarget: { value: "typed" },
          preventDefault: () => undefined,
          stopPropagation: () => undefined,
        });
        if (dirty) settle();
      }
    }
    return text;
  };

  const element = (type: unknown, props: Props): Element => ({
    $$element: true,
    type,
    props: { ...(typeof type === "function" && "defaultProps" in type ? (type.defaultProps as Props) : {}), ...props },
  });
  const createElement = (type: unknown, props: Props | null, ...children: unknown[]): Element =>
    element(type, children.length === 0 ? { ...props } : { ...props, children: children.length === 1 ? children[0] : children });
  const useRef = (initial: unknown): object => hook(() => ({ current: initial }));
  const react = {
    createElement,
    cloneElement: (from: Element, props: Props) => element(from.type, { ...from.props, ...props }),
    isValidElement: isElement,
    createContext,
    useContext,
    use: useContext,
    useState,
    useReducer,
    useMemo,
    useCallback: (fn: unknown, deps?: readonly unknown[]) => useMemo(() => fn, deps),
    useRef,
    useEffect,
    useLayoutEffect: useEffect,
    useId: () => ":r:",
    memo: (type: unknown) => type,
    forwardRef: (type: (props: Props, ref: unknown) => unknown) => (props: Props) => type(props, props["ref"]),
    Fragment: "",
    Component: BaseComponent,
    PureComponent: BaseComponent,
  };
  const runtime = { jsx: element, jsxs: element, jsxDEV: element, Fragment: "" };
  const dom = { renderToString: render, renderToStaticMarkup: render, createRoot: () => ({ render, unmount: () => undefined }) };
  return (specifier) =>
    specifier.includes("jsx") ? runtime : specifier.startsWith("react-dom") ? { ...dom, default: dom } : { ...react, default: react };
}

/** The text of a leaf: a string or a number. */
function textOf(node: unknown): string {
  return typeof node === "string" || typeof node === "number" ? node.toString() : "";
}

function isElement(node: unknown): node is Element {
  return typeof node === "object" && node !== null && "$$element" in node;
}
