/** Redux, Redux Toolkit, reselect, and the hooks of react-redux. */
import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`const user = loadUser();\n${code}`);
    expect(found).toEqual(expected);
  });
};

check(
  "reducers make the next state, part by part and case by case",
  `import { applyMiddleware, combineReducers, createStore } from "redux";
function account(state = { mail: "", size: 0 }, action: any) {
  switch (action.type) {
    case "login": return { ...state, mail: action.payload };
    case "size": return { ...state, size: action.payload.length };
    default: return state;
  }
}
const seen = (state: any, action: any) => (action.type === "look" ? { ...state, at: action.page } : (state ?? {}));
const audit = (api: any) => (next: any) => (action: any) => {
  train(action.page); //! user.id
  return next(action);
};
const store = createStore(combineReducers({ account, seen }), applyMiddleware(audit));
store.subscribe(() => {
  train(store.getState().account); //! user.email
});
store.dispatch({ type: "login", payload: user.email });
store.dispatch({ type: "size", payload: user.name });
store.dispatch({ type: "look", page: user.id });
train(store.getState().account.mail); //! user.email
train(store.getState().account.size); //! none
train(store.getState().seen); //! user.id`,
);

check(
  "slices: their creators' actions reach their own recipes",
  `import { configureStore, createAction, createReducer, createSlice } from "@reduxjs/toolkit";
const reset = createAction("reset");
const slice = createSlice({
  name: "chat",
  initialState: { text: "", lines: [] as string[], count: 0 },
  reducers: {
    said(state, action) { state.text = action.payload; },
    added: {
      reducer(state, action) { state.lines.push(action.payload.line); },
      prepare(line: string) { return { payload: { line, length: line.length } }; },
    },
    counted(state) { state.count += 1; },
  },
  extraReducers: (builder) => { builder.addCase(reset, () => ({ text: "", lines: [], count: 0 })); },
});
const named = createReducer({ name: "" }, (builder) => {
  builder.addMatcher(slice.actions.said.match, (state) => { state.name = "said"; });
  builder.addCase("rename", (state, action) => { state.name = action.payload; });
});
const { said, added, counted } = slice.actions;
const store = configureStore({ reducer: { chat: slice.reducer, named } });
store.dispatch(said(user.prompt));
store.dispatch(added(user.name));
store.dispatch(counted(user.id));
train(said(user.email)); //! user.email
train(said.type); //! none
train(store.getState().chat.text); //! user.prompt
train(store.getState().chat.lines); //! user.name
train(store.getState().chat.count); //! none
train(store.getState().named); //! none`,
);

check(
  "thunks dispatch what they load, and what they fail with",
  `import { configureStore, createAsyncThunk, createSlice } from "@reduxjs/toolkit";
const load = createAsyncThunk("me/load", async (id: string, { rejectWithValue }) => {
  if (id === "") return rejectWithValue({ why: user.name });
  return { mail: user.email };
});
const slice = createSlice({
  name: "me",
  initialState: { mail: "", why: "", asked: "", other: "" },
  reducers: { typed(state, action) { state.other = action.payload; } },
  extraReducers: (builder) => {
    builder
      .addCase(load.pending, (state, action) => { state.asked = action.meta.arg; })
      .addCase(load.fulfilled, (state, action) => { state.mail = action.payload.mail; })
      .addCase(load.rejected, (state, action) => { state.why = action.payload?.why ?? ""; });
  },
});
const store = configureStore({ reducer: slice.reducer });
const save = (text: string) => (dispatch: any, getState: any) => {
  dispatch(slice.actions.typed(text));
  train(getState().other); //! user.prompt
};
await store.dispatch(load(user.id));
store.dispatch(save(user.prompt));
const state = store.getState();
train(state.mail); //! user.email
train(state.asked); //! user.id
train(state.why); //! user.name
train(state.other); //! user.prompt
train((await store.dispatch(load("x")).unwrap()).mail); //! user.email`,
);

