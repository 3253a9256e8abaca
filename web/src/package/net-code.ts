/** A network as a program, as the package has it: the plan is the engine's, and what is asked is checked by it. */
import type { Engine } from "../engine/client.js";
import { checkRequest } from "../engine/request.js";
import { checkLocale } from "../files/check-code.js";
import { refused } from "../files/check.js";
import { checkNetLibrary, netProgram } from "../files/net-code.js";

/** Throws an InitscopeError where the request, the library or the language is none, or there is no program. */
export async function netCode(
  engine: Engine,
  library: unknown,
  request: object,
  language: unknown,
): Promise<string> {
  const chosen = checkNetLibrary(library);
  const locale = checkLocale(language);
  const [first] = await engine.run("plan", request);
  if (!first) throw new Error("a plan was asked of no scheme");
  const whole = checkRequest("plan", request).request;
  const program = netProgram(
    chosen,
    { ...whole, plan: first.result, weight: first.scheme },
    locale,
  );
  if ("text" in program) return program.text;
  throw refused("schemes.0.scheme", program.scheme, "not_with", `library = ${chosen}`);
}
