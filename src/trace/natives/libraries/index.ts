/** Every package that is modelled in code: stores, validators, frameworks, helpers. Adding one touches its file and this list. */
import { azureBlobs } from "../../stores/buckets/azure-blobs.js";
import { realtimeDatabase } from "../../stores/realtime-database.js";
import { cloudFunctions } from "../../stores/cloud-functions.js";
import { clickhouse } from "../../stores/clickhouse.js";
import { awsLambda, untypedLambda } from "../../stores/aws-lambda.js";
import { drizzle } from "../../stores/drizzle/drizzle.js";
import { firestoreClients } from "../../stores/firestore/firestore.js";
import { googleStorage } from "../../stores/buckets/google-storage.js";
import { knex } from "../../stores/knex/knex.js";
import { kysely } from "../../stores/kysely/kysely.js";
import { mongodb } from "../../stores/mongo/mongodb.js";
import { mongoose, nestMongoose } from "../../stores/mongo/mongoose.js";
import { mikroOrm } from "../../stores/mikro-orm/mikro-orm.js";
import { ociStorage } from "../../stores/buckets/oci-storage.js";
import { postgresJs } from "../../stores/postgres-js.js";
import { prisma } from "../../stores/prisma/prisma.js";
import { minio, s3 } from "../../stores/buckets/s3.js";
import { sequelize } from "../../stores/sequelize/sequelize.js";
import { slonik } from "../../stores/slonik.js";
import { sqlClients } from "../../stores/sql-clients.js";
import { supabase } from "../../stores/supabase/supabase.js";
import { typeorm } from "../../stores/typeorm/typeorm.js";
import { awilix } from "../frameworks/awilix.js";
import { containers } from "../frameworks/containers.js";
import { cookies } from "../frameworks/cookies.js";
import { express } from "../frameworks/express.js";
import { fastify } from "../frameworks/fastify.js";
import { honoHelpers } from "../frameworks/hono-helpers.js";
import { graphqlClients } from "../frameworks/graphql/clients.js";
import { nexus } from "../frameworks/graphql/nexus.js";
import { pothos } from "../frameworks/graphql/pothos.js";
import { graphqlServers } from "../frameworks/graphql/servers.js";
import { hono } from "../frameworks/hono.js";
import { koa } from "../frameworks/koa.js";
import { nestEvents } from "../frameworks/nest/events.js";
import { socketIo } from "../frameworks/sockets/socket-io.js";
import { webSockets } from "../frameworks/sockets/ws.js";
import { nestGateways } from "../frameworks/nest/gateways.js";
import { nestGraphql } from "../frameworks/nest/graphql.js";
import { nestMicroservices } from "../frameworks/nest/microservices.js";
import { nestQueues } from "../frameworks/nest/queues.js";
import { nest } from "../frameworks/nest/nest.js";
import { classValidator, mappedTypes } from "../frameworks/nest/validation.js";
import { remixFetchers } from "../frameworks/remix-fetchers.js";
import { routeData } from "../frameworks/route-data.js";
import { nextServer } from "../frameworks/next.js";
import { nodeHttp } from "../frameworks/node-http.js";
import { trpcClient } from "../frameworks/trpc-client.js";
import { trpc } from "../frameworks/trpc.js";
import type { NativeModule } from "../index.js";
import { hookForm } from "../react/hook-form.js";
import { jotai } from "../react/jotai.js";
import { reactQuery } from "../react/react-query.js";
import { swr } from "../react/swr.js";
import { zustand } from "../react/zustand.js";
import { react } from "../react/index.js";
import { redux } from "../redux/redux.js";
import { csv } from "../csv/csv.js";
import { tables } from "../csv/others.js";
import { bun } from "../runtimes/bun.js";
import { denoKv } from "../runtimes/deno-kv.js";
import { deno } from "../runtimes/deno.js";
import { valibot } from "../valibot.js";
import { joi } from "../joi.js";
import { yup } from "../yup.js";
import { zod } from "../zod.js";
import { axios, providers } from "./clients.js";
import { fsExtra, jsonFile } from "./fs-extra.js";
import { immer } from "./immer.js";
import { immutableRecord } from "./immutable-record.js";
import { ix } from "./ix.js";
import { lodash } from "./lodash.js";
import { openTelemetry } from "./opentelemetry.js";
import { rxjs } from "./rxjs.js";
import { SMALL } from "./small.js";
import { vscode } from "./vscode.js";

export const LIBRARIES: readonly NativeModule[] = [
  zod,
  valibot,
  yup,
  joi,
  prisma,
  kysely,
  knex,
  typeorm,
  sequelize,
  mikroOrm,
  drizzle,
  postgresJs,
  slonik,
  sqlClients,
  clickhouse,
  mongodb,
  mongoose,
  nestMongoose,
  supabase,
  firestoreClients,
  realtimeDatabase,
  ...cloudFunctions,
  s3,
  minio,
  googleStorage,
  azureBlobs,
  ociStorage,
  express,
  ...cookies,
  ...graphqlClients,
  ...graphqlServers,
  pothos,
  nexus,
  hono,
  ...honoHelpers,
  ...vscode,
  fastify,
  koa,
  nest,
  nestEvents,
  nestMicroservices,
  nestGraphql,
  nestGateways,
  socketIo,
  ...webSockets,
  ...nestQueues,
  mappedTypes,
  ...classValidator,
  containers,
  awilix,
  nextServer,
  remixFetchers,
  ...routeData,
  nodeHttp,
  trpc,
  trpcClient,
  lodash,
  immer,
  immutableRecord,
  ...redux,
  openTelemetry,
  providers,
  axios,
  ...rxjs,
  ...ix,
  ...react,
  awsLambda,
  untypedLambda,
  hookForm,
  ...jotai,
  reactQuery,
  ...swr,
  ...zustand,
  ...csv,
  ...tables,
  fsExtra,
  jsonFile,
  ...bun,
  deno,
  ...denoKv,
  ...SMALL,
];
