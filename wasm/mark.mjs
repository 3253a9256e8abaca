// Writes the same mark into all parts of a module, a custom section, by which a part of another build
// is told from its own: places in the table mean other functions there.
// Usage: node mark.mjs WHOLE PART...
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";

const [whole, ...parts] = process.argv.slice(2);
const mark = createHash("sha256").update(readFileSync(whole)).digest().subarray(0, 16);
const name = Buffer.from("initscope.build");
const CUSTOM = 0;
const content = Buffer.from([name.length, ...name, ...mark]);
for (const part of parts) appendFileSync(part, Buffer.from([CUSTOM, content.length, ...content]));
