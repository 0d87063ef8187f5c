/** Name and version in reports. A constant, so that making a report reads no file; a test holds it against package.json. */
export const TOOL = { name: "purpose-lint", version: "0.1.0" } as const;

/** The page of a rule, as the published package has it. */
export function rulePage(rule: string): string {
  return `https://unpkg.com/${TOOL.name}@${TOOL.version}/docs/rules/${rule}.md`;
}

/** Raised when a consumer of the JSON could break: a key removed or renamed, a meaning changed. Added keys do not raise it. */
export const SCHEMA_VERSION = 1;
