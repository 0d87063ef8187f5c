import { expect, test } from "vitest";
import { annotated } from "../program.js";

test("beacons and requests of before fetch arrive at routes, and are answered", () => {
  const { found, expected } = annotated(
    `
    import express from "express";
    const user = loadUser();
    const app = express();
    app.use(express.json());
    app.post("/beacon", (req, res) => {
      train(req.body.mail); //! user.email
      train(req.body.note); //! none
      res.end();
    });
    app.post("/old", (req, res) => {
      train(req.body.name); //! user.name
      res.json({ back: req.body.name });
    });
    app.get("/old", (req, res) => {
      train(req.body); //! none
      res.json({});
    });
    export function send() {
      navigator.sendBeacon("/beacon", JSON.stringify({ mail: user.email, note: "" }));
      const request = new XMLHttpRequest();
      request.open("POST", "/old");
      request.setRequestHeader("content-type", "application/json");
      request.onload = () => {
        if (request.status === 200) train(JSON.parse(request.responseText).back); //! user.name
      };
      request.addEventListener("load", () => train(request.response)); //! user.name
      request.send(JSON.stringify({ name: user.name }));
    }
    `,
  );
  expect(found).toEqual(expected);
});
