/**
 * What is said where a part of the page did not come. In both languages from the start, since the words
 * of a language may be what did not.
 */
import type { Locale } from "./locale.js";

const en = {
  part: "A part of this page could not be loaded. The network may be the reason.",
  partKept:
    "A part of this page could not be loaded. Please load the page again: its address holds what is set.",
  partGone:
    "A part of this page could not be loaded: the site has been updated since. Please load the page again: its address holds what is set.",
  tryAgain: "Try again",
  loadAnew: "Load the page again",
};

const zh: typeof en = {
  part: "页面有一部分没有加载成功，可能是网络的问题。",
  partKept: "页面有一部分没有加载成功。请刷新页面：当前设置都在网址里，不会丢失。",
  partGone:
    "网站已经更新，页面有一部分因此没有加载成功。请刷新页面：当前设置都在网址里，不会丢失。",
  tryAgain: "再试一次",
  loadAnew: "刷新页面",
};

export const lacks: Readonly<Record<Locale, typeof en>> = { en, zh };
