import { expect, test } from "vitest";
import { annotated } from "../program.js";

test("an instance of axios asks below its base address", () => {
  const { found, expected } = annotated(
    `
    import axios from "axios";
    import express from "express";
    const user = loadUser();
    const app = express();
    app.post("/api/save", (req, res) => {
      train(req.body.mail); //! user.email user.name
      train(req.body.note); //! none
      res.json({ seen: req.body.mail });
    });
    app.post("/save", (req, res) => {
      train(req.body); //! user.id
      res.json({});
    });
    app.put("/far/save", (req, res) => {
      train(req.body); //! none
      res.json({});
    });
    const http = axios.create({ baseURL: "/api/", timeout: 5 });
    const plain = axios.create();
    const far = axios.create({ baseURL: "https://elsewhere.example.com/far" });
    http.interceptors.request.use((config) => config);
    export async function send() {
      const { data } = await http.post("/save", { mail: user.email, note: "" });
      train(data.seen); //! user.email user.name
      await http({ url: "/save", method: "post", data: { mail: user.name } });
      await plain.post("/save", { id: user.id });
      await far.put("/save", { prompt: user.prompt });
    }
    `,
  );
  expect(found).toEqual(expected);
});
