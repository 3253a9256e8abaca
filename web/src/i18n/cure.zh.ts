/** 补救办法一栏的中文文字。 */
import type { CureWords } from "./cure.en.js";
import { spacedAll } from "./han.js";

export const words = spacedAll<CureWords>({
  title: "在此网络上试过的补救办法",
  seeking: "如何补救",
  none: "没有补救办法",
  applied: (name) => `已采用：${name}`,
  noneBetter: (count) =>
    count === 0 ? "没有更好的设置可试。" : `另试了 ${count} 种设置，都不比现在好。`,
  factor: "均方变为多少倍",
  way: (what, path) => `${what}，${path}`,
  now: "现在",
  before: "之前",
  after: "之后",
  overflow: "溢出",
  loss: "起始损失",
  undo: "撤销",
  compare: "前后一起训练",
  others: (count) => `试过的其他办法（${count}）`,
  setting: "设置",
  signal: "信号",
  gradient: "梯度",
  code: "补救之后的网络，写成代码",
  codeNow: "此网络的代码",
});
