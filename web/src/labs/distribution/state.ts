/** States of the distribution lab that make a point, and shapes that readers know. */

export const distributionPresets = {
  xavierHe: "v=1",
  uniformNormal: "v=1&s=kaiming_uniform&s=kaiming_normal",
  constants: "v=1&s=zeros&s=ones&s=constant",
  truncated: "v=1&samples=1000000&s=trunc_normal&s=trunc_normal;a:1;b:4",
  conv: "v=1&shape=64,3,7,7&s=xavier_normal&s=kaiming_normal&s=kaiming_normal;mode:fan_out",
} as const;

/** Weight shapes in PyTorch's order: [out, in, kernel...]. */
export const shapePresets = [
  { text: "512, 512", label: "Linear(512, 512)" },
  { text: "4096, 1024", label: "Linear(1024, 4096)" },
  { text: "10, 784", label: "Linear(784, 10)" },
  { text: "64, 3, 7, 7", label: "Conv2d(3, 64, 7)" },
  { text: "256, 128, 3, 3", label: "Conv2d(128, 256, 3)" },
  { text: "32, 16, 5", label: "Conv1d(16, 32, 5)" },
  { text: "16, 8, 3, 3, 3", label: "Conv3d(8, 16, 3)" },
] as const;
