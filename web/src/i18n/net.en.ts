/** What the editor of networks and its figure say, in English. */
export const words = {
  title: "The network, row by row",
  inputs: (units: string) => `inputs ${units}`,
  columns: {
    row: "Row",
    blocks: "Blocks",
    units: "Units",
    branch: "branch",
    trunk: "trunk",
    gradient: "gradient",
  },
  gradientSymbol: "E[(∂E/∂z)²]",
  more: (copies: number) => `${copies} more alike`,
  caption: "A strip is a row of the figures: the signal goes through it from left to right.",
  captionBranches:
    "A strip is a row of the figures. A residual block’s branch runs above the trunk and joins it at the plus.",
  colours: (scheme: string) => `Colours show mean squares under ${scheme}.`,
  size: (rows: number, weights: number, multiplications: string) =>
    `${rows} ${rows === 1 ? "row" : "rows"}, ${weights} ${weights === 1 ? "weight matrix" : "weight matrices"}, ${multiplications} multiplications a sample.`,
  presets: {
    title: "Networks",
    mlp: {
      name: "MLP with a head",
      point: "Without shortcuts each layer is a factor: He keeps the signal, Xavier halves it.",
    },
    preActivation: {
      name: "Pre-activation ResNet",
      point: "Each branch adds 1 to the trunk’s mean square: it grows linearly, not exponentially.",
    },
    postActivation: {
      name: "Post-activation ResNet",
      point: "The activation after each sum lets the trunk drift: its mean is never 0 again.",
    },
    preLn: {
      name: "Pre-LN feed-forward",
      point: "Branches keep their size while the trunk grows: each block counts for less.",
    },
    postLn: {
      name: "Post-LN feed-forward",
      point: "LayerNorm after each sum resets the trunk: every branch keeps the same share of it.",
    },
    gpt2: {
      name: "GPT-2’s MLPs",
      point: "Divided by √(2L), all 24 branches together add about 1% to the trunk.",
    },
    reZero: {
      name: "ReZero",
      point: "A factor of 0 ends each branch: the network begins as the identity.",
    },
    fixup: {
      name: "Fixup",
      point: "Without normalization He triples the trunk in each block; Fixup begins at 1.",
    },
  },
  blocks: {
    dense: "Dense layer",
    phi: "Activation",
    res: "Residual block",
    ln: "LayerNorm",
    rms: "RMSNorm",
    gn: "GroupNorm",
    bn: "BatchNorm",
    scale: "Factor",
    dropout: "Dropout",
    repeat: "Repetition",
  },
  options: {
    out: "Outputs",
    activation: "Activation",
    negative_slope: "Negative slope",
    omega_0: "Frequency",
    scale: "Branch’s factor",
    eps: "ε",
    groups: "Groups",
    value: "Factor",
    p: "Probability",
    count: "Times",
  },
  request: "that of the network",
  structure: "Blocks of the network",
  pickOne: "Pick a block, here or in the drawing, to edit around it.",
  units: (inputs: string, outputs: string) => `${inputs} → ${outputs} units`,
  newBlock: "New block",
  before: "Insert before",
  after: "Insert after",
  remove: "Remove",
  extend: "Take the next one too",
  wrap: "Put into a residual branch",
  repeat: "Repeat",
  unwrap: "Take out of its brackets",
  undo: "Undo",
  faulty: "Mend the text first: blocks are edited in a network that can be.",
  unitsThere: (count: string) => `, where ${count} units arrive`,
  refused: (found: string, allowed: string) =>
    `This cannot be: ${found}. It needs: ${allowed}. The network stays as it was.`,
  picked: (what: string) => `Picked: ${what}`,
};

export type NetWords = typeof words;
