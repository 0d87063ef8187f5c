/** Firebase beyond documents: the realtime database, functions that run when something is written. */
import { writtenAndRead } from "./written-and-read.js";

writtenAndRead(
  "rtdb modular",
  {
    "write.ts": `import { getDatabase, ref, set, push, update } from "firebase/database";
const db = getDatabase();
const user = loadUser();
await set(ref(db, "users/u1"), { prompt: user.prompt, kind: "chat" });
await push(ref(db, "names"), { name: user.name });
await update(ref(db), { "mails/u1/email": user.email });`,
  },
  `import { getDatabase, ref, get, child, onValue, query, limitToLast, onChildAdded } from "firebase/database";
const db = getDatabase();
const snapshot = await get(child(ref(db), "users/u1"));
if (snapshot.exists()) {
  train(snapshot.val().prompt); //! user.prompt
  train(snapshot.val().kind); //! none
}
onValue(ref(db, "users/u1/prompt"), (s) => train(s.val())); //! user.prompt
onChildAdded(query(ref(db, "names"), limitToLast(1)), (s) => train(s.val().name)); //! user.name
onValue(ref(db, "names"), (s) => {
  s.forEach((c) => {
    train(c.val().name); //! user.name
    train(c.key); //! none
  });
});
onValue(ref(db, "mails/u1"), (s) => train(s.val().email)); //! user.email
onValue(ref(db, "users/u1/kind"), (s) => train(s.val())); //! none`,
);

writtenAndRead(
  "rtdb admin",
  {
    "write.ts": `import { getDatabase } from "firebase-admin/database";
const db = getDatabase();
const user = loadUser();
await db.ref("logs").push({ prompt: user.prompt, kind: "chat" });
await db.ref("users").child("u1").set({ name: user.name });
await db.ref(\`mails/\${user.id}\`).update({ email: user.email });`,
  },
  `import { getDatabase } from "firebase-admin/database";
const db = getDatabase();
const snap = await db.ref("logs").orderByChild("kind").equalTo("chat").once("value");
for (const row of Object.values<any>(snap.val())) {
  train(row.prompt); //! user.prompt
  train(row.kind); //! none
}
db.ref("users/u1").on("value", (s) => train(s.val().name)); //! user.name
db.ref("logs").on("child_added", (s) => train(s.val().prompt)); //! user.prompt
train((await db.ref("logs").get()).numChildren()); //! none`,
);

writtenAndRead(
  "rtdb namespaced",
  {
    "write.ts": `import * as admin from "firebase-admin";
admin.initializeApp();
const user = loadUser();
await admin.database().ref("/logs/l1").set({ prompt: user.prompt, kind: "chat" });`,
  },
  `import firebase from "firebase/app";
import "firebase/database";
firebase.database().ref("logs/l1").on("value", (snapshot) => {
  const data = snapshot.val();
  train(data.prompt); //! user.prompt
  train(data.kind); //! none
});`,
);

writtenAndRead(
  "functions firestore v2",
  {
    "write.ts": `import { getFirestore } from "firebase-admin/firestore";
const user = loadUser();
await getFirestore().collection("prompts").add({ prompt: user.prompt, kind: "chat" });`,
  },
  `import { onDocumentCreated, onDocumentWritten } from "firebase-functions/v2/firestore";
export const made = onDocumentCreated("prompts/{id}", async (event) => {
  const data = event.data!.data();
  train(data.prompt); //! user.prompt
  train(data.kind); //! none
});
export const changed = onDocumentWritten({ document: "prompts/{id}" }, (event) => {
  train(event.data?.after.data()?.prompt); //! user.prompt
  train(event.params.id); //! none
});
export const other = onDocumentCreated("others/{id}", (event) => train(event.data!.data())); //! none`,
);

writtenAndRead(
  "functions firestore v1",
  {
    "write.ts": `import { getFirestore } from "firebase-admin/firestore";
const user = loadUser();
await getFirestore().collection("prompts").doc("x").set({ prompt: user.prompt, kind: "chat" });`,
  },
  `import * as functions from "firebase-functions";
export const made = functions.firestore.document("prompts/{id}").onCreate(async (snap, context) => {
  train(snap.data().prompt); //! user.prompt
  train(snap.data().kind); //! none
});
export const upd = functions.region("europe-west1").firestore.document("prompts/{id}").onUpdate((change) => {
  train(change.after.data().prompt); //! user.prompt
});`,
);

writtenAndRead(
  "functions rtdb",
  {
    "write.ts": `import { getDatabase } from "firebase-admin/database";
const user = loadUser();
await getDatabase().ref("prompts").push({ prompt: user.prompt, kind: "chat" });`,
  },
  `import { onValueCreated } from "firebase-functions/v2/database";
import * as functions from "firebase-functions/v1";
export const made = onValueCreated("/prompts/{id}", (event) => {
  train(event.data.val().prompt); //! user.prompt
  train(event.data.val().kind); //! none
});
export const old = functions.database.ref("/prompts/{id}").onCreate((snapshot) => {
  train(snapshot.val().prompt); //! user.prompt
});`,
);

writtenAndRead(
  "functions callable",
  {
    "client.ts": `import { getFunctions, httpsCallable } from "firebase/functions";
const user = loadUser();
const record = httpsCallable(getFunctions(), "record");
await record({ prompt: user.prompt, kind: "chat" });`,
  },
  `import { onCall } from "firebase-functions/v2/https";
export const record = onCall(async (request) => {
  train(request.data.prompt); //! user.prompt
  train(request.data.kind); //! none
  return { ok: true };
});`,
);

writtenAndRead(
  "functions pubsub",
  {
    "pub.ts": `import { PubSub } from "@google-cloud/pubsub";
const user = loadUser();
await new PubSub().topic("prompts").publishMessage({ json: { prompt: user.prompt, kind: "chat" } });`,
  },
  `import { onMessagePublished } from "firebase-functions/v2/pubsub";
import { PubSub } from "@google-cloud/pubsub";
export const made = onMessagePublished("prompts", (event) => {
  train(event.data.message.json.prompt); //! user.prompt
  train(event.data.message.json.kind); //! none
});
new PubSub().subscription("prompts-sub").on("message", (message) => {
  train(JSON.parse(message.data.toString()).prompt); //! user.prompt
  message.ack();
});`,
);
