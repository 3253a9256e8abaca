/** The one cure that is offered first: the best of what was tried, in the numbers that it was measured in. */
import { describe, expect, it } from "vitest";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import type { PropagationRequest, SchemeRequest } from "../../../web/src/engine/request.js";
import { formatState } from "../../../web/src/engine/url.js";
import { cureWords } from "../../../web/src/i18n/cure.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import { Applied } from "../../../web/src/labs/propagation/applied.js";
import { netVerdict, tryOnNet } from "../../../web/src/labs/propagation/net/figures.js";
import { curesOf } from "../../../web/src/labs/propagation/verdict/cures.js";
import type { Cure } from "../../../web/src/labs/propagation/verdict/cures.js";
import { worstOf } from "../../../web/src/labs/propagation/verdict/reading.js";
import { propagated, tryRemedies } from "../../../web/src/labs/propagation/verdict/remedies.js";
import type { Remedy, Trial } from "../../../web/src/labs/propagation/verdict/remedies.js";
import { engine, measured } from "./judge.js";
import { measuredNet } from "./net-judge.js";

const SIZE = { depth: 30, width: 64, batch: 32, seed: "5" } as const;
const xavier = schemeWith("xavier_normal");

async function propagate(given: Partial<PropagationRequest>) {
  const { request, issues } = checkRequest("propagation", given);
  expect(issues).toEqual([]);
  const [answer] = await engine.run("propagation", request);
  const { scheme, result } = answer ?? expect.fail("no answer");
  return { request, result, shown: { slot: 0, name: "It", scheme, result } };
}

type Asked = Awaited<ReturnType<typeof propagate>>;

const curesFor = ({ shown, request }: Asked, trials: readonly Trial[] | undefined) =>
  curesOf(shown, request, trials, "en");

/** What the network does with a cure, propagated anew. */
const withCure = ({ request }: Asked, { change: { scheme, ...others } }: Cure) =>
  propagate({ ...request, ...others, schemes: [scheme] });

const remedyOf = ({ request }: Asked, scheme: SchemeRequest): Remedy => ({
  reason: "scheme",
  scheme,
  bias: request.bias,
  chiQ: NaN,
});

describe("of a stack of layers", () => {
  it("is the best of those that were tried, and does what it says when it is applied", async () => {
    for (const given of [
      { activation: "relu", schemes: [xavier] },
      { activation: "gelu", schemes: [schemeWith("kaiming_normal")] },
      { activation: "tanh", schemes: [schemeWith("normal")] },
    ] as const) {
      const asked = await propagate({ ...SIZE, ...given });
      const trials = await tryRemedies(engine, asked.request, asked.result.theory);
      const cures = curesFor(asked, trials);
      const first = cures.first ?? expect.fail("no cure");
      const now = measured(asked.result);
      expect([cures.ailing, cures.sought, cures.said]).toEqual([true, false, ""]);
      expect(cures.now.signal).toBeCloseTo(now.change, 12);
      const after = measured((await withCure(asked, first)).result);
      expect(first.effect.signal).toBeCloseTo(after.change, 12);
      expect(first.effect.gradient).toBeCloseTo(after.backward, 12);
      expect(after.worst).toBeLessThan(10);
      for (const trial of trials)
        expect(worstOf(trial.reading)).toBeGreaterThanOrEqual(after.worst * (1 - 1e-9));
      expect(first.text).toMatch(/^Better: /);
    }
  });

  it("is never one that makes it worse, though that was tried first", async () => {
    const asked = await propagate({ ...SIZE, activation: "relu", schemes: [xavier] });
    const worse = remedyOf(asked, schemeWith("normal", { std: 1 }));
    const better = remedyOf(asked, schemeWith("kaiming_normal"));
    const trials = await propagated(engine, asked.request, [worse, better], undefined);
    // Control: whoever took the first would make it worse.
    const [bad, good] = trials;
    if (!bad || !good) expect.fail("not tried");
    expect(worstOf(bad.reading)).toBeGreaterThan(measured(asked.result).worst);
    const cures = curesFor(asked, trials);
    expect(cures.first?.change.scheme).toEqual(better.scheme);
    // It is told of, and not to be applied.
    expect(cures.others.map(({ change, text }) => [change.scheme, text])).toEqual([
      [worse.scheme, undefined],
    ]);
    expect(cures.others[0]?.effect.signal).toBeGreaterThan(1e6);
    // Alone it leaves no cure, which is said.
    const none = curesFor(asked, [bad]);
    expect(none.first).toBeUndefined();
    expect(none.said).toContain("Nothing that was tried holds");
    expect(none.others).toHaveLength(1);
  });

  it("is sought while nothing was tried yet, and not needed where all is well", async () => {
    const asked = await propagate({ ...SIZE, activation: "relu", schemes: [xavier] });
    const seeking = curesFor(asked, undefined);
    expect([seeking.sought, seeking.first, seeking.others]).toEqual([true, undefined, []]);
    expect(seeking.said).toContain("Trying");
    const well = await propagate({
      ...SIZE,
      width: 512,
      depth: 5,
      schemes: [schemeWith("kaiming_normal")],
    });
    const cures = curesFor(well, undefined);
    expect([cures.ailing, cures.sought, cures.first, cures.others]).toEqual([
      false,
      false,
      undefined,
      [],
    ]);
    expect(cures.said).toContain("nothing to mend");
  });

  it("tells what overflows and what is lost", async () => {
    const over = await propagate({
      ...SIZE,
      depth: 60,
      schemes: [schemeWith("normal", { std: 5 })],
    });
    expect(curesFor(over, undefined).now.signal).toBe(Infinity);
    const lost = await propagate({ ...SIZE, schemes: [schemeWith("zeros")] });
    expect(curesFor(lost, undefined).now).toMatchObject({ signal: 0, gradient: 0 });
  });

  it("is the same in either language", async () => {
    const asked = await propagate({ ...SIZE, activation: "gelu", schemes: [xavier] });
    const trials = await tryRemedies(engine, asked.request, asked.result.theory);
    const [en, zh] = (["en", "zh"] as const).map((locale) =>
      curesOf(asked.shown, asked.request, trials, locale),
    );
    const bare = (cure: Cure | undefined) => [cure?.change, cure?.effect, cure?.text === undefined];
    expect([zh?.first, ...(zh?.others ?? [])].map(bare)).toEqual(
      [en?.first, ...(en?.others ?? [])].map(bare),
    );
    expect(Object.keys(cureWords("zh"))).toEqual(Object.keys(cureWords("en")));
    expect(zh?.first?.text).toContain("更好的选择");
    expect(messagesOf("zh").verdict.network.holds).not.toMatch(/[a-z]/);
  });
});

