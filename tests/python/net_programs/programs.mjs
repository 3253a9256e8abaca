// Writes what the package makes of nets: of each request its plan and its programs.
// Usage: node programs.mjs < REQUESTS > ANSWERS
// Requests are a list of what a propagation is asked, flat as the core reads it: { net, scheme, "bias.std" }. An answer
// has the plan's weights and, by library, a program or the message of what is refused.
import { readFileSync } from "node:fs";
import { load } from "../../../dist/npm/index.js";

const LIBRARIES = ["torch", "keras", "flax"];
const scope = await load();

/** The request with its schemes as objects. */
function nested(flat) {
  const request = {};
  const schemes = {};
  for (const [name, value] of Object.entries(flat)) {
    const [owner, parameter] = name.split(".");
    if (owner !== "scheme" && owner !== "bias") request[name] = value;
    else schemes[owner] = { ...schemes[owner], [parameter ?? "scheme"]: value };
  }
  const { scheme, bias } = schemes;
  return { ...request, ...(scheme && { schemes: [scheme] }), ...(bias && { bias }) };
}

async function answer(flat) {
  const request = nested(flat);
  const [{ result }] = await scope.plan(request);
  const programs = {};
  for (const library of LIBRARIES)
    programs[library] = await scope.netCode(library, request).then(
      (text) => ({ text }),
      (error) => ({ refused: error.message }),
    );
  return { text: result.text, weights: result.weights, programs };
}

const answers = [];
for (const flat of JSON.parse(readFileSync(0, "utf8"))) answers.push(await answer(flat));
scope.close();
process.stdout.write(JSON.stringify(answers));
