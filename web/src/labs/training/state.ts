/** States of the training lab that reproduce a claim; tests hold the claims over many seeds. */

export const trainingPresets = {
  zeros: "v=1&depth=2&width=16&learning_rate=0.1&steps=300&s=zeros&s=kaiming_normal",
  explodes: "v=1&depth=6&width=64&learning_rate=0.05&steps=300&s=normal&s=kaiming_normal",
  stalls: "v=1&s=xavier_normal&s=kaiming_normal",
  alike:
    "v=1&data_set=spirals&depth=3&learning_rate=0.1&repeats=10&s=kaiming_uniform&s=kaiming_normal",
  biases:
    "v=1&data_set=xor&depth=2&width=16&learning_rate=0.1&steps=300&s=kaiming_normal&s=xavier_normal&s=torch_linear",
} as const;
