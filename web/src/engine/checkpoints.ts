/** The small checkpoints that come with the page, as examples for an audit. */
import { examples } from "@assets";

/** The bytes of `checkpoints/NAME.safetensors`, asked for when they are needed. Rejects where they do not come. */
export function exampleFile(name: string): Promise<ArrayBuffer> {
  return examples(name);
}
