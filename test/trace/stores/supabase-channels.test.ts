/** Supabase's channels and accounts. */
import { writtenAndRead } from "./written-and-read.js";

writtenAndRead(
  "supabase broadcast",
  {
    "write.ts": `import { createClient } from "@supabase/supabase-js";
const supabase = createClient("url", "key");
const user = loadUser();
const channel = supabase.channel("room1");
channel.subscribe((status) => {
  if (status === "SUBSCRIBED") channel.send({ type: "broadcast", event: "prompt", payload: { prompt: user.prompt, kind: "chat" } });
});`,
  },
  `import { createClient } from "@supabase/supabase-js";
const supabase = createClient("url", "key");
supabase
  .channel("room1")
  .on("broadcast", { event: "prompt" }, ({ payload }) => {
    train(payload.prompt); //! user.prompt
    train(payload.kind); //! none
  })
  .subscribe();
supabase.channel("room2").on("broadcast", { event: "prompt" }, (m) => train(m.payload.prompt)).subscribe(); //! none`,
);

writtenAndRead(
  "supabase postgres changes",
  {
    "write.ts": `import { createClient } from "@supabase/supabase-js";
const supabase = createClient("url", "key");
const user = loadUser();
await supabase.from("messages").insert({ prompt: user.prompt, kind: "chat" });`,
  },
  `import { createClient } from "@supabase/supabase-js";
const supabase = createClient("url", "key");
supabase
  .channel("any")
  .on("postgres_changes", { event: "INSERT", schema: "public", table: "messages" }, (payload) => {
    train(payload.new.prompt); //! user.prompt
    train(payload.new.kind); //! none
  })
  .subscribe();`,
);

writtenAndRead(
  "supabase presence",
  {
    "write.ts": `import { createClient } from "@supabase/supabase-js";
const supabase = createClient("url", "key");
const user = loadUser();
const channel = supabase.channel("room1");
channel.subscribe(async (status) => {
  if (status !== "SUBSCRIBED") return;
  await channel.track({ name: user.name, at: 1 });
});`,
  },
  `import { createClient } from "@supabase/supabase-js";
const supabase = createClient("url", "key");
const room = supabase.channel("room1");
room.on("presence", { event: "sync" }, () => {
  const state = room.presenceState();
  train(Object.values(state).flat().map((p: any) => p.name)); //! user.name
});
room.on("presence", { event: "join" }, ({ newPresences }) => train(newPresences[0].name)).subscribe(); //! user.name`,
);

writtenAndRead(
  "supabase auth metadata",
  {
    "write.ts": `import { createClient } from "@supabase/supabase-js";
const supabase = createClient("url", "key");
const user = loadUser();
await supabase.auth.updateUser({ data: { persona: user.prompt, theme: "dark" } });`,
  },
  `import { createClient } from "@supabase/supabase-js";
const supabase = createClient("url", "key");
const { data: { user } } = await supabase.auth.getUser();
train(user?.user_metadata.persona); //! user.prompt
train(user?.user_metadata.theme); //! none
const { data } = await supabase.auth.getSession();
train(data.session?.user.user_metadata.persona); //! user.prompt`,
);

writtenAndRead(
  "supabase signup metadata",
  {
    "write.ts": `import { createClient } from "@supabase/supabase-js";
const supabase = createClient("url", "key");
const u = loadUser();
await supabase.auth.signUp({ email: u.email, password: "x", options: { data: { full_name: u.name, theme: "dark" } } });`,
  },
  `import { createClient } from "@supabase/supabase-js";
const supabase = createClient("url", "key");
const { data } = await supabase.auth.getUser();
train(data.user?.email); //! user.email
train(data.user?.user_metadata.full_name); //! user.name
train(data.user?.user_metadata.theme); //! none
const { data: all } = await supabase.auth.admin.listUsers();
train(all.users.map((x) => x.email)); //! user.email`,
);
