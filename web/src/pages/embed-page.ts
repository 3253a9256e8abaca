/** embed.html: a lab alone. */
import { startEmbed } from "./embed.js";
import { orSay } from "./missing.js";
import { initialLocale } from "./settings.js";

const main = document.getElementById("main");
if (main) {
  const place = { locale: initialLocale(), put: (said: HTMLElement) => main.append(said) };
  void orSay(place, () => startEmbed(main));
}
