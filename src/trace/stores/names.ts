const normal = new Map<string, string>();

/** Tables and columns are compared without case, underscores, quotes and schema: `public."User_Name"` is `username`. */
export function normalName(name: string): string {
  // Every read of a column asks for the names of all columns beside it: each name is worked out once.
  let known = normal.get(name);
  if (known === undefined) normal.set(name, (known = plain(name)));
  return known;
}

const plain = (name: string): string =>
  name
    .replace(/^.*\.(?=[^.]+$)/, "")
    .replace(/["'`[\]\s_]/g, "")
    .toLowerCase();
