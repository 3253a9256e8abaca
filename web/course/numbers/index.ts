/** What each number of each chapter is computed by. */
import { beyond } from "./beyond.js";
import { choosing } from "./choosing.js";
import type { Bindings } from "./computations.js";
import { constants } from "./constants.js";
import { debugging } from "./debugging.js";
import { he } from "./he.js";
import { random } from "./random.js";
import { why } from "./why.js";
import { xavier } from "./xavier.js";

export const bindings: Readonly<Record<string, Bindings>> = {
  why,
  constants,
  random,
  xavier,
  he,
  choosing,
  beyond,
  debugging,
};
