/** What is said of a file that holds no table. Read with the file's reader, when a file is chosen. */
import { spacedAll } from "../i18n/han.js";
import type { Locale } from "../i18n/locale.js";
import type { TableError, TableFault } from "./table.js";

type FaultWords = Readonly<Record<TableFault, (detail: string) => string>>;

export const tableWords: Readonly<Record<Locale, FaultWords>> = {
  en: {
    unreadable: (detail) => `The browser could not read the file: ${detail}.`,
    kind: (detail) => `The file is of the kind ${detail}; .npy and .csv files are read.`,
    binary: (detail) => `${detail} is neither text nor .npy; .npy and .csv files are read.`,
    not_npy: (detail) => `This is no .npy file: it does not begin with ${detail}.`,
    version: (detail) =>
      `Version ${detail} of the .npy format is not known; 1.0, 2.0 and 3.0 are read.`,
    header: (detail) => `The header of the .npy file cannot be read: ${detail}.`,
    dtype: (detail) => `Numbers of type ${detail} cannot be read; save as float32 or float64.`,
    order: (detail) => `The array is in ${detail}; save numpy.ascontiguousarray of it.`,
    rank: (detail) => `The shape ${detail} has no rows and columns: give a row for each input.`,
    short: (detail) => `The file is cut off: it has ${detail} bytes.`,
    trailing: (detail) => `More follows the numbers than their shape says: ${detail} bytes.`,
    empty: (detail) => `The file has no numbers: ${detail}.`,
    ragged: (detail) => `Lines must be equally long; line ${detail}.`,
    number: (detail) => `No finite number at (row, column) ${detail}.`,
    large: (detail) => `Too many inputs or numbers: ${detail} is the most.`,
  },
  zh: spacedAll<FaultWords>({
    unreadable: (detail) => `浏览器无法读取该文件：${detail}。`,
    kind: (detail) => `这是 ${detail} 文件；可以读取 .npy 与 .csv 文件。`,
    binary: (detail) => `${detail} 既不是文本，也不是 .npy；可以读取 .npy 与 .csv 文件。`,
    not_npy: (detail) => `这不是 .npy 文件：开头不是 ${detail}。`,
    version: (detail) => `不认识 .npy 格式的 ${detail} 版；可以读取 1.0、2.0 与 3.0 版。`,
    header: (detail) => `无法读取 .npy 文件头：${detail}。`,
    dtype: (detail) => `无法读取 ${detail} 类型的数；请存为 float32 或 float64。`,
    order: (detail) => `数组的次序是 ${detail}；请先用 numpy.ascontiguousarray 转换再保存。`,
    rank: (detail) => `形状 ${detail} 没有行和列：每个输入应占一行。`,
    short: (detail) => `文件不完整，字节数 ${detail}。`,
    trailing: (detail) => `文件末尾有多余的数据，字节数 ${detail}。`,
    empty: (detail) => `文件中没有数：${detail}。`,
    ragged: (detail) => `各行的长度必须相同；第 ${detail}。`,
    number: (detail) => `第 ${detail} 处（行，列）不是有限的数。`,
    large: (detail) => `输入或数太多：${detail}，后者为上限。`,
  }),
};

/** A file's fault in words. */
export function faultText({ fault, detail }: TableError, locale: Locale): string {
  return tableWords[locale][fault](detail);
}
