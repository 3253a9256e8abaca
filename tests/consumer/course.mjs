// The programs of the course, taken out of its chapters: "cpp" as one translation unit, a function
// for each fence; "python" as a program that parses each. Usage: node course.mjs cpp|python
import { join } from "node:path";
import { CHAPTERS, LANGUAGES, readChapters } from "../../web/scripts/course.mjs";

const web = join(import.meta.dirname, "../../web");

/** Bodies of the fences of a kind, in all chapters and languages. */
function fences(kind) {
  return LANGUAGES.flatMap((language) => {
    const texts = readChapters(web, language);
    return CHAPTERS.flatMap((chapter) =>
      [...texts[chapter].matchAll(/^```(\w+)\n(.*?)^```$/gms)]
        .filter(([, found]) => found === kind)
        .map(([, , body]) => ({ place: `${language}/${chapter}`, body })),
    );
  });
}

const [kind] = process.argv.slice(2);
const found = fences(kind);
if (found.length < 2 * CHAPTERS.length) throw new Error(`only ${found.length} fences of ${kind}`);
if (kind === "cpp") {
  console.log("#include <string>\n#include <vector>\n#include <initscope/checked.hpp>");
  found.forEach(({ place, body }, i) => {
    const code = body.replace(/^#include .*$/gm, "");
    console.log(`// ${place}\nvoid program_${i}();\nvoid program_${i}() {\n${code}}`);
  });
} else {
  console.log("import ast");
  for (const { place, body } of found)
    console.log(`ast.parse(${JSON.stringify(body)}, filename=${JSON.stringify(place)})`);
}
