import { expect, it } from "vitest";
import { annotated } from "../program.js";

it("OpenTelemetry gives what the work gives, and nothing of what spans are told", () => {
  const { found, expected } = annotated(`const user = loadUser();
import { trace, context, metrics, type Span } from "@opentelemetry/api";
const tracer = trace.getTracer("app");
async function main(given: Span) {
  const row = await tracer.startActiveSpan("read", { attributes: { who: user.id } }, async (span) => {
    span.setAttribute("mail", user.email).addEvent("said", { text: user.prompt });
    span.end();
    train(span.spanContext()); //! none
    return { mail: user.email, said: user.prompt };
  });
  train(row.mail); //! user.email
  train(row.said); //! user.prompt
  train(tracer.startActiveSpan("plain", () => user.name)); //! user.name
  const ctx = trace.setSpan(context.active(), tracer.startSpan(user.id));
  train(context.with(ctx, (a: string, b: string) => b, undefined, user.id, user.tags)); //! user.tags
  train(trace.getActiveSpan()?.isRecording()); //! none
  given.setAttribute("mail", user.email);
  train(given); //! none
  const counter = metrics.getMeter("m").createCounter("c");
  counter.add(1, { who: user.id });
  train(counter); //! none
  train(context.bind(ctx, () => user.prompt)()); //! user.prompt
}
void main(trace.getActiveSpan()!);`);
  expect(found).toEqual(expected);
});
