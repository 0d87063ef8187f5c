/** Firestore, on the server and in the browser: what is written to a collection's documents is what its documents hold. */
import { describe, expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, head: string, code: string, options: Parameters<typeof annotated>[1] = {}): void => {
  it(name, () => {
    const { found, expected } = annotated(`${head}\nconst user = loadUser();\n${code}`, options);
    expect(found).toEqual(expected);
  });
};

const SERVER = `import { getFirestore, FieldValue, type DocumentReference, type Firestore } from "firebase-admin/firestore";\nconst db = getFirestore();`;
const WEB = `import { addDoc, arrayUnion, collection, collectionGroup, deleteField, doc, getCountFromServer, getDoc, getDocs, getFirestore, onSnapshot, query, runTransaction, setDoc, updateDoc, where, writeBatch } from "firebase/firestore";\nconst db = getFirestore();`;

describe("the server's library", () => {
  check(
    "add, set, update; snapshots, fields, counts, filters",
    SERVER,
    `const users = db.collection("users");
async function main() {
  await users.add({ email: user.email, profile: { name: user.name, bio: "x" }, gone: "x" });
  await users.doc("1").set({ note: user.prompt }, { merge: true });
  await db.doc("users/1").update({ "profile.tags": user.tags, gone: FieldValue.delete() });
  await users.doc("2").update("profile.age", user.age, "other", 3);
  const snapshot = await users.where("email", "==", user.id).orderBy("email").limit(3).get();
  train(snapshot.docs.map((d) => d.data().email)); //! user.email
  snapshot.forEach((d) => { train(d.data().profile.name); }); //! user.name
  train(snapshot.size, snapshot.empty); //! none
  const one = await users.doc("1").get();
  if (one.exists) train(one.data()!.note); //! user.prompt
  train(one.data()!.profile.tags); //! user.tags
  train(one.data()!.profile.bio, one.data()!.gone, one.data()!.other); //! none
  train(one.get("profile.age")); //! user.age
  train(one.id, one.ref.id); //! none
  train({ id: one.id, ...one.data() }); //! user.age user.email user.name user.prompt user.tags
  train((await users.select("email", "profile.name").get()).docs[0].data()); //! user.email user.name
  train((await users.where("email", "==", user.email).count().get()).data().count); //! none
  train((await db.collection("others").get()).docs[0].data()); //! none
  for await (const d of users.stream()) train(d.data().email); //! user.email
}
void main();`,
  );

  check(
    "ids that spell out a field, collections below documents, paths, groups",
    SERVER,
    `async function main() {
  await db.collection("people").doc(user.email).set({ seen: true });
  train((await db.collection("people").get()).docs[0].id); //! user.email
  train((await db.collection("people").get()).docs[0].data()); //! none
  await db.doc(\`rooms/\${user.id}\`).collection("messages").add({ text: user.prompt });
  train((await db.collection("rooms/1/messages").get()).docs[0].data().text); //! user.prompt
  train((await db.collectionGroup("messages").get()).docs[0].data().text); //! user.prompt
  train((await db.doc("rooms/1/messages/2").get()).data()!.text); //! user.prompt
  train((await db.collection("rooms").doc("1").get()).data()); //! none
}
void main();`,
  );

  check(
    "batches, transactions, several at once, lists that grow, converters",
    SERVER,
    `const converter = {
  toFirestore: (u: any) => ({ mail: u.email, n: u.name.length }),
  fromFirestore: (s: any) => ({ email: s.data().mail, secret: "x" }),
};
async function main() {
  const batch = db.batch();
  batch.set(db.collection("b").doc("1"), { email: user.email }).update(db.doc("b/2"), { "a.b": user.name });
  await batch.commit();
  train((await db.collection("b").get()).docs[0].data()); //! user.email user.name
  await db.runTransaction(async (tx) => {
    const got = await tx.get(db.doc("b/1"));
    train(got.data()!.email); //! user.email
    tx.update(db.doc("t/1"), { copy: got.data()!.email, tags: FieldValue.arrayUnion(user.tags), age: FieldValue.increment(user.age) });
  });
  const t = (await db.doc("t/1").get()).data()!;
  train(t.copy); //! user.email
  train(t.tags[0]); //! user.tags
  train(t.age); //! user.age
  const [first] = await db.getAll(db.doc("t/1"), db.doc("b/1"));
  train(first.data()!.copy); //! user.email
  const typed = db.collection("c").withConverter(converter);
  await typed.add(user);
  train((await db.collection("c").get()).docs[0].data()); //! user.email
  train((await typed.get()).docs[0].data().email); //! user.email
  train((await typed.doc("1").get()).data()!.secret); //! none
  const writer = db.bulkWriter();
  void writer.create(db.doc("w/1"), { note: user.prompt });
  await writer.close();
  train((await db.doc("w/1").get()).data()!.note); //! user.prompt
}
export async function declared(store: Firestore, ref: DocumentReference) {
  train((await store.collection("w").get()).docs[0].data().note); //! user.prompt
}
void main();`,
  );

  check(
    "listeners, other ways to the database",
    `import admin from "firebase-admin";\nimport { Firestore } from "@google-cloud/firestore";\nconst db = admin.firestore();\nconst own = new Firestore();`,
    `db.collection("live").onSnapshot((snapshot) => {
  for (const change of snapshot.docChanges()) train(change.doc.data().text); //! user.prompt
});
own.doc("live/1").onSnapshot({ next: (d: any) => { train(d.data().text); } }); //! user.prompt
async function main() {
  await own.collection("live").add({ text: user.prompt, list: admin.firestore.FieldValue.arrayUnion(user.name) });
  train((await db.collection("live").get()).docs[0].data().list); //! user.name
}
void main();`,
  );

  check(
    "columns that the manifest declares",
    SERVER,
    `async function main() {
  train((await db.collection("chats").get()).docs[0].data().text); //! user.prompt
  train((await db.doc("chats/1").get()).data()!.split); //! none
}
void main();`,
    { sources: `stores:\n  - { id: chats, firestore: chats, columns: { text: user.prompt } }\n` },
  );
});

