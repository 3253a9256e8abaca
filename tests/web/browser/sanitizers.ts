/**
 * What learning platforms leave of a frame that an author pastes, as they publish it: elements other than frames
 * are gone, and of a script its text too.
 */
export interface Rules {
  readonly source: string;
  /** Attributes of a frame that stay. */
  readonly attributes: readonly string[];
  /** Properties of its style that stay; undefined for all. */
  readonly styles: readonly string[] | undefined;
}

export const SANITIZERS: Readonly<Record<string, Rules>> = {
  Canvas: {
    source: "github.com/instructure/canvas-lms, gems/canvas_sanitize/lib/canvas_sanitize",
    attributes:
      "style class id title role lang dir src width height name align frameborder scrolling sandbox allowfullscreen".split(
        " ",
      ),
    styles:
      "border display float height margin max-height max-width min-height min-width padding position width".split(
        " ",
      ),
  },
  /** Texts of activities, which the server does not clean: its editor drops scripts. */
  "Moodle, an activity's text": {
    source: "github.com/moodle/moodle, lib/weblib.php, format_module_intro",
    attributes: "style class title src width height loading allow frameborder".split(" "),
    styles: undefined,
  },
  /**
   * Where a site lets HTML Purifier pass our frames: version 4.11 keeps a border's style and drops `loading`. Styles
   * of frames are not counted on, since other versions differ.
   */
  "Moodle, HTML Purifier": {
    source: "github.com/ezyang/htmlpurifier, library/HTMLPurifier/HTMLModule/Iframe.php",
    attributes: "src title width height name scrolling frameborder longdesc".split(" "),
    styles: [],
  },
};

/** Runs in a page: puts what is left of a text into it. */
export function pasteCleaned({ text, rules }: { text: string; rules: Rules }): void {
  const { body } = new DOMParser().parseFromString(text, "text/html");
  for (const element of body.querySelectorAll<HTMLElement>("*")) {
    if (element.localName !== "iframe") {
      element.remove();
      continue;
    }
    for (const { name } of [...element.attributes])
      if (!rules.attributes.includes(name)) element.removeAttribute(name);
    for (const property of [...element.style])
      if (rules.styles && !rules.styles.some((allowed) => property.startsWith(allowed)))
        element.style.removeProperty(property);
  }
  document.body.replaceChildren(...body.childNodes);
}
