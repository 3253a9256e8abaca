/** States of the training lab that reproduce a claim; tests hold the claims over many seeds. */

export const trainingPresets = {
  zeros: "v=1&data_set=circles&depth=2&width=16&steps=300&s=zeros&s=kaiming_normal",
  explodes:
    "v=1&data_set=circles&depth=6&width=64&steps=300&learning_rate=0.05&s=normal&s=kaiming_normal",
  stalls:
    "v=1&data_set=circles&depth=30&width=32&steps=600&learning_rate=0.02&s=xavier_normal&s=kaiming_normal",
  alike: "v=1&depth=3&width=32&steps=600&repeats=10&s=kaiming_uniform&s=kaiming_normal",
  biases:
    "v=1&data_set=xor&depth=2&width=16&steps=300&s=kaiming_normal&s=xavier_normal&s=torch_linear",
} as const;
