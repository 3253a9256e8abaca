// @vitest-environment jsdom
/** A drawing that is changed in place is the drawing that would be made anew, of elements that stay. */
import { describe, expect, it } from "vitest";
import { svgElement } from "../../../web/src/charts/plot.js";
import type { Frame } from "../../../web/src/charts/plot.js";
import { Sheet } from "../../../web/src/charts/sheet.js";
import { themes } from "../../../web/src/charts/theme.js";

const frame: Frame = { width: 100, height: 50, theme: themes.light };

type Say = (sheet: Sheet) => void;

/** Drawings one after the other on one sheet, and each on a new one. */
function drawn(...all: readonly Say[]) {
  const sheet = new Sheet(frame);
  return all.map((say) => {
    const fresh = new Sheet(frame);
    sheet.draw(frame, say);
    fresh.draw(frame, say);
    return { html: sheet.svg.outerHTML, fresh: fresh.svg.outerHTML, all: [...sheet.svg.children] };
  });
}

const row =
  (...texts: readonly string[]): Say =>
  (sheet) => {
    sheet.path("M0,0H1", { fill: "none" });
    for (const text of texts) sheet.text(text, { x: text.length });
  };

describe("a sheet", () => {
  it("keeps elements, and changes what of them differs", () => {
    const [one, two] = drawn(row("1", "22"), row("333", "22"));
    expect(two?.html).toBe(two?.fresh);
    expect(two?.html).not.toBe(one?.html);
    expect(two?.all.every((element, i) => element === one?.all[i])).toBe(true);
  });

  it("writes nothing that is as it was", () => {
    const sheet = new Sheet(frame);
    sheet.draw(frame, row("1", "22"));
    const written: string[] = [];
    for (const element of [sheet.svg, ...sheet.svg.children]) {
      const set = element.setAttribute.bind(element);
      element.setAttribute = (name, value) => {
        written.push(name);
        set(name, value);
      };
    }
    sheet.draw(frame, row("1", "22"));
    expect(written).toEqual([]);
    sheet.draw(frame, row("1", "333"));
    expect(written).toEqual(["x"]);
    sheet.draw({ ...frame, width: 200 }, row("1", "333"));
    expect(written).toEqual(["x", "width", "viewBox"]);
  });

  it("has more elements and fewer, others, and without an attribute that they had", () => {
    const dashed: Say = (sheet) => sheet.path("M0,0H1", { "stroke-dasharray": "1 2" });
    const empty: Say = (sheet) => sheet.path("", { fill: "none" });
    const all = [row("1"), row("1", "2", "3"), row("3"), dashed, row(), empty, row("1", "2")];
    for (const { html, fresh } of drawn(...all)) expect(html).toBe(fresh);
  });

  it("keeps what others made until it is of something else, and says where it is", () => {
    let made = 0;
    const kept =
      (of: unknown, y: number): Say =>
      (sheet) =>
        sheet.keep(
          [of],
          () => {
            ++made;
            return svgElement("g", { class: String(of) });
          },
          { y },
        );
    const all = drawn(kept("a", 1), kept("a", 2), kept("b", 2), row("1"), kept("b", 2));
    expect(all.map(({ html }) => /class="(\w)" y="(\d)"/.exec(html)?.slice(1).join())).toEqual([
      "a,1",
      "a,2",
      "b,2",
      undefined,
      "b,2",
    ]);
    expect(all[1]?.all[0]).toBe(all[0]?.all[0]);
    expect(made).toBe(4 + 3); // and no more than three of four on the sheet that keeps
  });

  it("puts its own in place of what is another's, and removes what it has not said", () => {
    const sheet = new Sheet(frame);
    sheet.draw(frame, row("1"));
    sheet.svg.lastElementChild?.replaceWith(svgElement("text", { class: "other" }));
    svgElement("path", { class: "cursor" }, sheet.svg);
    sheet.draw(frame, row("1"));
    const fresh = new Sheet(frame);
    fresh.draw(frame, row("1"));
    expect(sheet.svg.outerHTML).toBe(fresh.svg.outerHTML);
  });
});