check(
  "components select from what others dispatch",
  `import { configureStore, createSelector, createSlice } from "@reduxjs/toolkit";
import { createElement } from "react";
import { useDispatch, useSelector } from "react-redux";
const slice = createSlice({ name: "s", initialState: { note: "", tag: "" }, reducers: { noted(state, action) { state.note = action.payload; } } });
export const store = configureStore({ reducer: { s: slice.reducer } });
const selectNote = (state: any) => state.s.note;
const selectShout = createSelector([selectNote, (state: any) => state.s.tag], (note, tag) => ({ loud: note.toUpperCase(), tag, long: note.length }));
const useAppSelector = useSelector.withTypes<any>();
export function Show() {
  const shout = useSelector(selectShout);
  train(useAppSelector(selectNote)); //! user.email
  train(shout.loud); //! user.email
  train(shout.tag); //! none
  train(shout.long); //! none
  return null;
}
export function Edit() {
  const dispatch = useDispatch();
  return createElement("button", { onClick: () => dispatch(slice.actions.noted(user.email)) });
}`,
);

check(
  "a builder may name what is made behind it",
  `import * as toolkit from "@reduxjs/toolkit";
const reducer = toolkit.createReducer({ mail: "", name: "" }, (builder) => {
  builder.addCase(load.fulfilled, (state, action) => { state.mail = action.payload; });
});
const load = toolkit.createAsyncThunk("load", async () => user.email);
const store = toolkit.legacy_createStore(reducer);
store.dispatch(load());
train(store.getState().mail); //! user.email
train(store.getState().name); //! none`,
);

check(
  "connected components get parts of the state, and creators that dispatch",
  `import { createElement } from "react";
import { connect } from "react-redux";
import { configureStore, createSlice } from "@reduxjs/toolkit";
const slice = createSlice({
  name: "s",
  initialState: { note: "", tag: "" },
  reducers: { noted(state, action) { state.note = action.payload; } },
});
export const store = configureStore({ reducer: { s: slice.reducer } });
function View(props: any) {
  train(props.note); //! user.email
  train(props.tag); //! none
  train(props.title); //! user.name
  return createElement("button", { onClick: () => props.noted(user.email) });
}
const Connected = connect((state: any) => ({ note: state.s.note, tag: state.s.tag }), { noted: slice.actions.noted })(View);
export const Page = () => createElement(Connected, { title: user.name });`,
);

check(
  "a store gives its thunks an extra argument",
  `import { configureStore, createAsyncThunk } from "@reduxjs/toolkit";
const client = { send: (text: string, tag: string) => {
  train(text); //! user.email
  train(tag); //! none
} };
const store = configureStore({
  reducer: (state: any = {}) => state,
  middleware: (defaults: any) => defaults({ thunk: { extraArgument: { client } } }).concat([]),
});
const create = createAsyncThunk.withTypes<any>();
const say = create("say", async (text: string, { extra, fulfillWithValue }: any) => {
  extra.client.send(text, "t");
  return fulfillWithValue(text);
});
store.dispatch(say(user.email)).unwrap().then((v: string) => {
  train(v); //! user.email
});
store.dispatch((dispatch: any, getState: any, { client }: any) => client.send(user.email, "u"));`,
);

check(
  "a reducer that is persisted is the reducer; one that is called by itself leaves its state as it was",
  `import { combineReducers, configureStore, createSlice } from "@reduxjs/toolkit";
import { persistReducer } from "redux-persist";
const slice = createSlice({
  name: "chat",
  initialState: { text: "", all: [] as string[] },
  reducers: {
    said(state, action) { state.text = action.payload; state.all.push(action.payload); },
    forgot(state) { state.text = ""; },
    cleared: () => ({ text: "", all: [] as string[] }),
  },
});
const store = configureStore({ reducer: persistReducer({ key: "root", storage: {} }, combineReducers({ chat: slice.reducer })) });
store.dispatch(slice.actions.said(user.email));
train(store.getState().chat.text); //! user.email
const before = { text: user.id, all: [] as string[] };
const after = slice.reducer(before, slice.actions.forgot());
train(after.text); //! none
train(before.text); //! user.id
const next = slice.reducer(before, slice.actions.said(user.name));
train(next.all[0]); //! user.name
train(before.all); //! none
const any = slice.reducer(before, loadAction());
train(any.text); //! user.id
train(any.all); //! none
declare function loadAction(): { type: string; payload?: any };`,
);
