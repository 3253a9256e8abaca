/** Networks for whoever looks for one among the schemes: by what people call them, in either language. */
import { hasWords } from "../../../i18n/scheme-search.js";
import type { Locale } from "../../../i18n/index.js";
import { netWords } from "../../../i18n/net.js";
import { netPresets } from "./presets.js";
import type { NetPreset } from "./presets.js";

const RESIDUAL = "residual 残差 skip 跳跃连接";
const RESNET = `${RESIDUAL} resnet cnn batchnorm bn norm 归一化 批归一化`;
const TRANSFORMER = `${RESIDUAL} transformer ffn layernorm ln norm 归一化 层归一化`;

/** What a network is called beside its name. */
const also: Readonly<Record<NetPreset, string>> = {
  mlp: "multilayer perceptron 多层感知机 mup μp",
  preActivation: RESNET,
  postActivation: RESNET,
  preLn: `${TRANSFORMER} gpt t5 vit llama`,
  postLn: `${TRANSFORMER} bert`,
  gpt2: `${TRANSFORMER} gpt`,
  reZero: `${RESIDUAL} skipinit`,
  fixup: `${RESIDUAL} resnet`,
};

export interface FoundNet {
  readonly name: string;
  readonly state: string;
}

/** Those that have every word of a search, under their heading; none of no words. */
export function findNets(
  search: string,
  locale: Locale,
): { readonly title: string; readonly nets: readonly FoundNet[] } {
  const { title, ...named } = netWords(locale).presets;
  const ids = search.trim() === "" ? [] : (Object.keys(netPresets) as NetPreset[]);
  const textOf = (id: NetPreset) =>
    [id, also[id], ...(["en", "zh"] as const).map((of) => netWords(of).presets[id].name)].join(" ");
  const nets = ids
    .filter((id) => hasWords(textOf(id), search))
    .map((id) => ({ name: named[id].name, state: netPresets[id] }));
  return { title, nets };
}
