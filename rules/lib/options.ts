/** What can be set: on a rule, or for all of them as `settings.purpose`. */
import type { JSONSchema4 } from "@typescript-eslint/utils/json-schema";
import path from "node:path";

export interface Options {
  /** The manifest's file, absolute or relative to ESLint's working folder. By default `purpose.yaml` is looked for upward. */
  readonly manifest?: string;
}

export type RuleOptions = [Options];

export const OPTIONS_SCHEMA = [
  {
    type: "object",
    description: "Where the purpose manifest is.",
    properties: {
      manifest: {
        type: "string",
        minLength: 1,
        description:
          "The manifest's file, absolute or relative to ESLint's working folder; by default `purpose.yaml`, looked for upward from the linted file.",
      },
    },
    additionalProperties: false,
  },
] as const satisfies readonly JSONSchema4[];

/** The manifest that is asked for: the rule's option before the setting. Absolute. */
export function configuredManifest(options: Options, settings: Readonly<Record<string, unknown>>, cwd: string): string | undefined {
  const written = options.manifest ?? fromSettings(settings);
  return written === undefined ? undefined : path.resolve(cwd, written);
}

function fromSettings({ purpose }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof purpose !== "object" || purpose === null || !("manifest" in purpose)) return undefined;
  return typeof purpose.manifest === "string" && purpose.manifest !== "" ? purpose.manifest : undefined;
}
