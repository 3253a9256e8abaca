/** The playground as one script with its styles, for the single file. */
import "./playground.css";
import "./playground.js";
