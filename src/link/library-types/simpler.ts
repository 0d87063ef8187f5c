/**
 * The same of object mappers, query builders and validators, whose own declarations only the checker can read: they compute the types of
 * rows. These count before those. A query builder's methods that are not written down give the builder.
 */
export const SIMPLER_TYPES: Readonly<Record<string, string>> = {
  typeorm: `
    export type EntityTarget<E> = (new () => E) | string;
    export type ObjectType<E> = new () => E;
    interface Reading<E> {
      find(options?: any): Promise<E[]>; findBy(where: any): Promise<E[]>; findByIds(ids: any[]): Promise<E[]>;
      findOne(options: any): Promise<E | null>; findOneBy(where: any): Promise<E | null>; findOneById(id: any): Promise<E | null>;
      findOneOrFail(options: any): Promise<E>; findOneByOrFail(where: any): Promise<E>;
      findAndCount(options?: any): Promise<[E[], number]>; findAndCountBy(where: any): Promise<[E[], number]>;
      preload(like: any): Promise<E | undefined>; save(like: any, options?: any): Promise<E>; create(like?: any): E; createQueryBuilder(alias?: string, runner?: any): SelectQueryBuilder<E>;
      count(options?: any): Promise<number>; countBy(where: any): Promise<number>; exists(options?: any): Promise<boolean>;
      existsBy(where: any): Promise<boolean>; query(sql: string, parameters?: any): Promise<unknown>;
    }
    export interface Repository<E> extends Reading<E> {
      manager: EntityManager; metadata: any; queryRunner: any; extend<M>(methods: M): Repository<E> & M;
    }
    export interface TreeRepository<E> extends Repository<E> {
      findTrees(options?: any): Promise<E[]>; findRoots(options?: any): Promise<E[]>;
      findDescendants(of: E, options?: any): Promise<E[]>; findAncestors(of: E, options?: any): Promise<E[]>;
    }
    export interface MongoRepository<E> extends Repository<E> {}
    export interface SelectQueryBuilder<E> {
      getOne(): Promise<E | null>; getOneOrFail(): Promise<E>; getMany(): Promise<E[]>; getManyAndCount(): Promise<[E[], number]>;
      getRawAndEntities(): Promise<{ entities: E[]; raw: any[] }>; getCount(): Promise<number>; getExists(): Promise<boolean>;
      getRawOne<R = any>(): Promise<R>; getRawMany<R = any>(): Promise<R[]>; stream(): Promise<any>; execute(): Promise<any>;
      [builds: string]: (...given: any[]) => SelectQueryBuilder<E>;
    }
    export interface EntityManager {
      connection: DataSource; dataSource: DataSource; queryRunner: any;
      find<E>(of: EntityTarget<E>, options?: any): Promise<E[]>; findBy<E>(of: EntityTarget<E>, where: any): Promise<E[]>;
      findByIds<E>(of: EntityTarget<E>, ids: any[]): Promise<E[]>;
      findOne<E>(of: EntityTarget<E>, options: any): Promise<E | null>; findOneBy<E>(of: EntityTarget<E>, where: any): Promise<E | null>;
      findOneById<E>(of: EntityTarget<E>, id: any): Promise<E | null>;
      findOneOrFail<E>(of: EntityTarget<E>, options: any): Promise<E>; findOneByOrFail<E>(of: EntityTarget<E>, where: any): Promise<E>;
      findAndCount<E>(of: EntityTarget<E>, options?: any): Promise<[E[], number]>;
      findAndCountBy<E>(of: EntityTarget<E>, where: any): Promise<[E[], number]>;
      preload<E>(of: EntityTarget<E>, like: any): Promise<E | undefined>;
      getRepository<E>(of: EntityTarget<E>): Repository<E>; withRepository<R>(repository: R): R;
      getTreeRepository<E>(of: EntityTarget<E>): TreeRepository<E>; getMongoRepository<E>(of: EntityTarget<E>): MongoRepository<E>;
      createQueryBuilder<E>(of: EntityTarget<E>, alias: string, runner?: any): SelectQueryBuilder<E>;
      transaction<R>(run: (manager: EntityManager) => Promise<R>): Promise<R>;
      transaction<R>(isolation: string, run: (manager: EntityManager) => Promise<R>): Promise<R>;
    }
    export interface DataSource {
      manager: EntityManager; getRepository<E>(of: EntityTarget<E>): Repository<E>;
      getTreeRepository<E>(of: EntityTarget<E>): TreeRepository<E>; getMongoRepository<E>(of: EntityTarget<E>): MongoRepository<E>;
      createQueryBuilder<E>(of: EntityTarget<E>, alias: string, runner?: any): SelectQueryBuilder<E>;
      createQueryRunner(mode?: any): QueryRunner; createEntityManager(): EntityManager;
      transaction<R>(run: (manager: EntityManager) => Promise<R>): Promise<R>;
      transaction<R>(isolation: string, run: (manager: EntityManager) => Promise<R>): Promise<R>;
    }
    export interface Connection extends DataSource {}
    export interface QueryRunner { manager: EntityManager; connection: DataSource }
    export declare function getRepository<E>(of: EntityTarget<E>): Repository<E>;
    export declare function getManager(): EntityManager;
    export declare function getConnection(): DataSource;
    export declare function createConnection(options?: any): Promise<DataSource>;
    export declare class BaseEntity {
      static find<E>(this: new () => E, options?: any): Promise<E[]>; static findBy<E>(this: new () => E, where: any): Promise<E[]>;
      static findOne<E>(this: new () => E, options: any): Promise<E | null>;
      static findOneBy<E>(this: new () => E, where: any): Promise<E | null>;
      static findOneOrFail<E>(this: new () => E, options: any): Promise<E>;
      static findOneByOrFail<E>(this: new () => E, where: any): Promise<E>;
      static findAndCount<E>(this: new () => E, options?: any): Promise<[E[], number]>;
      static createQueryBuilder<E>(this: new () => E, alias?: string): SelectQueryBuilder<E>;
    }
  `,
  mongoose: `
    export interface Query<R, T = any> {
      then(done: (found: R) => any, failed?: any): Promise<any>; exec(): Promise<R>; orFail(error?: any): Query<NonNullable<R>, T>;
      cursor(options?: any): AsyncIterable<Hydrated<T>>; countDocuments(filter?: any): Query<number, T>;
      distinct(field: string): Query<any[], T>; findOne(filter?: any): Query<Hydrated<T> | null, T>;
      [builds: string]: (...given: any[]) => Query<R, T>;
    }
    interface Documented<T> {
      save(options?: any): Promise<Hydrated<T>>; populate(path: any): Promise<Hydrated<T>>;
      toObject(options?: any): T; toJSON(options?: any): T; $isNew: boolean; isModified(path?: any): boolean; _id: any;
    }
    type Hydrated<T> = T & Documented<T>;
    export type HydratedDocument<T, Methods = {}> = T & Documented<T> & Methods;
    export interface Model<T> {
      new (like?: any, ...more: any[]): Hydrated<T>;
      find(...given: any[]): Query<Hydrated<T>[], T>; findOne(...given: any[]): Query<Hydrated<T> | null, T>;
      findById(...given: any[]): Query<Hydrated<T> | null, T>; where(...given: any[]): Query<Hydrated<T>[], T>;
      findOneAndUpdate(...given: any[]): Query<Hydrated<T> | null, T>; findByIdAndUpdate(...given: any[]): Query<Hydrated<T> | null, T>;
      findOneAndReplace(...given: any[]): Query<Hydrated<T> | null, T>; findOneAndDelete(...given: any[]): Query<Hydrated<T> | null, T>;
      findByIdAndDelete(...given: any[]): Query<Hydrated<T> | null, T>; hydrate(like: any): Hydrated<T>;
      create(like: any, options?: any): Promise<Hydrated<T>>; countDocuments(filter?: any): Query<number, T>;
      estimatedDocumentCount(): Query<number, T>; exists(filter: any): Query<{ _id: any } | null, T>;
    }
    export interface Schema<T = any> { statics: any; methods: any }
    export type InferModel<M> = M;
    declare const mongoose: {
      model<T>(name: string, schema?: Schema<T>, collection?: string): Model<T>; models: any; Schema: any; Types: any; connection: Connection;
    };
    export interface Connection { model<T>(name: string, schema?: Schema<T>, collection?: string): Model<T> }
    export declare function model<T>(name: string, schema?: Schema<T>, collection?: string): Model<T>;
    export default mongoose;
  `,
  knex: `
    interface Builder<T, R> {
      select<K extends keyof T>(...columns: K[]): Builder<T, Pick<T, K>[]>; select<K extends keyof T>(columns: K[]): Builder<T, Pick<T, K>[]>;
      select(...columns: any[]): Builder<T, R>;
      then(done: (found: R) => any, failed?: any): Promise<any>; first(...columns: any[]): Builder<T, T | undefined>;
      stream(options?: any): AsyncIterable<T>; insert(rows: any, returning?: any): Builder<T, any>; update(...given: any[]): Builder<T, any>;
      count(...given: any[]): Builder<T, any>; pluck(column: any): Builder<T, any>; del(): Builder<T, number>; delete(): Builder<T, number>;
      returning(columns: any): Builder<T, T[]>; transacting(trx: any): Builder<T, R>;
      [builds: string]: (...given: any[]) => Builder<T, R>;
    }
    interface Starting {
      <T = any>(table?: any): Builder<T, T[]>;
      from<T = any>(table: any): Builder<T, T[]>; table<T = any>(table: any): Builder<T, T[]>; into<T = any>(table: any): Builder<T, T[]>;
      queryBuilder<T = any>(): Builder<T, T[]>; withSchema(schema: any): Starting;
      transaction<R>(run: (trx: Transaction) => R, options?: any): Promise<R>; transaction(): Promise<Transaction>;
    }
    export interface Knex extends Starting {}
    interface Transaction extends Starting { commit(value?: any): Promise<any>; rollback(error?: any): Promise<any> }
    export namespace Knex { type QueryBuilder<T = any, R = T[]> = Builder<T, R>; type Transaction = Starting }
    export declare function knex(options?: any): Knex;
    export default knex;
  `,
  kysely: `
    export type Selectable<Row> = { [K in keyof Row]: Row[K] };
    interface Tables<DB> { $tables(): DB }
    export declare class Kysely<DB> { $tables(): DB }
    export declare class Transaction<DB> extends Kysely<DB> {}
    export declare class ControlledTransaction<DB> extends Kysely<DB> {}
  `,
  zod: `
    interface SafeParse<T> { success: boolean; data: T; error: any }
    interface Schema<Output = any> {
      parse(data: unknown): Output;
      parseAsync(data: unknown): Promise<Output>;
      safeParse(data: unknown): SafeParse<Output>;
      safeParseAsync(data: unknown): Promise<SafeParse<Output>>;
      _output: Output;
    }
    export type ZodType<Output = any> = Schema<Output>;
    export type ZodSchema<Output = any> = Schema<Output>;
    export namespace z {
      export type ZodType<Output = any> = Schema<Output>;
      export type ZodSchema<Output = any> = Schema<Output>;
    }
  `,
};
