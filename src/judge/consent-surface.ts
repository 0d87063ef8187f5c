/**
 * consent-surface (Art. 4(11), 7, 25; CPRA): is consent asked for so that it is given freely, by a clear act, and as easily refused? And
 * are people told of automated decisions before these are made?
 */
import type { Component, Control, Surface } from "../surface/surface.js";
import type { Place } from "../trace/result.js";
import { PRE_USE_NOTICE } from "./articles.js";
import { aside } from "./aside.js";
import { list, type Context } from "./context.js";
import type { Draft, Remedy } from "./finding.js";

export function consentSurface(ctx: Context): Draft[] {
  const { components = [], shown = [], unasked = [] } = ctx.trace.surface ?? {};
  return [
    ...components.flatMap((component) => inComponent(ctx, component)),
    ...unasked.map((one) => givenByNobody(one)),
    ...untold(ctx, shown),
  ];
}

function inComponent(ctx: Context, component: Component): Draft[] {
  return [
    ...component.controls.flatMap((control) => [...preset(component, control), ...bundled(component, control)]),
    ...withoutRefusal(ctx, component),
    ...component.byConduct.map((text) =>
      draft(
        text,
        `\`${shorten(text.text)}\` takes something else that people do for their consent: consent is an act of its own`,
        [{ kind: "gate", text: "Ask for the consent by a control of its own, which is off at first and which nothing else depends on." }],
        ["conduct", component.name, text.text],
      ),
    ),
  ];
}

/** Consent is a clear act: what was on before anybody chose is none (CJEU C-673/17, Planet49). */
function preset(component: Component, control: Control): Draft[] {
  if (control.on === undefined) return [];
  const message = `the consent \`${shorten(control.label)}\` is given before anybody has chosen: \`${shorten(control.on)}\``;
  return [
    draft(
      control,
      message,
      [{ kind: "correct", text: "Let it be off until the person turns it on." }],
      ["preset", component.name, control.label],
    ),
  ];
}

/** Consent is an act of whom it is of: neither that a page is there, nor that somebody scrolls, is one (EDPB 05/2020, 86). */
function givenByNobody(one: Surface["unasked"][number]): Draft {
  const when = one.by === "" ? "whenever this is drawn" : `by \`${one.by}\``;
  return draft(
    one,
    `the consent ${one.consent} is given ${when}, and nobody has done anything`,
    [{ kind: "gate", text: "Give it where somebody says so: in the handler of a control that is for nothing else." }],
    ["unasked", one.consent, one.by],
  );
}

/** Consent is asked for apart from other matters (Art. 7(2)), and nothing else may depend on it (Art. 7(4)). */
function bundled(component: Component, control: Control): Draft[] {
  if (control.bundle === undefined) return [];
  const what = control.bundle === "terms" ? "agrees to terms as well" : "does something else as well";
  const consents = [...new Set(control.does.filter(({ act }) => act === "grant").map(({ consent }) => consent))];
  const gives = consents.length > 0 ? `gives the consent ${list(consents)}` : "gives consent";
  return [
    draft(
      control,
      `\`${shorten(control.label)}\` ${gives} and ${what}: whoever wants the one has to take the other`,
      [{ kind: "gate", text: "Ask for the consent by a control of its own, and do the other thing whatever the answer is." }],
      ["bundled", component.name, control.label],
    ),
  ];
}

/** Who can say yes with a button must be able to say no with one, there. A switch is both. */
function withoutRefusal(ctx: Context, { name, controls }: Component): Draft[] {
  const accepting = controls.find(
    ({ kind, asks, says, bundle }) =>
      // What comes with something else is told already: to ask for it apart is to ask anew.
      bundle === undefined && kind !== "choice" && asks && says.includes("accept") && !says.includes("refuse"),
  );
  if (accepting === undefined) return [];
  const refusals = controls.filter(({ says, kind }) => says.includes("refuse") && (kind !== "choice" || says.length === 1));
  // A no that has to be opened first is not there beside the yes. How hard it is to take back what was given, `withdrawal` tells.
  const refusing = refusals.filter(({ behind, does }) => behind <= accepting.behind || does.some(({ act }) => act === "withdraw"));
  if (refusing.some(({ kind }) => kind === accepting.kind || kind === "button")) return [];
  // It is a switch that is set, and the button only confirms it: what it says then is as one chose.
  const chosen = controls.some(({ kind, asks }) => kind === "choice" && asks);
  if (chosen && accepting.does.every(({ conditional }) => conditional)) return [];

  const [refusal] = refusing;
  const [hidden] = refusals.filter((one) => !refusing.includes(one));
  const later = controls.find(({ says }) => says.includes("later"));
  const accept = `\`${shorten(accepting.label)}\``;
  const withdrawers = ctx.manifest.consents.flatMap(({ withdraw }) => (withdraw === undefined ? [] : [`\`${withdraw.text}\``]));
  const calls = withdrawers.length === 0 ? "" : ` It may call ${list(withdrawers, 2)}, or nothing where nothing was granted.`;
  const remedy: Remedy = { kind: "correct", text: `Put a button beside it that says no, and looks the same.${calls}` };
  const message =
    refusal !== undefined
      ? `${accept} is a button, and the no (\`${shorten(refusal.label)}\`) only a link: it must be as easy`
      : hidden !== undefined
        ? `${accept} asks for consent at once, and the no (\`${shorten(hidden.label)}\`) has to be opened first: it must be as easy`
        : later !== undefined
          ? `${accept} asks for consent, and the only other answer is \`${shorten(later.label)}\`: there is no no`
          : `${accept} asks for consent, and nothing beside it refuses`;
  return [
    draft(
      accepting,
      message,
      [remedy],
      [refusal !== undefined || hidden !== undefined ? "unequal" : later !== undefined ? "later" : "no-refusal", name, accepting.label],
    ),
  ];
}

/** A purpose that is acted on, and has words for people to be told before (11 CCR 7220), which the interface does not say. */
function untold(ctx: Context, shown: readonly string[]): Draft[] {
  return ctx.manifest.purposes.flatMap(({ id, automatedDecision, place }) => {
    const flow = ctx.trace.flows.find(({ sink }) => sink.purpose === id);
    if (automatedDecision === undefined || flow === undefined || shown.includes(automatedDecision)) return [];
    const message = `${flow.sink.id} decides automatically (${id}), and no page says \`${shorten(automatedDecision)}\``;
    const text = `Show these words before data is used for ${id}, or write into \`automated-decision\` of \`purposes.${id}\` (${ctx.where(place)}) how the pages say it.`;
    return [
      {
        ...draft(flow.at, message, [{ kind: "declare", text }], ["automated", id]),
        article: PRE_USE_NOTICE,
        sink: flow.sink.id,
        purpose: id,
      },
    ];
  });
}

const MOST = 80;
const shorten = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text);

const draft = (at: Place, message: string, remedies: readonly Remedy[], identity: readonly string[]): Draft =>
  aside(at, { rule: "consent-surface", severity: "error", message, remedies, identity });
