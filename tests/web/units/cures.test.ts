/** The one cure that is offered first: the best of what was tried, in the numbers that it was measured in. */
import { describe, expect, it } from "vitest";
import { checkRequest, schemeWith } from "../../../web/src/engine/request.js";
import type { PropagationRequest, SchemeRequest } from "../../../web/src/engine/request.js";
import { formatState, parseState } from "../../../web/src/engine/url.js";
import { cureWords } from "../../../web/src/i18n/cure.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import { Applied } from "../../../web/src/labs/propagation/applied.js";
import { netVerdict, tryOnNet } from "../../../web/src/labs/propagation/net/figures.js";
import { madeFor, netPresets } from "../../../web/src/labs/propagation/net/presets.js";
import { verdictOf } from "../../../web/src/labs/propagation/verdict/claims.js";
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

describe("of a network that its scheme is not made for", () => {
  it("is SIREN's frequency first, which is taken back as it was put in place", async () => {
    const siren = schemeWith("siren");
    const asked = await propagate({ ...SIZE, activation: "sin", schemes: [siren] });
    const trials = await tryRemedies(engine, asked.request, asked.result.theory);
    const cures = curesFor(asked, trials);
    const first = cures.first ?? expect.fail("no cure");
    expect(first.name).toBe("ω₀ = 30");
    expect(first.change).toEqual({ scheme: siren, bias: asked.request.bias, omega_0: 30 });
    expect(first.text).toContain("It is the frequency that the scheme is made for.");
    const cured = await withCure(asked, first);
    const after = measured(cured.result);
    expect(cures.now.signal).toBeLessThan(1e-20);
    expect(first.effect.signal).toBeCloseTo(after.change, 12);
    expect(Math.log(after.worst)).toBeLessThan(Math.log(measured(asked.result).worst) / 4);
    // Points of the phase plane follow.
    expect(cures.others.some(({ change }) => change.scheme.scheme === "edge_of_chaos")).toBe(true);
    // Undo: what a state is made of and a cure may change is kept whole.
    const { schemes, bias, net, widths, omega_0 } = asked.request;
    const back = { ...cured.request, schemes, bias, net, widths, omega_0 };
    expect(formatState("propagation", back)).toBe(formatState("propagation", asked.request));
    // Control: of another scheme in the same network it is no cure, nor at home.
    const other = await propagate({ ...SIZE, activation: "sin", schemes: [xavier] });
    const { first: best = expect.fail("no cure"), others } = curesFor(other, trials);
    for (const { change } of [best, ...others]) expect(change.omega_0).toBeUndefined();
    const home = { ...SIZE, activation: "sin", omega_0: 30, schemes: [siren] } as const;
    const atHome = await propagate(home);
    const tried = await tryRemedies(engine, atHome.request, atHome.result.theory);
    expect(tried.map(({ remedy }) => remedy.reason)).not.toContain("tuned");
  });

  it.each(["gpt2", "deepnorm", "t_fixup", "fixup"] as const)(
    "is the blocks that %s is made for",
    async (id) => {
      const scheme = schemeWith(id);
      const asked = await propagate({ ...SIZE, widths: [64, 32], schemes: [scheme] });
      const trials = await tryRemedies(engine, asked.request, asked.result.theory);
      const home = trials.find(({ remedy }) => remedy.reason === "home") ?? expect.fail("untried");
      const { blocks, preset } = madeFor[id] ?? expect.fail("no home");
      const { net } = parseState("propagation", netPresets[preset]).request;
      expect(home.remedy.net).toBe(net);
      const cures = curesFor(asked, trials);
      const all = cures.first ? [cures.first, ...cures.others] : cures.others;
      const cure = all.find(({ change }) => change.net === net) ?? expect.fail("no cure");
      expect(cure.change).toEqual({ scheme, bias: asked.request.bias, net, widths: undefined });
      expect(cure.name).toBe(messagesOf("en").verdict.network.homes[blocks]);
      const after = measuredNet((await withCure(asked, cure)).result);
      expect(cure.effect.signal).toBeCloseTo(after.change, 12);
      expect(cure.effect.gradient).toBeCloseTo(after.backward, 12);
      if (after.worst <= 10) {
        expect(cure).toBe(cures.first);
        expect(cure.text).toMatch(/^Better: residual blocks.* over 30 blocks\./);
      }
    },
  );

  it("is said, and only offered where it was not tried", async () => {
    const gpt2 = schemeWith("gpt2");
    const said = (asked: Asked, trials: readonly Trial[] | undefined, locale: "en" | "zh" = "en") =>
      verdictOf(asked.shown, asked.request, trials, locale).find(({ kind }) => kind === "home");
    const asked = await propagate({ ...SIZE, schemes: [gpt2] });
    const trials = await tryRemedies(engine, asked.request, asked.result.theory);
    const told = "It is made for residual blocks with LayerNorm; this network has none.";
    expect(said(asked, trials)).toEqual({ kind: "home", text: told });
    expect(said(asked, undefined)).toEqual({ kind: "home", text: told });
    const untried = said(asked, []) ?? expect.fail("not said");
    expect(untried.text).toBe(
      `${told} Apply puts the scheme into such blocks; that was not tried here.`,
    );
    expect(untried.apply?.net).toContain("res(ln,");
    expect(said(asked, [], "zh")?.text).toMatch(/LayerNorm 的残差块.*尚未试过/);
    // Too much to try for: other cures are, this one is not.
    const large = await propagate({ depth: 30, width: 512, batch: 128, schemes: [gpt2] });
    const few = await tryRemedies(engine, large.request, large.result.theory);
    expect(few.length).toBeGreaterThan(0);
    expect(said(large, few)?.apply?.net).toBe(untried.apply?.net);
    // Control: nothing of it where there are such blocks, or of a scheme for any network.
    const he = await propagate({ ...SIZE, schemes: [schemeWith("kaiming_normal")] });
    expect(said(he, undefined)).toBeUndefined();
    const { request } = parseState("propagation", netPresets.gpt2);
    const home = await propagate({ ...request, ...SIZE, schemes: [gpt2] });
    const net = netVerdict(home.result, "en");
    expect(
      verdictOf(home.shown, home.request, [], "en", net).filter(({ kind }) => kind === "home"),
    ).toEqual([]);
    // In a net without such blocks it is said and tried as well.
    const plain = await propagate({ ...SIZE, net: "depth*(dense,phi),dense", schemes: [gpt2] });
    const own = await tryOnNet(engine, plain.request, [plain.shown]);
    const cures = curesOf(plain.shown, plain.request, own, "en", netVerdict(plain.result, "en"));
    expect(cures.first?.name).toBe("residual blocks with LayerNorm");
    expect(cures.first?.text).toMatch(/^Better: .* 30 blocks/);
  }, 60_000);
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
    const { schemes, bias, net, widths, omega_0 } = request;
    const application = {
      state: formatState("propagation", cured),
      position: 0,
      name: "He normal",
      before: { schemes, bias, net, widths, omega_0 },
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
