// Writes the audit's examples, web/checkpoints/NAME.safetensors, anew. Needs the package built first.
// Usage: node checkpoints.mjs
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CHECKPOINTS } from "./checkpoint-files.mjs";

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const { load } = await import(pathToFileURL(join(web, "../dist/npm/index.js")).href);
const scope = await load();
for (const [name, make] of Object.entries(CHECKPOINTS)) {
  const file = join(web, `checkpoints/${name}.safetensors`);
  const bytes = await make(scope);
  writeFileSync(file, bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}
scope.close();
