// @vitest-environment jsdom
/** What shows a cure: watched for while it is not there, and its table and title of one and the same cure. */
import { afterEach, expect, it, vi } from "vitest";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import { Advice } from "../../../web/src/labs/propagation/advice.js";
import type { Application } from "../../../web/src/labs/propagation/applied.js";
import type { Cures } from "../../../web/src/labs/propagation/verdict/index.js";

afterEach(() => vi.unstubAllGlobals());

it("is watched for until the advice is called off, and no more once it is there", async () => {
  const watched = new Set<Element>();
  class Watcher {
    observe = (place: Element) => watched.add(place);
    disconnect = () => watched.clear();
  }
  vi.stubGlobal("IntersectionObserver", Watcher);
  const advice = new Advice({
    engine: () => expect.fail("no engine is needed"),
    changed: () => undefined,
    netsCame: () => undefined,
    lack: () => undefined,
  });
  const place = document.createElement("init-cure");
  advice.watchCure(place, undefined);
  expect(watched.size).toBe(0); // the answer that was asked for is none, and so is this
  const { request } = checkRequest("propagation", {});
  const answer = { request, results: [] };
  advice.watchCure(place, answer);
  expect(watched.size).toBe(1);
  advice.callOff();
  expect(watched.size).toBe(0);
  advice.watchCure(place, answer);
  expect(watched.size).toBe(1);
  await import("../../../web/src/labs/propagation/cure.js");
  advice.watchCure(place, answer);
  expect(watched.size).toBe(0);
});

const factors = (signal: number) => ({ signal, gradient: signal, loss: NaN });

const applied: Application = {
  state: "",
  position: 0,
  name: "the first",
  before: checkRequest("propagation", {}).request,
  scheme: schemeWith("zeros"),
  effect: factors(2),
};

const found: Cures = {
  ailing: true,
  now: factors(3),
  ways: { signal: ["Signal", "there"], gradient: ["Gradient", "back"] },
  first: {
    name: "the second",
    effect: factors(4),
    change: { scheme: schemeWith("lsuv"), bias: schemeWith("zeros") },
    text: "Better: the second.",
  },
  others: [],
  sought: false,
  said: "",
};

async function shown(cures: Cures) {
  const { CureElement } = await import("../../../web/src/labs/propagation/cure.js");
  const element = new CureElement();
  const { request } = checkRequest("propagation", { schemes: ["kaiming_normal"] });
  const engine = { run: () => new Promise(() => undefined) };
  const acts = { apply: vi.fn(), undo: vi.fn(), train: vi.fn() };
  Object.assign(element, { request, cures, applied, engine, acts });
  document.body.append(element);
  await element.updateComplete;
  const said = element.shadowRoot?.querySelector(".said") ?? expect.fail("nothing is said");
  const texts = (selector: string) =>
    [...said.querySelectorAll(selector)].map(({ textContent }) =>
      textContent.replace(/\s+/g, " ").trim(),
    );
  element.remove();
  return {
    title: texts("h4"),
    table: [texts("th").slice(1), texts("tbody tr:first-child td").slice(1)],
    buttons: texts("button"),
    apart: texts(".applied"),
  };
}

it("says a cure that was applied apart from another that is offered or sought", async () => {
  expect(await shown(found)).toEqual({
    title: ["One cure, tried on this network"],
    table: [
      ["now", "after"],
      ["3", "4"],
    ],
    buttons: ["Apply", "Train before and after", "Undo"],
    apart: ["Applied: the first Undo"],
  });
  expect(await shown({ ...found, first: undefined, sought: true })).toEqual({
    title: ["What would mend it"],
    table: [
      ["now", "after"],
      ["3", "…"],
    ],
    buttons: ["Undo"],
    apart: ["Applied: the first Undo"],
  });
});

it("says it in the title where there is no other", async () => {
  const { title, table, buttons, apart } = await shown({ ...found, first: undefined });
  expect([title, apart]).toEqual([["Applied: the first"], []]);
  expect(table).toEqual([
    ["before", "now"],
    ["2", "3"],
  ]);
  expect(buttons).toContain("Undo");
});
