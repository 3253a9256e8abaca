// The element's script from the address in this page's query: what a CDN would be.
const script = document.createElement("script");
script.type = "module";
script.src = new URLSearchParams(location.search).get("from") + "elements.js";
document.head.append(script);
