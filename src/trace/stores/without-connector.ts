/** Packages whose clients keep data where no connector follows it yet: what is written there does not come out of their reads. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  Cassandra: ["cassandra-driver"],
  Couchbase: ["couchbase", "nano"],
  DynamoDB: ["@aws-sdk/client-dynamodb", "@aws-sdk/lib-dynamodb", "dynamoose", "electrodb"],
  Elasticsearch: ["@elastic/elasticsearch", "@opensearch-project/opensearch", "typesense", "meilisearch", "algoliasearch"],
  FaunaDB: ["fauna", "faunadb"],
  BigQuery: ["@google-cloud/bigquery"],
  "Cloud Tasks and Pub/Sub": ["@google-cloud/tasks", "@azure/service-bus", "@azure/event-hubs", "@azure/storage-queue"],
  Cosmos: ["@azure/cosmos"],
  InfluxDB: ["@influxdata/influxdb-client"],
  LevelDB: ["level", "lmdb", "rocksdb", "lowdb", "nedb"],
  Memcached: ["memcached", "memjs"],
  MQTT: ["mqtt"],
  Neo4j: ["neo4j-driver"],
  Oracle: ["oracledb"],
  Pinecone: ["@pinecone-database/pinecone"],
  "SQL Server": ["mssql", "tedious"],
  Snowflake: ["snowflake-sdk"],
  SurrealDB: ["surrealdb", "surrealdb.js"],
  "vector stores": [
    "@qdrant/js-client-rest",
    "@qdrant/qdrant-js",
    "@zilliz/milvus2-sdk-node",
    "chromadb",
    "weaviate-client",
    "@lancedb/lancedb",
  ],
  IndexedDB: ["idb", "idb-keyval", "dexie", "localforage"],
};

const byPackage = new Map(Object.entries(PACKAGES).flatMap(([name, packages]) => packages.map((one) => [one, name] as const)));

/** What a package is a client of, where its calls need a connector that there is none of. */
export const storeWithoutConnector = (module: string): string | undefined => byPackage.get(module);
