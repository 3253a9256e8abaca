/** The guide to embedding: a page of the course whose examples have this site's own address. */
import "./course.js";

const EXAMPLE = "https://example.org";
const site = new URL("../../", location.href);

for (const code of document.querySelectorAll("code"))
  code.textContent = code.textContent
    .replaceAll(`${EXAMPLE}/initscope/`, site.href)
    .replaceAll(EXAMPLE, site.origin);
