/** What the training of a net has that the net has not, in words. */
import type { Engine } from "../../../engine/client.js";
import type { PropagationRequest } from "../../../engine/request.js";
import type { Locale } from "../../../i18n/index.js";
import { messagesOf } from "../../../i18n/index.js";
import { wordsOfNets } from "../../../i18n/net-figures.js";
import { planOf } from "../plan.js";
import { trainingOf } from "../train-this.js";
import type { Changes } from "../train-this.js";

/** Of requests that were asked about; null until the plan is there, and where nothing is changed. */
const known = new WeakMap<PropagationRequest, Changes | null>();

async function changesOf(engine: Engine, request: PropagationRequest): Promise<Changes | null> {
  const plan = await planOf(engine, request);
  return (plan && trainingOf(request, plan).changes) ?? null;
}

/** In a sentence for each; "" for none. */
export function changesText({ data_set, classes, stem, head }: Changes, locale: Locale): string {
  const { training: say } = wordsOfNets(locale);
  const sentences = [
    ...(data_set === "digits" ? [say.digits] : []),
    ...(head === "kept" ? [] : [say[head](classes)]),
    ...(stem ? [say.stem] : []),
  ];
  return sentences.join(messagesOf(locale).between.sentences);
}

/** The same of a request: "" until its plan is there, which `came` tells of. */
export function trainingNote(
  engine: Engine,
  request: PropagationRequest,
  locale: Locale,
  came: () => void,
): string {
  const changes = known.get(request);
  if (changes) return changesText(changes, locale);
  if (changes === undefined) {
    known.set(request, null);
    void changesOf(engine, request).then(
      (found) => {
        known.set(request, found);
        came();
      },
      () => known.delete(request), // a newer request took its place
    );
  }
  return "";
}
