/** 检查点为何读不了：每种原因一句话。 */
import { spacedAll } from "./han.js";
import type { RefusalWords } from "./checkpoint.en.js";

const TRUST = "加载时会运行文件里的代码，所以只对信得过的文件这样做。";

export const refusals: RefusalWords = spacedAll<RefusalWords>({
  unknown_format: (at) =>
    `这里读不了这个文件：${at} 不是任何已知检查点的开头。可以读取 safetensors、PyTorch、NumPy、GGUF、Keras 与 HDF5、ONNX、TensorFlow.js 和 Flax 的文件。`,
  unreadable: (at) => `浏览器读到 ${at} 处时出错。如果文件被改动或移走了，请重新选择。`,
  truncated: (at) => `文件不完整，或者写错了长度：见 ${at}。如果是下载来的，请重新下载。`,
  trailing: (at) => `数据之后还有多余的内容：见 ${at}。`,
  version: (at) => `这种格式的这个版本读不了：${at}。`,
  malformed: (at) => `文件自相矛盾：见 ${at}。`,
  header: (at) => `描述数据的部分读不懂：见 ${at}。`,
  header_json: (at) => `文件头不是该格式应有的 JSON：见 ${at}。`,
  header_large: (at) => `描述数据的部分太长：见 ${at}。`,
  byteorder: (at) => `字节序只能是 little 或 big：见 ${at}。`,
  limit: (at) => `超出了这里能读的上限：见 ${at}。`,
  depth: (at) => `数据嵌套得太深：见 ${at}。`,
  duplicate_name: (at) => `同一个名字出现了两次，分不清指的是哪一个：见 ${at}。`,
  dtype: (at) => `这种类型的数读不了：${at}。`,
  shape: (at) => `张量不可能是这样的形状：${at}。`,
  size_mismatch: (at) => `字节数与形状、类型不符：见 ${at}。`,
  offsets: (at) =>
    `各张量必须首尾相接，不得重叠，不得有空隙，最后一个之后也不得再有内容：见 ${at}。`,
  unsupported: (at) => `这个张量只列出而没有值，因为这里不会解码：${at}。`,
  not_tensors: (at) => `文件里没有张量：见 ${at}。`,
  path: (at) =>
    `文件要用另一个不在一起的文件：见 ${at}。这里不会去取任何东西，只读一同选中的文件。`,
  storage_missing: (at) =>
    `缺少文件中提到的数据：见 ${at}。如果那是另一个文件，请把它与这个文件一同选中。`,
  zip_layout: (at) => `压缩包的结构不对：见 ${at}。`,
  zip_method: (at) => `压缩包里有一项加了密，或者用的压缩方法读不了：${at}。`,
  zip_mismatch: (at) => `压缩包与自己的目录不一致：见 ${at}。`,
  zip_size: (at) => `压缩包里有一项的大小与目录不符：见 ${at}。`,
  zip_bomb: (at) => `压缩包里有一项声称的大小，它的字节根本装不下：见 ${at}。`,
  zip_data: (at) => `压缩包里有一项解不开：见 ${at}。`,
  torchscript: (at) =>
    `这是 TorchScript 程序：见 ${at}。请用 torch.save(torch.jit.load("f.pt").state_dict(), "g.pt") 另存权重。${TRUST}`,
  torch_tar: (at) =>
    `这是最早几版 PyTorch 的文件：见 ${at}。请用 torch.save(torch.load("f.pt", weights_only=False), "g.pt") 另存。${TRUST}`,
  saved_model: (at) =>
    `这是 TensorFlow 的 SavedModel：见 ${at}。请用 numpy.savez("g.npz", **{v.name: v.numpy() for v in tf.saved_model.load("f").variables}) 另存权重。${TRUST}`,
  tf_checkpoint: (at) =>
    `这是 TensorFlow 自己的检查点：见 ${at}。请先加载到模型里，再用 model.save_weights("g.weights.h5") 另存。`,
  plain_pickle: (at) =>
    `这是一个 pickle，但不是 PyTorch 存的：见 ${at}。请用 numpy.savez("g.npz", ...) 另存其中的数组。${TRUST}`,
  pickle_module: (at) =>
    `这里存的是整个模型对象，而不是权重：见 ${at}。请用 torch.save(torch.load("f.pt", weights_only=False).state_dict(), "g.pt") 另存权重。${TRUST}`,
  pickle_global: (at) => `pickle 要用到权重用不着的东西：见 ${at}。其中的代码都没有运行。`,
  pickle_opcode: (at) => `pickle 里有权重用不着的指令：见 ${at}。`,
  pickle_type: (at) => `pickle 对一个值做了它那一类不能做的事：见 ${at}。`,
  pickle_stack: (at) => `pickle 要取一个它没有放过的值：见 ${at}。`,
  pickle_string: (at) => `pickle 里有一段文字不是 UTF-8：见 ${at}。`,
  pickle_limit: (at) => `pickle 做的事超出了这里的上限：见 ${at}。`,
  storage_dtype: (at) => `同一块存储被说成两种类型或两种大小：见 ${at}。`,
  bounds: (at) => `张量超出了它的存储：见 ${at}。`,
  expanded: (at) => `张量把为数不多的几个值重复得太多：见 ${at}。`,
  h5_layout: (at) => `值不在这个文件里，或者存放的方式读不了：见 ${at}。`,
  h5_link: (at) => `有链接指向另一个文件，这里不会跟过去：${at}。`,
  h5_chunked: (at) =>
    `值是分块存放的：见 ${at}。请用 h5repack -l CONTI -f NONE f.h5 g.h5 改成连续存放。`,
  h5_dense: (at) =>
    `这个组的存放方式读不了：见 ${at}。请用 h5repack --low=0 --high=0 f.h5 g.h5 改成旧的方式。`,
  protobuf: (at) => `这不是有效的 Protobuf：见 ${at}。`,
});

export const atPlace = (place: string, value: string): string =>
  value === "" ? `“${place}”` : `“${place}”（${value}）`;

export const ofFile = (file: string, sentence: string): string => `${file}：${sentence}`;
