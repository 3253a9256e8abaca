/** Every custom element of initscope: importing this file defines them. */
import "../labs/audit/element.js";
import "../labs/distribution/element.js";
import "../labs/phase/element.js";
import "../labs/propagation/element.js";
import "../labs/symmetry/element.js";
import "../labs/training/element.js";
