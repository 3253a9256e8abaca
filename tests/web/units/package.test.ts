/** The package's types, as a user's compiler sees them. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");

it("a user's program compiles against the package, and a wrong scheme does not", () => {
  const compile = () =>
    execFileSync(
      process.execPath,
      [join(root, "node_modules/typescript/bin/tsc"), "-p", join(root, "tests/consumer/npm")],
      { encoding: "utf8" },
    );
  expect(compile()).toBe("");
});
