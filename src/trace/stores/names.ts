/** Tables and columns are compared without case, underscores, quotes and schema: `public."User_Name"` is `username`. */
export const normalName = (name: string): string =>
  name
    .replace(/^.*\.(?=[^.]+$)/, "")
    .replace(/["'`[\]\s_]/g, "")
    .toLowerCase();
