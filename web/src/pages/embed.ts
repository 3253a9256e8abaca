/** A lab alone in a frame: its state in the frame's own address, its height told to the host. */
import { loadPart } from "../controls/part.js";
import { sharedEngine } from "../engine/shared.js";
import { RoomChange } from "../figures/room-change.js";
import { LabChange } from "../labs/lab-state.js";
import {
  embedAddress,
  heightMessages,
  isAlone,
  MESSAGE_VERSION,
  readEmbedAddress,
  readMessage,
} from "./embedding.js";
import type { Asked } from "./embedding.js";
import { createLab, loadWords } from "./labs.js";
import { orSay } from "./missing.js";
import { beforePrints } from "./print-later.js";
import { initialLocale, initialTheme, keepTheme, showLocale } from "./settings.js";

/** Sends to the page around, which need not be of our origin; nothing secret is in it. */
function tell(message: unknown): void {
  if (parent !== window) parent.postMessage(message, "*");
}

/** Fills the page's main part with the lab that the address asks for. */
export async function startEmbed(main: HTMLElement): Promise<void> {
  sharedEngine().warmUp();
  let wanted = readEmbedAddress(location.hash);
  const localeWanted = () => wanted.lang ?? initialLocale();
  const element = await createLab(wanted.lab, localeWanted());
  // For those who do not see that it is a lab of its own.
  const title = document.createElement("h1");
  const name = document.createElement("h2");
  title.textContent = "initscope";
  title.className = name.className = "visually-hidden";
  const link = document.createElement("a");
  link.target = "_blank";
  link.rel = "noopener";
  link.className = "whole";

  const playground = location.pathname.replace(/embed\.html$/, "index.html");
  // What is embedded is not handed on.
  const handingOut = () => loadPart(() => import("./home.js"));
  if ("home" in element) element.home = async () => (await handingOut()).addressesIn(playground);

  const dress = async () => {
    const theme = wanted.theme === "system" ? initialTheme() : wanted.theme;
    keepTheme(theme);
    element.theme = theme;
    const locale = localeWanted();
    const { ui } = await loadWords(wanted.lab, locale);
    if (locale !== localeWanted()) return; // another was asked for meanwhile
    showLocale(locale);
    element.lang = locale;
    name.textContent = ui[wanted.lab];
    link.textContent = ui.openWhole;
  };
  let missing: HTMLElement | undefined;
  const put = (said: HTMLElement) => {
    missing?.remove();
    main.append((missing = said));
  };
  const dressAnew = () => {
    missing?.remove();
    void orSay({ locale: localeWanted(), put }, dress);
  };
  const address = () => {
    wanted = { ...wanted, state: element.state };
    link.href = `${playground}#lab=${wanted.lab}&${wanted.state}`;
  };
  const announce = () =>
    tell({
      type: "initscope:state",
      version: MESSAGE_VERSION,
      lab: wanted.lab,
      state: element.state,
    });

  element.setAttribute("hide", wanted.hide);
  element.setAttribute("only", wanted.only);
  // A figure alone fills its frame: it needs nothing of the page around.
  element.fill = isAlone(wanted);
  main.classList.toggle("alone", element.fill);
  element.state = wanted.state;
  await dress();
  address();
  element.addEventListener("change", (event) => {
    if (!LabChange.is(event) || !event.detail.settled) return;
    address();
    history.replaceState(null, "", `#${embedAddress(wanted)}`);
    announce();
  });
  main.append(title, name, element, link);
  beforePrints(async () => (await handingOut()).keepOnPaper(playground, () => [element]));

  // The last of the messages of a moment is answered, however many come.
  let asked: Asked | undefined;
  addEventListener("message", (event) => {
    if (event.source !== parent || parent === window) return;
    const message = readMessage(event.data);
    if (!message) return;
    if (message.type === "get") return announce();
    if (!asked)
      setTimeout(() => {
        if (asked?.type !== "set") return;
        const { state, lang, theme } = asked;
        asked = undefined;
        wanted = { ...wanted, lang: lang ?? wanted.lang, theme: theme ?? wanted.theme };
        dressAnew();
        if (state !== undefined) element.state = state;
        address();
        announce();
      });
    asked = { ...asked, ...message };
  });
  addEventListener("hashchange", () => {
    wanted = { ...readEmbedAddress(location.hash), lab: wanted.lab };
    dressAnew();
    element.state = wanted.state;
    address();
  });

  let told = 0;
  /** What a figure that fills the frame would have beyond that. */
  let more = 0;
  const tellHeight = () => {
    const height = Math.ceil(main.getBoundingClientRect().height + more);
    if (height === told) return;
    told = height;
    for (const message of heightMessages(innerWidth, height)) tell(message);
  };
  element.addEventListener(RoomChange.type, (event) => {
    if (!RoomChange.is(event)) return;
    ({ more } = event.detail);
    tellHeight();
  });
  new ResizeObserver(tellHeight).observe(main);
  tell({ type: "initscope:ready", version: MESSAGE_VERSION, lab: wanted.lab });
}
