/** Frames and snippets: hostile messages and addresses never throw, and the state stays in its schema. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRequest } from "../../../web/src/engine/request.js";
import { MOST_STATE_LENGTH } from "../../../web/src/engine/state-length.js";
import { parseState } from "../../../web/src/engine/url.js";
import {
  asksForEmbedding,
  embedAddress,
  heightMessages,
  isAlone,
  readEmbedAddress,
  readMessage,
} from "../../../web/src/pages/embedding.js";
import type { Embedded } from "../../../web/src/pages/embedding.js";
import { parseAuditState, formatAuditState } from "../../../web/src/labs/audit/state.js";
import { hasRequest, LABS } from "../../../web/src/pages/labs.js";
import { HOSTS, snippetFor } from "../../../web/src/pages/snippets.js";

const seed = 20261126;
const numRuns = 10_000;

/** Whatever text asks for, a lab that is there is shown in a state that is valid. */
function staysValid({ lab, state, theme }: Embedded): void {
  expect(LABS).toContain(lab);
  expect(["light", "dark", "system"]).toContain(theme);
  if (!hasRequest(lab)) return auditStaysValid(state);
  const { request } = parseState(lab, state);
  expect(checkRequest(lab, request).issues).toEqual([]);
}

/** The text of what was read says the same. */
function auditStaysValid(state: string): void {
  const read = parseAuditState(state);
  expect(parseAuditState(formatAuditState(read))).toEqual(read);
}

const keys = [
  "lab",
  "hide",
  "only",
  "lang",
  "theme",
  "embed",
  "v",
  "s",
  "depth",
  "steps",
  "__proto__",
];
const values = fc.oneof(
  fc.string(),
  fc.constantFrom("training", "phase", "zh", "dark", "1e999", "NaN", "%", "%E0%A4%A", "a&b=c#d"),
);

describe("addresses", () => {
  it("of any text ask for a lab in a valid state", () => {
    const hostile = fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...keys), fc.string()), values), { maxLength: 8 })
      .map((pairs) => `#${pairs.map(([key, value]) => `${key}=${value}`).join("&")}`);
    fc.assert(
      fc.property(hostile, (hash) => {
        asksForEmbedding(hash);
        staysValid(readEmbedAddress(hash));
      }),
      { seed, numRuns },
    );
  });

  it("say what was asked for, and back", () => {
    const embedded: Embedded = {
      lab: "training",
      state: "v=1&depth=3&s=zeros",
      hide: "controls,presets",
      only: "loss,score",
      lang: "zh",
      theme: "dark",
    };
    expect(readEmbedAddress(`#${embedAddress(embedded)}`)).toEqual(embedded);
    expect(readEmbedAddress("")).toMatchObject({ lab: "propagation", state: "", lang: undefined });
    expect(asksForEmbedding("#embed=1&lab=phase")).toBe(true);
    expect(asksForEmbedding("#lab=phase&embed=1")).toBe(true);
    expect(asksForEmbedding("#lab=phase&depth=1")).toBe(false);
  });
});

describe("messages", () => {
  it("of any kind are read without an exception, and only our own are answered", () => {
    const shaped = fc.record(
      {
        type: fc.oneof(fc.constantFrom("initscope:set", "initscope:get"), fc.string()),
        version: fc.oneof(fc.constant(1), fc.anything()),
        state: fc.oneof(values, fc.anything()),
        lang: fc.anything(),
        theme: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(shaped, fc.anything()), (data) => {
        const asked = readMessage(data);
        if (asked?.type !== "set") return;
        expect(
          Object.keys(asked).every((key) => ["type", "state", "lang", "theme"].includes(key)),
        ).toBe(true);
        auditStaysValid(asked.state ?? "");
        for (const lab of LABS.filter(hasRequest)) {
          const { request } = parseState(lab, asked.state ?? "");
          expect(checkRequest(lab, request).issues).toEqual([]);
        }
      }),
      { seed, numRuns },
    );
  });

  it("are refused when of another version, too long, or of no known type", () => {
    expect(readMessage({ type: "initscope:set", version: 1, state: "v=1" })).toEqual({
      type: "set",
      state: "v=1",
    });
    expect(readMessage({ type: "initscope:set", version: 2, state: "v=1" })).toBeUndefined();
    const long = "x".repeat(MOST_STATE_LENGTH + 1);
    expect(readMessage({ type: "initscope:set", version: 1, state: long })).toBeUndefined();
    expect(readMessage({ type: "initscope:set", version: 1, state: 5 })).toBeUndefined();
    expect(readMessage("initscope:get")).toBeUndefined();
    expect(readMessage({ type: "initscope:get", version: 1 })).toEqual({ type: "get" });
  });

  it("tell a height to Canvas, edX and OpenLearning too", () => {
    expect(heightMessages(800, 600)).toEqual([
      { type: "initscope:height", version: 1, height: 600 },
      { subject: "lti.frameResize", height: 600 },
      { type: "plugin.resize", payload: { width: 800, height: 600 } },
      '{"action":"resize","height":600}',
    ]);
  });
});

describe("a figure alone", () => {
  it("is one that is named, with nothing beside it", () => {
    const hide = "presets,schemes,controls,text";
    expect(isAlone({ only: "activation", hide })).toBe(true);
    expect(isAlone({ only: " activation ", hide: "text controls, schemes presets player" })).toBe(
      true,
    );
    expect(isAlone({ only: "activation gradient", hide })).toBe(false);
    expect(isAlone({ only: "", hide })).toBe(false);
    expect(isAlone({ only: "activation", hide: "presets,schemes,controls" })).toBe(false);
  });
});

describe("snippets", () => {
  const embedded: Embedded = {
    lab: "propagation",
    state: 'v=1&s=normal;std:0.5&s="><script>alert(1)</script>',
    hide: "controls",
    only: "activation",
    lang: "en",
    theme: "system",
  };

  it("escape what is in them, for every host", () => {
    const site = { address: "https://example.org/course/index.html?lang=en#v=1", single: false };
    for (const host of HOSTS) {
      const text = snippetFor(host, embedded, site, "initscope");
      expect(text).toContain("https://example.org/course/");
      if (host === "iframe" || host === "element" || host === "quarto" || host === "lms")
        expect(text).not.toContain("<script>alert");
      if (host === "lms") expect(text).not.toContain("<script"); // it would be text there
    }
  });

  it("of the single file lead to the file, whatever it is called and however it was opened", () => {
    for (const name of ["initscope.html", "week%203.html", ""])
      for (const opened of ["", "?lang=en", "?lang=en&theme=dark#v=1&depth=9", "#lab=phase&v=1"]) {
        const page = `file:///home/me/${name}`;
        const origin = { address: `${page}${opened}`, single: true };
        const frame = snippetFor("iframe", embedded, origin, "initscope");
        expect(frame).toContain(`src="${page}#embed=1&amp;lab=propagation`);
        const link = snippetFor("link", embedded, origin, "initscope");
        expect(link.startsWith(`${page}#lab=propagation&`)).toBe(true);
        for (const text of [frame, link]) expect(text).not.toMatch(/index\.html|embed\.html|theme/);
      }
  });
});
