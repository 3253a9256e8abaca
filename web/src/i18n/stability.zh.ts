/** 各激活函数对照表的用语。 */
import { spacedAll } from "./han.js";
import type { StabilityWords } from "./stability.en.js";

export const words: StabilityWords = spacedAll<StabilityWords>({
  title: "各激活函数，增益取使 Var(z) = 1 者",
  head: [
    "激活函数",
    "增益",
    "χ₁",
    "χ_q",
    "Var(z) = 1",
    "十倍所需层数",
    "临界 σ_w²",
    "半稳定点 σ_w²、σ_b²",
  ],
  verdicts: { attracts: "稳定", repels: "不稳定", neither: "中性" },
  tenfold: (verdict, layers) =>
    verdict === "neither"
      ? "不变"
      : verdict === "repels"
        ? `${layers} 层，× 10`
        : `${layers} 层，÷ 10`,
  meaning:
    "增益为 1/√E[φ(z)²]，其中 z 的方差为 1：权重标准差取增益/√fan_in 且无偏置时，宽层中 Var(z) 保持为 1。" +
    "χ₁ 为此时梯度均方每层的倍数。Var(z) 对 1 的微小偏差，每过一层变为 χ_q 倍，" +
    "故经 ln 10/|ln |χ_q|| 层变为十倍或十分之一：|χ_q| 大于 1 时误差增大。" +
    "临界 σ_w² 就无偏置的网络而言。半稳定点以下的临界点不稳定。",
});
