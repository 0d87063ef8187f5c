/** Every package that is modelled in code: stores, validators, frameworks, helpers. Adding one touches its file and this list. */
import { kysely } from "../../stores/kysely.js";
import { prisma } from "../../stores/prisma.js";
import type { NativeModule } from "../index.js";
import { zod } from "../zod.js";

export const LIBRARIES: readonly NativeModule[] = [zod, prisma, kysely];
