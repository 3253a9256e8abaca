/** Why a checkpoint is not read, in English: a sentence for each code. */

/** `at` is the place with what stands there: “layer.0.weight” (8 ≠ 12). */
type Sentence = (at: string) => string;

const TRUST = "Loading it runs what is in it, so do that with a file that you trust.";

/** What can be saved anew has the line of Python that does so. */
export const refusals = {
  unknown_format: (at) =>
    `This is no checkpoint that is read here: it has ${at}. Read are safetensors, PyTorch, NumPy, GGUF, Keras and HDF5, ONNX, TensorFlow.js and Flax.`,
  unreadable: (at) =>
    `The browser could not read the file at ${at}. If it was changed or moved, choose it again.`,
  truncated: (at) =>
    `The file is cut off, or gives a length that it does not have, at ${at}. If it was downloaded, download it again.`,
  trailing: (at) => `Something follows the data, at ${at}.`,
  version: (at) => `This version of the format is not read: ${at}.`,
  malformed: (at) => `The file contradicts itself at ${at}.`,
  header: (at) => `The description of the data cannot be read at ${at}.`,
  header_json: (at) => `The header is not the JSON that the format has, at ${at}.`,
  header_large: (at) => `The description of the data is too long, at ${at}.`,
  byteorder: (at) => `The order of bytes must be little or big: ${at}.`,
  limit: (at) => `This is more than is read, at ${at}.`,
  depth: (at) => `The data are nested too deep, at ${at}.`,
  duplicate_name: (at) => `A name is there twice, so that it is unclear which is meant: ${at}.`,
  dtype: (at) => `Numbers of this type are not read: ${at}.`,
  shape: (at) => `No tensor can have this shape: ${at}.`,
  size_mismatch: (at) =>
    `The bytes that are there do not agree with the shape and the type, at ${at}.`,
  offsets: (at) =>
    `Tensors must lie one behind the other, without overlaps and gaps, and with nothing behind the last: see ${at}.`,
  unsupported: (at) => `A tensor is listed without its values, which are not decoded: ${at}.`,
  not_tensors: (at) => `There are no tensors in it, at ${at}.`,
  path: (at) =>
    `The file names another one that lies elsewhere, at ${at}. Nothing is fetched: only files that are chosen together are read.`,
  storage_missing: (at) =>
    `Data that are named are missing, at ${at}. If they are a file of that name, choose it together with this one.`,
  zip_layout: (at) => `The archive does not have the layout that it should have, at ${at}.`,
  zip_method: (at) =>
    `An entry of the archive is encrypted, or compressed in a way that is not read: ${at}.`,
  zip_mismatch: (at) => `The archive contradicts its directory, at ${at}.`,
  zip_size: (at) =>
    `An entry of the archive does not have the size that the directory gives, at ${at}.`,
  zip_bomb: (at) => `An entry of the archive claims to hold more than its bytes can, at ${at}.`,
  zip_data: (at) => `An entry of the archive cannot be decompressed, at ${at}.`,
  torchscript: (at) =>
    `This is a TorchScript program, as ${at} shows. Save its weights with torch.save(torch.jit.load("f.pt").state_dict(), "g.pt"). ${TRUST}`,
  torch_tar: (at) =>
    `This is a file of the first versions of PyTorch, as ${at} shows. Save it again with torch.save(torch.load("f.pt", weights_only=False), "g.pt"). ${TRUST}`,
  saved_model: (at) =>
    `This is a SavedModel of TensorFlow, as ${at} shows. Save its weights with numpy.savez("g.npz", **{v.name: v.numpy() for v in tf.saved_model.load("f").variables}). ${TRUST}`,
  tf_checkpoint: (at) =>
    `This is a checkpoint of TensorFlow's own, as ${at} shows. Load it into the model, and save that with model.save_weights("g.weights.h5").`,
  plain_pickle: (at) =>
    `This is a pickle that PyTorch did not save, as ${at} shows. Save the arrays in it with numpy.savez("g.npz", ...). ${TRUST}`,
  pickle_module: (at) =>
    `This is a whole module and not its weights, as ${at} shows. Save these with torch.save(torch.load("f.pt", weights_only=False).state_dict(), "g.pt"). ${TRUST}`,
  pickle_global: (at) =>
    `The pickle wants something that weights do not need, at ${at}. Nothing in it was run.`,
  pickle_opcode: (at) => `The pickle has an instruction that weights do not need, at ${at}.`,
  pickle_type: (at) => `The pickle does with a value what is not done with its kind, at ${at}.`,
  pickle_stack: (at) => `The pickle takes a value that it has not put there, at ${at}.`,
  pickle_string: (at) => `A text of the pickle is not in UTF-8, at ${at}.`,
  pickle_limit: (at) => `The pickle does more than is followed, at ${at}.`,
  storage_dtype: (at) => `The same storage is given two types or two sizes, at ${at}.`,
  bounds: (at) => `A tensor reaches beyond its storage, at ${at}.`,
  expanded: (at) => `A tensor repeats the few values that it has too often, at ${at}.`,
  h5_layout: (at) =>
    `The values are not in this file, or laid out in a way that is not read, at ${at}.`,
  h5_link: (at) => `A link leads to another file, which is not followed: ${at}.`,
  h5_chunked: (at) =>
    `The values are stored in chunks, at ${at}. Write them in one piece with h5repack -l CONTI -f NONE f.h5 g.h5.`,
  h5_dense: (at) =>
    `The group is stored in a way that is not read, at ${at}. Write it in the older one with h5repack --low=0 --high=0 f.h5 g.h5.`,
  protobuf: (at) => `This is no valid Protobuf, at ${at}.`,
} satisfies Record<string, Sentence>;

export type RefusalWords = Readonly<Record<keyof typeof refusals, Sentence>>;

/** A place, and what stands there. */
export const atPlace = (place: string, value: string): string =>
  value === "" ? `“${place}”` : `“${place}” (${value})`;

export const ofFile = (file: string, sentence: string): string => `${file}: ${sentence}`;
