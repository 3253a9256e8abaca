/** index.html: the playground. */
import { keepOffline } from "./offline.js";
import { startPlayground } from "./playground.js";

startPlayground();
keepOffline("./");
