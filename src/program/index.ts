/** The program stage's public functions; `project.ts` says what they give. */
export { openProject, openVirtual, type OpenOptions, type VirtualOptions } from "./open.js";
export { openProgram } from "./open-program.js";
export type * from "./project.js";
export type { DeclarationCache } from "./oracle/programs.js";
