/**
 * Declarations of generic types that hold what they are asked for: of the language's and the platforms' library (`global`), and of
 * packages whose own declarations are not installed. Only members through which a type argument comes out are written down.
 */
export const LIBRARY_TYPES: Readonly<Record<string, string>> = {
  global: `
    interface ListMethods<T> {
      push(...items: T[]): number; unshift(...items: T[]): number; add(item: T): this; pop(): T; shift(): T; at(i: number): T;
      forEach(each: (item: T) => void): void; map<R>(each: (item: T) => R): R[]; filter(each: (item: T) => unknown): T[];
      find(each: (item: T) => unknown): T; values(): Iterable<T>;
    }
    interface MapMethods<T> {
      get(key: any): T; set(key: any, value: T): this; values(): Iterable<T>; forEach(each: (item: T, key: any) => void): void;
    }
    interface WeakRef<T> { deref(): T | undefined }
    interface MessageEvent<T = any> { data: T }
    interface CustomEvent<T = any> { detail: T }
    interface PromiseFulfilledResult<T> { status: "fulfilled"; value: T }
    interface PromiseRejectedResult { status: "rejected"; reason: any }
    type PromiseSettledResult<T> = PromiseFulfilledResult<T> | PromiseRejectedResult;
    interface ReadableStreamReadResult<T> { done: boolean; value: T }
    interface ReadableStreamDefaultReader<T> { read(): Promise<ReadableStreamReadResult<T>> }
    interface ReadableStream<T = any> { getReader(): ReadableStreamDefaultReader<T>; [Symbol.asyncIterator](): AsyncIterable<T> }
    interface IDBRequest<T = any> { result: T }
  `,
  events: `
    export class EventEmitter<T = any> {
      on<K extends keyof T>(event: K, listener: (...args: T[K]) => void): this;
      once<K extends keyof T>(event: K, listener: (...args: T[K]) => void): this;
      addListener<K extends keyof T>(event: K, listener: (...args: T[K]) => void): this;
      prependListener<K extends keyof T>(event: K, listener: (...args: T[K]) => void): this;
      prependOnceListener<K extends keyof T>(event: K, listener: (...args: T[K]) => void): this;
    }
    export default EventEmitter;
  `,
  express: `
    export interface Request<P = any, ResBody = any, ReqBody = any, ReqQuery = any, Locals = any> {
      params: P; body: ReqBody; query: ReqQuery; res?: Response<ResBody, Locals>;
    }
    export interface Response<ResBody = any, Locals = any> { locals: Locals }
    export type RequestHandler<P = any, ResBody = any, ReqBody = any, ReqQuery = any, Locals = any> =
      (req: Request<P, ResBody, ReqBody, ReqQuery, Locals>, res: Response<ResBody, Locals>, next: () => void) => void;
    interface Matcher {
      <P = any, ResBody = any, ReqBody = any, ReqQuery = any, Locals = any>(
        path: any, ...handlers: RequestHandler<P, ResBody, ReqBody, ReqQuery, Locals>[]
      ): any;
    }
    export interface Router {
      all: Matcher; get: Matcher; post: Matcher; put: Matcher; delete: Matcher; patch: Matcher; options: Matcher; head: Matcher; use: Matcher;
    }
    export interface Application extends Router {}
    declare const express: unknown;
    export default express;
  `,
  fastify: `
    export interface FastifyRequest<R extends { Body?: unknown; Querystring?: unknown; Params?: unknown; Headers?: unknown } = any> {
      body: R["Body"]; query: R["Querystring"]; params: R["Params"]; headers: R["Headers"];
    }
  `,
  axios: `
    export interface AxiosResponse<T = any> { data: T; status: number; statusText: string }
    export interface AxiosInstance {
      <T = any>(...config: any[]): Promise<AxiosResponse<T>>;
      request<T = any>(config: any): Promise<AxiosResponse<T>>;
      get<T = any>(url: string, config?: any): Promise<AxiosResponse<T>>;
      delete<T = any>(url: string, config?: any): Promise<AxiosResponse<T>>;
      post<T = any>(url: string, data?: any, config?: any): Promise<AxiosResponse<T>>;
      put<T = any>(url: string, data?: any, config?: any): Promise<AxiosResponse<T>>;
      patch<T = any>(url: string, data?: any, config?: any): Promise<AxiosResponse<T>>;
      create(config?: any): AxiosInstance;
    }
    declare const axios: AxiosInstance;
    export default axios;
    export { axios };
  `,
  pg: `
    export interface QueryResult<R = any> { rows: R[]; rowCount: number }
    declare class Connection { query<R = any>(text: any, values?: any): Promise<QueryResult<R>> }
    export class Client extends Connection {}
    export class Pool extends Connection { connect(): Promise<Client> }
    export type PoolClient = Client;
  `,
  react: `
    export function useState<S>(initial?: S | (() => S)): [S, (next: S | ((old: S) => S)) => void];
    export function useRef<T>(initial?: T): { current: T };
    export function useContext<T>(context: Context<T>): T;
    export function createContext<T>(value?: T): Context<T>;
    export interface Context<T> { Provider: any; Consumer: any }
    export type FC<P = {}> = (props: P) => any;
  `,
  "react-redux": `
    export interface TypedUseSelectorHook<State> { <Selected>(selector: (state: State) => Selected, equality?: any): Selected }
    export declare const useSelector: {
      <State = any, Selected = any>(selector: (state: State) => Selected, equality?: any): Selected;
      withTypes<State>(): TypedUseSelectorHook<State>;
    };
  `,
  "@trpc/server": `
    interface Builder { context<C>(): Builder; meta<M>(): Builder; create(options?: any): any }
    export declare const initTRPC: Builder;
  `,
  "@reduxjs/toolkit": `
    interface ThunkApi<C> { dispatch: any; getState: () => C["state"]; extra: C["extra"]; requestId: string; signal: AbortSignal }
    export function createAsyncThunk<Returned = any, Arg = any, Config = any>(
      type: string, payloadCreator: (arg: Arg, api: ThunkApi<Config>) => any, options?: any,
    ): any;
    export interface PayloadAction<P = void> { payload: P; type: string }
  `,
};
