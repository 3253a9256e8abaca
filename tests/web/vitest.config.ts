/** Units: the page's TypeScript in node, with the real module. */
import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "../..");

export default defineConfig({
  root,
  resolve: {
    alias: {
      "@wasm": join(root, "build/wasm/wasm"),
      "@worker": join(root, "build/web"),
      "@assets": join(root, "web/src/engine/assets.package.ts"),
    },
  },
  test: {
    include: ["tests/web/units/**/*.test.ts"],
    setupFiles: ["tests/web/units/words.ts"],
    testTimeout: 60_000,
  },
});
