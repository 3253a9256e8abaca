import type { SchemeId } from "../../../engine/catalogue.js";

/** Networks that make a point, as states of the lab; i18n/net.*.ts has their names and the points. */
export const netPresets = {
  mlp: "v=1&net=depth*(dense;out:width,phi),dense;out:10&depth=20&s=kaiming_normal&s=xavier_normal",
  preActivation:
    "v=1&net=depth*(res(bn,phi,dense,bn,phi,dense))&depth=16&s=kaiming_normal&s=xavier_normal",
  postActivation: "v=1&net=depth*(res(dense,bn,phi,dense,bn),phi)&depth=16&s=kaiming_normal",
  preLn:
    "v=1&activation=gelu&net=depth*(res(ln,dense;out:4x,phi,dense;out:width)),ln&depth=12&s=xavier_normal",
  postLn:
    "v=1&activation=gelu&net=depth*(res(dense;out:4x,phi,dense;out:width),ln)&depth=12&s=xavier_normal",
  gpt2: "v=1&activation=gelu&net=depth*(res(ln,dense;out:4x,phi,dense;out:width)),ln&depth=24&batch=64&s=gpt2&s=normal;std:0.02",
  reZero: "v=1&net=depth*(res(dense,phi,dense,scale;value:0))&depth=16&s=kaiming_normal",
  fixup: "v=1&net=depth*(res(dense,phi,dense))&depth=16&s=fixup&s=kaiming_normal",
} as const;

export type NetPreset = keyof typeof netPresets;

/** What a scheme is made for: blocks, by what they are called in words, and the network that has them. */
export interface MadeFor {
  readonly blocks: "residual" | "preNorm" | "postNorm";
  readonly preset: NetPreset;
}

/** Of the schemes that are derived for residual blocks; others are for any network. */
export const madeFor: Readonly<Partial<Record<SchemeId, MadeFor>>> = {
  fixup: { blocks: "residual", preset: "fixup" },
  t_fixup: { blocks: "residual", preset: "fixup" },
  deepnorm: { blocks: "postNorm", preset: "postLn" },
  gpt2: { blocks: "preNorm", preset: "gpt2" },
};
