/**
 * withdrawal (Art. 7(3)): who can give a consent must be able to take it back, as easily, and taking it back must have its effect. Of consents
 * that declare the code for it.
 */
import type { Consent } from "../manifest/model.js";
import type { ConsentCode, Place } from "../trace/result.js";
import { aside } from "./aside.js";
import { at, type Context } from "./context.js";
import type { Draft, Remedy } from "./finding.js";

export function withdrawal(ctx: Context): Draft[] {
  const code = ctx.trace.consentCode ?? [];
  return ctx.manifest.consents.flatMap((consent) => {
    const of = (act: ConsentCode["act"]): ConsentCode | undefined => code.find((one) => one.consent === consent.id && one.act === act);
    return [
      ...undeclared(ctx, consent, of("grant")),
      ...uncalled(ctx, consent, of("grant"), of("withdraw")),
      ...withoutEffect(ctx, consent, of("withdraw")),
      ...harder(ctx, consent, of("grant"), of("withdraw")),
    ];
  });
}

/** Something gives it, and nothing is declared that takes it back. */
function undeclared(ctx: Context, consent: Consent, grant: ConsentCode | undefined): Draft[] {
  if (consent.withdraw !== undefined || consent.grant === undefined) return [];
  const message = `the consent ${consent.id} can be given, and no code is declared that takes it back`;
  const text = `Write a function that takes it back, and name it in \`withdraw\` of \`consent.${consent.id}\` (${ctx.where(consent.place)}).`;
  return [draft(grant?.at ?? ctx.place(consent.place), message, { kind: "declare", text }, [consent.id, "undeclared"])];
}

/** Something calls what gives it, and nothing calls what takes it back. A library that offers both calls neither. */
function uncalled(ctx: Context, { id, withdraw, place }: Consent, grant: ConsentCode | undefined, back: ConsentCode | undefined): Draft[] {
  if (withdraw === undefined || grant?.at === undefined || back?.at !== undefined) return [];
  const nobody = back?.offered === undefined ? "" : `, but for an exported function at ${at(back.offered)} which nothing calls`;
  const message = `the consent ${id} is given here, and nothing calls \`${withdraw.text}\`, which takes it back${nobody}`;
  const text = `Let people call it as they can give it: a control, a route, a command (\`consent.${id}\`, ${ctx.where(place)}).`;
  return [draft(grant.at, message, { kind: "correct", text }, [id, "uncalled"])];
}

/** What must happen then does not. */
function withoutEffect(ctx: Context, { id, withdraw, onWithdraw, place }: Consent, back: ConsentCode | undefined): Draft[] {
  if (withdraw === undefined || onWithdraw === undefined || back?.reaches !== false) return [];
  const message = `taking back the consent ${id} (\`${withdraw.text}\`) does not come to \`${onWithdraw.text}\`, which must happen then`;
  const text = `Call it from \`${withdraw.text}\`; where it happens later (a queue, a job), name in \`on-withdraw\` what starts it (\`consent.${id}\`, ${ctx.where(place)}).`;
  return [draft(back.at ?? ctx.place(place), message, { kind: "correct", text }, [id, "without-effect"])];
}

interface Ease {
  readonly steps: number;
  /** One after the other. */
  readonly requests: readonly string[];
  readonly at: Place;
  readonly says: string;
}

/** What people do in pages, where both are there; else what the code asks for on the way. */
function harder(ctx: Context, { id }: Consent, grant: ConsentCode | undefined, back: ConsentCode | undefined): Draft[] {
  const pages = [inPages(ctx, id, "grant"), inPages(ctx, id, "withdraw")] as const;
  const [give, take] = pages[0] !== undefined && pages[1] !== undefined ? pages : [inCode(ctx, grant), inCode(ctx, back)];
  if (give === undefined || take === undefined) return [];
  const tell = (takes: string, gives: string, text: string): Draft[] => [
    draft(take.at, `taking back the consent ${id} takes ${takes}, and giving it (${at(give.at)}) ${gives}`, { kind: "correct", text }, [
      id,
      "harder",
    ]),
  ];
  if (take.steps > give.steps)
    return tell(
      take.says,
      give.says,
      "Let it be taken back with as few steps: without the confirmation or the dialog that giving it does not have.",
    );
  if (take.requests.length > give.requests.length)
    return tell(
      `${steps(take.requests.length, "request")} one after the other (${take.requests.map((one) => `\`${one}\``).join(", then ")})`,
      String(give.requests.length),
      "Let one request take it back, as one gives it: what has to be looked up or noted on the way is for the server to do.",
    );
  return [];
}

const steps = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

const easiest = <T extends Pick<Ease, "steps" | "requests">>(all: readonly T[]): T | undefined =>
  [...all].sort((a, b) => a.steps - b.steps || a.requests.length - b.requests.length)[0];

/** The easiest control. */
function inPages(ctx: Context, id: string, act: ConsentCode["act"]): Ease | undefined {
  const all = (ctx.trace.surface?.components ?? []).flatMap(({ controls }) =>
    controls.flatMap((control) =>
      control.does
        .filter((one) => one.consent === id && one.act === act)
        .map(({ confirmations, requests }) => ({ at: control, steps: 1 + control.behind + confirmations, requests })),
    ),
  );
  const first = easiest(all);
  return first && { ...first, says: steps(first.steps, "step") };
}

function inCode(ctx: Context, code: ConsentCode | undefined): Ease | undefined {
  if (code?.at === undefined) return undefined;
  const { confirmations = 0, consent, act } = code;
  const all = (ctx.trace.surface?.entries ?? []).flatMap((entry) =>
    entry.does.filter((one) => one.consent === consent && one.act === act).map(({ requests }) => ({ at: entry, steps: 0, requests })),
  );
  return { at: code.at, steps: confirmations, requests: easiest(all)?.requests ?? [], says: steps(confirmations, "confirmation") };
}

const draft = (place: Place, message: string, remedy: Remedy, identity: readonly string[]): Draft =>
  aside(place, { rule: "withdrawal", severity: "error", message, remedies: [remedy], identity });
