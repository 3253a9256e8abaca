/** What the table of all activations says, in English. */
export const words = {
  title: "All activations at the gain that keeps Var(z) = 1",
  head: [
    "Activation",
    "Gain",
    "χ₁",
    "χ_q",
    "Var(z) = 1",
    "Tenfold, in layers",
    "Critical σ_w²",
    "Half stable, σ_w², σ_b²",
  ],
  verdicts: { attracts: "attracts", repels: "repels", neither: "neither" },
  tenfold: (verdict: "attracts" | "repels" | "neither", layers: string) =>
    verdict === "neither"
      ? "never"
      : verdict === "repels"
        ? `× 10 in ${layers}`
        : `÷ 10 in ${layers}`,
  meaning:
    "Gain is 1/√E[φ(z)²] for z of variance 1: weights of std gain/√fan_in, without biases, keep Var(z) = 1 in wide layers. " +
    "χ₁ is the gradient’s factor per layer there. A small deviation of Var(z) from 1 is χ_q times as large a layer later, " +
    "so it is ten times as large, or a tenth, after ln 10/|ln |χ_q|| layers: an error grows where |χ_q| is above 1. " +
    "Critical σ_w² is for networks without biases. Critical points below a half-stable one repel.",
};

export type StabilityWords = typeof words;
