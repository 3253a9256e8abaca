/** What the comments of a network's programs say, and why there may be none. */
import { spacedAll } from "../i18n/han.js";
import type { Locale } from "../i18n/locale.js";

export interface NetCodeWords {
  readonly rmsNorm: string;
  readonly torchDefault: string;
  readonly kerasTraining: string;
  readonly flaxTraining: string;
  /** How batch statistics alone are taken where dropouts would be switched on with them. */
  readonly kerasWithoutDropout: string;
  readonly flaxWithoutDropout: string;
  readonly noInitializer: (library: string, scheme: string) => string;
}

export const netCodeWords: Readonly<Record<Locale, NetCodeWords>> = {
  en: {
    rmsNorm: "torch 2.4 and later have nn.RMSNorm.",
    torchDefault: "What nn.Linear does by default is this initialization.",
    kerasTraining: "The page takes batch statistics: model(x, training=True).",
    flaxTraining: "On the page, batch statistics are taken: True.",
    kerasWithoutDropout:
      "The page drops nothing: give training=True to calls of BatchNormalization alone.",
    flaxWithoutDropout:
      "The page drops nothing: train=True, but each Dropout with deterministic=True.",
    noInitializer: (library, scheme) =>
      `${library} has no initializer that does what ${scheme} does: there is no program.`,
  },
  zh: spacedAll<NetCodeWords>({
    rmsNorm: "torch 2.4 起自带 nn.RMSNorm。",
    torchDefault: "nn.Linear 的默认初始化正是这一方案。",
    kerasTraining: "网页使用批内统计量：model(x, training=True)。",
    flaxTraining: "网页使用批内统计量，即 True。",
    kerasWithoutDropout: "网页不启用 Dropout：只在调用 BatchNormalization 时给出 training=True。",
    flaxWithoutDropout: "网页不启用 Dropout：train=True，而每个 Dropout 取 deterministic=True。",
    noInitializer: (library, scheme) => `${library} 没有与 ${scheme} 等效的初始化，无法给出程序。`,
  }),
};
