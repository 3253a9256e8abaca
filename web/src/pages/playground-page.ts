/** index.html: the playground. */
import { startPlayground } from "./playground.js";

startPlayground();
