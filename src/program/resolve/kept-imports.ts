/** Whether imports that nothing uses as a value stay in what runs. */
import { slashes } from "../fs/paths.js";
import type { Resolver } from "./resolver.js";

/** By the options that govern a file; without any, TypeScript leaves such imports out. */
export function keepsImports({ options }: Resolver): (file: string) => boolean {
  return (file) => options(slashes(file)).verbatimModuleSyntax === true;
}
