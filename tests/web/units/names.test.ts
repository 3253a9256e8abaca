/** Names of schemes and of their parameters' values. */
import { describe, expect, it } from "vitest";
import { schemeWith } from "../../../web/src/engine/request.js";
import { schemeNames, valueText } from "../../../web/src/i18n/index.js";

describe("numbers of parameters", () => {
  it.each([
    [0.02, "0.02"],
    [1, "1"],
    [0, "0"],
    [0.5, "0.5"],
    [1.25, "1.25"],
    [1.6666667, "5/3"],
    [5 / 3, "5/3"],
    [-1 / 3, "−1/3"],
    [Math.SQRT2, "√2"],
    [2.23606797749979, "√5"],
    [-Math.sqrt(5), "−√5"],
    [Math.sqrt(1 / 3), "√(1/3)"],
    [0.01, "0.01"],
    [1e-7, "10⁻⁷"],
    // No such fraction, and no such root.
    [1.40821, "1.408"],
    [0.0357142857, "0.03571"],
    [1.6667, "1.667"],
    [2.236, "2.236"],
    [Math.PI, "3.142"],
    [-0.123456, "−0.1235"],
    [1e-40, "10⁻⁴⁰"],
  ])("%d is written %s", (value, text) => {
    expect(valueText(value, "en")).toBe(text.replace(/^10/, "1×10"));
  });
});

describe("schemes side by side", () => {
  it("are called by what sets them apart: choices by themselves, numbers by their field", () => {
    expect(
      schemeNames(
        [
          schemeWith("kaiming_normal"),
          schemeWith("kaiming_normal", { nonlinearity: "tanh" }),
          schemeWith("xavier_normal"),
        ],
        "en",
      ),
    ).toEqual(["He normal, leaky_relu", "He normal, tanh", "Xavier normal"]);
    expect(
      schemeNames(
        [schemeWith("xavier_normal", { gain: 1.6666667 }), schemeWith("xavier_normal")],
        "zh",
      ),
    ).toEqual(["Xavier 正态，增益 5/3", "Xavier 正态，增益 1"]);
    expect(
      schemeNames(
        [schemeWith("kaiming_uniform", { a: Math.sqrt(5) }), schemeWith("kaiming_uniform")],
        "en",
      ),
    ).toEqual(["He uniform, a = √5", "He uniform, a = 0"]);
  });

  it("never have one name twice, even where nothing sets them apart", () => {
    const twins = [schemeWith("zeros"), schemeWith("zeros"), schemeWith("zeros")];
    expect(schemeNames(twins, "en")).toEqual(["Zeros", "Zeros (2)", "Zeros (3)"]);
    // Numbers that are written alike are no reason for one name, either.
    const close = [
      schemeWith("normal", { std: 0.1234561 }),
      schemeWith("normal", { std: 0.1234562 }),
    ];
    expect(new Set(schemeNames(close, "en")).size).toBe(2);
  });
});
