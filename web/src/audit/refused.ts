/** The error of a file that is not read. */
import { InitscopeError } from "../engine/errors.js";
import type { FileRefusal } from "./answer.js";

/** Its message is the sentence in English; `text` has it in both languages. */
export class CheckpointError extends InitscopeError {
  readonly code: FileRefusal["code"];
  readonly file: string;
  readonly place: string;
  readonly text: FileRefusal["text"];

  constructor({ code, file, place, value, text }: FileRefusal) {
    super("refused_file", text.en, [
      { field: "files", value, reason: "refused_file", allowed: "" },
    ]);
    this.code = code;
    this.file = file;
    this.place = place;
    this.text = text;
  }
}
