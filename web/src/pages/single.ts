/** The single file: the playground, or, where the address asks for it, a lab alone. */
import "./playground.css";
import { asksForEmbedding } from "./embedding.js";
import { startEmbed } from "./embed.js";
import { startPlayground } from "./playground.js";

const main = document.getElementById("main");
if (main && asksForEmbedding(location.hash)) {
  main.replaceChildren();
  main.className = "embed";
  for (const part of document.querySelectorAll("header.site, footer")) part.remove();
  void startEmbed(main);
} else {
  startPlayground(true);
}