describe("of a net", () => {
  it("is the best that was tried, and changes the net where it says so", async () => {
    const asked = await propagate({
      ...SIZE,
      depth: 16,
      net: "depth*(res(dense,phi,dense))",
      schemes: [schemeWith("kaiming_normal")],
    });
    const { shown, request, result } = asked;
    const trials = await tryOnNet(engine, request, [shown]);
    const cures = curesOf(shown, request, trials, "en", netVerdict(result, "en"));
    const first = cures.first ?? expect.fail("no cure");
    const after = measuredNet((await withCure(asked, first)).result);
    expect(first.effect.signal).toBeCloseTo(after.change, 12);
    expect(after.worst).toBeLessThan(10);
    expect(after.worst).toBeLessThan(measuredNet(result).worst);
    // Branches that begin at 0 by a factor hold whatever is in them: they come after what holds without.
    expect(first.name).not.toContain("ReZero");
    expect(cures.others.some(({ name, text }) => name.includes("ReZero") && text)).toBe(true);
    // What the network has already is no other setting.
    for (const { change } of [first, ...cures.others])
      expect([change.scheme, change.net ?? request.net]).not.toEqual([shown.scheme, request.net]);
  });
});

describe("what was applied", () => {
  it("is known by the state that it made and the scheme that is looked at", () => {
    const { request } = checkRequest("propagation", { schemes: [xavier] });
    const { request: cured } = checkRequest("propagation", { schemes: ["kaiming_normal"] });
    const applied = new Applied();
    expect(applied.of(cured, 0)).toBeUndefined();
    const { schemes, bias, net, widths } = request;
    const application = {
      state: formatState("propagation", cured),
      position: 0,
      name: "He normal",
      before: { schemes, bias, net, widths },
      scheme: xavier,
      effect: { signal: 1e-15, gradient: 1e-15, loss: NaN },
    };
    applied.add(application);
    expect(applied.of(cured, 0)).toBe(application);
    expect(applied.of(cured, 1)).toBeUndefined();
    expect(applied.of(request, 0)).toBeUndefined();
    const back = { ...cured, ...application.before };
    expect(formatState("propagation", back)).toBe(formatState("propagation", request));
  });
});
