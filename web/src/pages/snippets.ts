/** What an instructor pastes into course material: a lab's present state, for each kind of host. */
import { embedAddress, isAlone } from "./embedding.js";
import type { Embedded } from "./embedding.js";

export const HOSTS = ["link", "iframe", "lms", "element", "myst", "quarto", "notebook"] as const;
export type Host = (typeof HOSTS)[number];

/**
 * Height of a frame until the frame itself says how high it is, in pixels. Where hosts strip scripts it stays, and a
 * figure alone fills it.
 */
const HEIGHT = { lab: 640, figure: 560 };

function attributeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

function attributes(pairs: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(pairs)
    .filter(([, value]) => value)
    .map(([name, value]) => ` ${name}="${attributeText(value ?? "")}"`)
    .join("");
}

function frameText(address: string, title: string, height: number): string {
  return `<iframe${attributes({ src: address, title })} width="100%" height="${height}" style="border:0" loading="lazy"></iframe>`;
}

/** The frame, and what lets it be as high as it likes. */
function growingFrame(address: string, title: string, height: number): string {
  return `${frameText(address, title, height)}
<script>
addEventListener("message", ({ data, source }) => {
  if (data?.type !== "initscope:height" || !(data.height > 0 && data.height < 20000)) return;
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === source) frame.style.height = data.height + "px";
});
</script>`;
}

/** The page that hands a snippet out. */
export interface Origin {
  /** Its address, with whatever query and state it was opened with. */
  readonly address: string;
  /** Whether it is the single file, which has no other pages beside it, whatever it is called. */
  readonly single: boolean;
}

export function snippetFor(host: Host, embedded: Embedded, origin: Origin, title: string): string {
  const { single } = origin;
  const whole = new URL(origin.address);
  whole.search = whole.hash = "";
  const page = whole.href;
  const site = new URL("./", page).href;
  const frame = single
    ? `${page}#embed=1&${embedAddress(embedded)}`
    : `${site}embed.html#${embedAddress(embedded)}`;
  const { lab, state, hide, only, lang, theme } = embedded;
  const height = isAlone(embedded) ? HEIGHT.figure : HEIGHT.lab;
  switch (host) {
    case "link":
      return `${single ? page : `${site}index.html`}#lab=${lab}&${state}`;
    case "iframe":
      return growingFrame(frame, title, height);
    case "lms":
      // Where style goes too, the older attribute leaves out the border.
      return frameText(frame, title, height).replace(" style=", ' frameborder="0" style=');
    case "element":
      return `<script type="module" src="${site}lib/elements.js"></script>
<init-${lab}${attributes({ state, hide, only, lang, theme: theme === "system" ? undefined : theme })}></init-${lab}>`;
    case "myst":
      return `\`\`\`{iframe} ${frame}
:width: 100%
:title: ${title}
\`\`\``;
    case "quarto":
      return `\`\`\`{=html}
${growingFrame(frame, title, height)}
\`\`\``;
    case "notebook":
      return `from IPython.display import IFrame
IFrame(${JSON.stringify(frame)}, width="100%", height=${height})`;
  }
}
