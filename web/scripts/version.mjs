// The version is written in CMakeLists.txt alone.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const version = /^project\(initscope VERSION (\d+\.\d+\.\d+)/m.exec(
  readFileSync(join(root, "CMakeLists.txt"), "utf8"),
)[1];
