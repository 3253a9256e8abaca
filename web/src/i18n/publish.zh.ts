/** 图的导出与引用，以及打印时的中文文字。 */
import { spacedAll } from "./han.js";
import type { PublishWords } from "./publish.en.js";

export const words = spacedAll<PublishWords>({
  title: "导出这幅图",
  preview: (title) => `导出效果：${title}`,
  format: "文件",
  scale: "尺寸",
  pixels: (width, height) => `${width} × ${height} 像素`,
  ground: "底色",
  grounds: { paper: "纸面", none: "透明" },
  download: "下载",
  copyImage: "复制为图像",
  notCopied: "此浏览器不允许页面复制图像，请改为下载。",
  embed: "嵌入这幅图…",
  embedTitle: (title) => `嵌入：${title}`,
  cite: "引用",
  citeNote: "本页以及图中各方案所出论文的 BibTeX",
  generator: { initscope: "随机数用 initscope 的", torch: "随机数用 PyTorch 的" },
  stepShown: (step) => `图示第 ${step} 步`,
  withParameters: (name, parameters) => `${name}（${parameters}）`,
});
