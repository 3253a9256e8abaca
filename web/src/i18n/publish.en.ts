/** English of what is taken of a figure into a paper, a slide or a page, and of what paper says of a lab. */

export interface PublishWords {
  readonly title: string;
  /** What is seen before it is taken. */
  readonly preview: (title: string) => string;
  readonly format: string;
  readonly scale: string;
  readonly pixels: (width: number, height: number) => string;
  readonly ground: string;
  readonly grounds: Readonly<Record<"paper" | "none", string>>;
  readonly download: string;
  readonly copyImage: string;
  readonly notCopied: string;
  readonly embed: string;
  readonly embedTitle: (title: string) => string;
  readonly cite: string;
  readonly citeNote: string;
  readonly generator: Readonly<Record<"initscope" | "torch", string>>;
  readonly stepShown: (step: number) => string;
  /** A scheme and what of it is not its default. */
  readonly withParameters: (name: string, parameters: string) => string;
}

export const words: PublishWords = {
  title: "Publish this figure",
  preview: (title) => `As it will look: ${title}`,
  format: "File",
  scale: "Size",
  pixels: (width, height) => `${width} × ${height} pixels`,
  ground: "Ground",
  grounds: { paper: "Paper", none: "Transparent" },
  download: "Download",
  copyImage: "Copy as image",
  notCopied: "This browser does not let the page copy an image: download it instead.",
  embed: "Embed this figure…",
  embedTitle: (title) => `Embed: ${title}`,
  cite: "Cite",
  citeNote: "BibTeX of this page, and of the papers of the schemes shown",
  generator: { initscope: "Generator initscope", torch: "Generator PyTorch" },
  stepShown: (step) => `Shown at step ${step}`,
  withParameters: (name, parameters) => `${name} (${parameters})`,
};
