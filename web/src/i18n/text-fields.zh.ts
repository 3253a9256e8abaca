/** 含语法的文本字段的说明。 */
import { expressions } from "./text-fields.en.js";
import type { TextWords } from "./text-fields.en.js";

export const words: TextWords = {
  examples: "例子",
  fields: {
    expression: {
      note: "以 z 为自变量，可用：数、pi、+ - * / ^ ( )、min、max、abs、exp、log、tanh、sigmoid、erf、sin、cos、sqrt、softplus、relu、where(a < b, c, d)。",
      examples: [
        { name: "Mish", text: expressions.mish },
        { name: "Swish（β = 1.5）", text: expressions.swish },
        { name: "平方 ReLU", text: expressions.squaredRelu },
        { name: "GELU 的 tanh 近似", text: expressions.gelu },
        { name: "Snake", text: expressions.snake },
        { name: "PReLU（0.25）", text: expressions.prelu },
        { name: "hard Swish", text: expressions.hardSwish },
        { name: "CELU（α = 2）", text: expressions.celu },
      ],
    },
    net: {
      note: "依次写出各块：dense、phi、res(…)、ln、rms、gn、bn、scale、dropout；depth*(…) 与 3*(…) 表示重复；选项写成 dense;out:4x。",
      examples: [],
    },
  },
  place: (column, found) => `${column}（${found}）`,
  end: "结尾",
  parts: {
    "a number of": "数，范围",
    "a number": "数",
    "or the end": "或结尾",
    "values that wait for others": "个待用的值",
    operations: "个运算",
    bytes: "字节",
  },
};
