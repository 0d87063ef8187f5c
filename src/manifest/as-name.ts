/** A text as a name of the manifest, which has no spaces, quotes, brackets, colons or commas, and no parts that are empty. */
export const asName = (text: string): string =>
  text
    .replaceAll(/[\s*,:{}[\]"'`]/g, "_")
    .split(".")
    .filter((part) => part !== "")
    .join(".") || "_";
