/** Chinese as it is set and said: punctuation, spaces and terms of everything that the page says. */
import { expect, it } from "vitest";
import { spaced } from "../../../web/src/i18n/han.js";
import { issueText, messagesOf, schemeNames } from "../../../web/src/i18n/index.js";
import { formatShare } from "../../../web/src/i18n/numbers.js";
import { raceMessagesOf } from "../../../web/src/i18n/race-messages.js";
import { allSaid, faults, proseOf } from "./prose.js";
import type { Rule } from "./prose.js";

const HAN = "\\p{Script=Han}";
const FULL = "，。：；？！、（）《》“”…";
const rule = (what: string, wrong: string): Rule => ({ what, wrong: new RegExp(wrong, "u") });

const punctuation: readonly Rule[] = [
  rule("an ASCII sign beside Han", `.?${HAN}[,;?!(].?|.?${HAN}\\.(?![\\w.]).?|.?[,;?!:)]${HAN}.?`),
  rule("an ASCII colon after Han", `.${HAN}:`),
  rule("an ASCII closing bracket after Han", `${HAN}\\)`),
  rule("a sentence within ASCII brackets", `\\([^()（）]*${HAN}[^()（）]*\\)`),
  rule("a space beside full-width punctuation", `.?[${FULL}] .?|.? [${FULL}].?`),
  rule("a space between two Han", `${HAN}\\s+${HAN}`),
  rule("no space between Han and letters or digits", `${HAN}[A-Za-z0-9]|[A-Za-z0-9%]${HAN}`),
  rule("no space between a formula's bracket and Han", `\\]${HAN}`),
  rule("a space before the sign of per cent", "\\d\\s%"),
  rule("two full stops, or a stop after a comma", "[，。：；]{2}"),
];

/** What is not said, and what is. */
const terms: readonly (readonly [wrong: string, right: string])[] = [
  ["正向", "前向"],
  ["笔记本(?!电脑)", "Notebook"],
  ["批次|批大小|批数据|整批", "批量、小批量"],
  ["(?<![上下边临有无])界(?![面限])", "边界、上下界"],
  ["单位阵\\(", "单位阵（"],
  ["二阶矩", "均方"],
  ["神经单元|(?<!输出)单元(?!格)", "神经元"],
  ["原谅", "不再取决于"],
  ["(?<![之以从当目])前激活", "预激活"],
  ["(?<![之以先])[前后预]归一化", "前置归一化、后置归一化"],
  ["捷径|跳连|残差连接", "跳跃连接"],
  ["模块", "块"],
  ["[黑白]色?[曲直]?线", "曲线（深色主题里是白的）"],
];
const termRules = terms.map(([wrong, right]) => rule(`say ${right}`, wrong));

it("everything that is said in Chinese has Chinese punctuation and spaces", async () => {
  const said = await allSaid("zh");
  expect(said.length).toBeGreaterThan(1500);
  expect(faults(said, punctuation)).toEqual([]);
});

it("a term has one word", async () => {
  expect(faults(await allSaid("zh"), termRules)).toEqual([]);
});

it.each([
  "正态分布, 标准差 0.4",
  "问题. 为什么",
  "上一章: 为什么",
  "该点不稳定(χ_q = 2)",
  "Xavier(截断)",
  "理论值为 0.0577。 正态分布",
  "全零 学不到任何东西",
  "截断后只剩 88 %",
  "截断后只剩 88\u202f%",
  "第1层",
  "主干的 E[h²]每块乘以 2",
  "只有 ReLU网络",
  "如何 ，选择",
  "如此。。",
])("the rules of punctuation find “%s”", (text) => {
  expect(faults([["", text]], punctuation)).not.toEqual([]);
});

it.each([
  "正向传播",
  "每个批次",
  "固定的界",
  "Jupyter 笔记本",
  "二阶矩",
  "批大小",
  "黑线为界",
  "前激活 ResNet",
  "后归一化 Transformer",
  "没有捷径时",
  "点选一个模块",
])("the rules of terms find “%s”", (text) => {
  expect(faults([["", text]], termRules)).not.toEqual([]);
});

it.each([
  "tanh，(1.76, 0.05)",
  "上下界是 ±√3σ，边界与下界不同（Glorot 2010）；临界点、有界。",
  "N(0, 1) 会爆炸",
  "只剩 88% 的方差，即 0.88 倍。",
  "当前激活函数，激活之后归一化，后置归一化；E[h²] 每块乘以 2。",
])("and nothing in “%s”", (text) => {
  expect(faults([["", text]], [...punctuation, ...termRules])).toEqual([]);
});

it("the prose of a chapter has its captions, questions and cells, and no code", () => {
  const text =
    "# 题\n\n| 甲 | 乙 |\n\n```figure a\n图, 误\n```\n\n```python\nx = 1  # 好, 坏\n```\n";
  expect(faults(proseOf("", text), punctuation)).toHaveLength(1);
});

it("spaces stand where scripts meet, whatever a sentence is put together of", () => {
  expect(spaced("全零 学不到任何东西")).toBe("全零学不到任何东西");
  expect(spaced("E[h²]每块乘以 2")).toBe("E[h²] 每块乘以 2");
  expect(spaced("SIREN只取这些值")).toBe("SIREN 只取这些值");
  expect(spaced("He（截断） 发散。 第3层")).toBe("He（截断）发散。第 3 层");
  const { captions, outcome, ui } = raceMessagesOf("zh");
  expect(outcome.diverged("正态分布", 2)).toMatch(/^正态分布发散：第 2 步/);
  expect(outcome.diverged("He 正态", 2)).toMatch(/^He 正态发散/);
  expect(outcome.diverged("SIREN", 2)).toMatch(/^SIREN 发散/);
  expect(captions.atoms("ZerO", "0")).toMatch(/^ZerO 只取/);
  expect(ui.removeScheme("全零")).toBe("移除全零");
  const issue = {
    field: "depth",
    value: "0",
    allowed: "[1, 200]",
    reason: "out_of_range",
  } as const;
  expect(issueText({ ...issue, message: "" } as never, "zh")).toBe(
    "深度必须在 [1, 200] 之内，而不是 0",
  );
});

it("names of schemes that are there twice are set as Chinese", () => {
  const twice = [{ scheme: "normal" }, { scheme: "normal" }] as const;
  const apart = [
    { scheme: "normal", std: 1 },
    { scheme: "normal", std: 0.4 },
  ] as const;
  expect(schemeNames(twice, "zh")).toEqual(["正态分布", "正态分布（2）"]);
  expect(schemeNames(twice, "en")).toEqual(["Normal", "Normal (2)"]);
  expect(schemeNames(apart, "zh")).toEqual(["正态分布，标准差 1", "正态分布，标准差 0.4"]);
});

it("a percentage has no space before its sign, in either language", () => {
  expect(formatShare(0.391)).toBe("39.1%");
  expect(messagesOf("en").ui.working(40)).toBe("Computing, 40%");
  expect(messagesOf("zh").ui.working(40)).toBe("计算中，40%");
});
