/** The dialog that hands out the present state: as a link, and for course material. */
import { messagesOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { publishWords } from "../i18n/publish.js";
import { BESIDE } from "./embedding.js";
import type { Embedded } from "./embedding.js";
import { HOSTS, snippetFor } from "./snippets.js";
import type { Host, Origin } from "./snippets.js";

function labelled(text: string, control: HTMLElement): HTMLLabelElement {
  const label = document.createElement("label");
  label.append(control, ` ${text}`);
  return label;
}

/** What is handed out: a lab, or one figure of it. */
export interface Shared extends Omit<Embedded, "hide" | "only" | "lang"> {
  readonly figure?: { readonly name: string; readonly title: string };
}

/** `origin` is the page that labs are opened in. */
export function openShare(shared: Shared, locale: Locale, origin: Origin): void {
  const { figure, ...embedded } = shared;
  const { share, take, ui } = messagesOf(locale);
  const dialog = document.createElement("dialog");
  dialog.className = "share";
  const title = document.createElement("h2");
  title.textContent = figure ? publishWords(locale).embedTitle(figure.title) : ui.share;
  title.id = "share-title";
  dialog.setAttribute("aria-labelledby", title.id);

  const host = document.createElement("select");
  host.setAttribute("aria-label", share.where);
  // A link leads to the whole page, which is not the figure alone.
  for (const id of HOSTS.filter((each) => !figure || each !== "link"))
    host.append(new Option(share.hosts[id], id));
  const text = document.createElement("textarea");
  text.readOnly = true;
  text.rows = 9;
  text.setAttribute("aria-label", share.text);

  const hidden = new Set<string>(figure ? BESIDE : []);
  const parts = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = share.shown;
  parts.append(legend);
  const write = () => {
    const hide = BESIDE.filter((part) => hidden.has(part)).join(",");
    const whole: Embedded = { ...embedded, hide, only: figure?.name ?? "", lang: locale };
    text.value = snippetFor(host.value as Host, whole, origin, figure?.title ?? share.title);
    parts.disabled = host.value === "link"; // a link leads to the whole page
  };
  for (const part of BESIDE) {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = !hidden.has(part);
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(part);
      else hidden.add(part);
      write();
    });
    parts.append(labelled(share.parts[part], box));
  }
  host.addEventListener("change", write);

  const copy = document.createElement("button");
  copy.textContent = share.copy;
  const said = document.createElement("output");
  copy.addEventListener("click", () => {
    text.select();
    navigator.clipboard.writeText(text.value).then(
      () => (said.textContent = take.copied),
      () => (said.textContent = ui.copyThis), // no clipboard here: it is selected
    );
  });
  const close = document.createElement("button");
  close.textContent = share.close;
  close.addEventListener("click", () => dialog.close());
  const actions = document.createElement("div");
  actions.className = "actions";
  actions.append(copy, close, said);

  dialog.append(title, host, parts, text, actions);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  write();
  dialog.showModal();
}
