/** embed.html: a lab alone. */
import { startEmbed } from "./embed.js";

const main = document.getElementById("main");
if (main) void startEmbed(main);
