// What ESLint checks: the strict, type-aware rules, and Lit's.
import lit from "eslint-plugin-lit";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["web/src/generated/**", "dist/**", "build/**"] },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, lit.configs["flat/recommended"]],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Numbers in template strings are what this page is made of.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      // Event handlers and arrow functions read well without braces.
      "@typescript-eslint/no-confusing-void-expression": "off",
    },
  },
);