describe("the web's functions", () => {
  check(
    "references, writes, reads, queries, counts, listeners",
    WEB,
    `const users = collection(db, "users");
onSnapshot(query(users, where("a", "==", 1)), (s) => { train(s.docs[0].data().email); }); //! user.email
onSnapshot(doc(db, "users", "1"), { next: (d: any) => train(d.data().note) }); //! user.prompt
async function main() {
  await addDoc(users, { email: user.email });
  await setDoc(doc(db, "users", "1"), { note: user.prompt }, { merge: true });
  await updateDoc(doc(users, "1"), { "profile.name": user.name, tags: arrayUnion(user.tags), gone: deleteField() });
  const all = await getDocs(query(users, where("email", "==", user.id)));
  train(all.docs.map((d) => ({ id: d.id, mail: d.data().email }))); //! user.email
  const one = await getDoc(doc(db, "users/1"));
  if (one.exists()) train(one.data().profile); //! user.name
  train(one.data()!.tags); //! user.tags
  train(one.data()!.gone); //! none
  train((await getCountFromServer(users)).data().count); //! none
  await addDoc(collection(db, "users", "1", "posts"), { text: user.age });
  train((await getDocs(collection(doc(users, "2"), "posts"))).docs[0].data().text); //! user.age
  train((await getDocs(collectionGroup(db, "posts"))).docs[0].data().text); //! user.age
  const batch = writeBatch(db);
  batch.set(doc(db, "b", "1"), { id: user.id });
  await batch.commit();
  train((await getDoc(doc(db, "b", "2"))).data()); //! user.id
  await runTransaction(db, async (tx) => {
    const got = await tx.get(doc(db, "b", "1"));
    tx.set(doc(collection(db, "t")), { copy: got.data()!.id });
  });
  train((await getDocs(collection(db, "t"))).docs[0].data().copy); //! user.id
}
void main();`,
  );

  check(
    "from a package on the server to one in the browser: a field that flows, one that does not, one that is only counted",
    WEB,
    `import { save } from "@acme/api";
async function main() {
  await save(loadUser());
  const all = await getDocs(collection(db, "accounts"));
  train(all.docs[0].data().email); //! user.email
  train(all.docs[0].data().name); //! none
  train(all.size, (await getCountFromServer(query(collection(db, "accounts"), where("prompt", "!=", "")))).data().count); //! none
}
void main();`,
    {
      files: {
        "api.ts": `import { getFirestore } from "firebase-admin/firestore";
import type { User } from "./source.js";
export const save = (user: User) => getFirestore().collection("accounts").doc("1").set({ email: user.email, name: "withheld", prompt: user.prompt });
`,
      },
      packages: { "@acme/api": "api.ts" },
    },
  );
});
