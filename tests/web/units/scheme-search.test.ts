/** The search of schemes: what people call them, in either language. */
import { expect, it } from "vitest";
import { catalogue } from "../../../web/src/engine/catalogue.js";
import { messagesOf } from "../../../web/src/i18n/index.js";
import { parseState } from "../../../web/src/engine/url.js";
import { findNets } from "../../../web/src/labs/propagation/net/search.js";
import { findSchemes } from "../../../web/src/i18n/scheme-search.js";

const idsFor = (search: string) => findSchemes(catalogue.schemes, search).map(({ id }) => id);
const HE = ["kaiming_uniform", "kaiming_normal", "he_uniform", "he_normal"];
const XAVIER = ["xavier_uniform", "xavier_normal", "glorot_uniform", "glorot_normal"];

it.each([
  ["何", HE],
  ["恺明", HE],
  ["何恺明", HE],
  ["kaiming", HE],
  ["He", HE],
  ["Glorot", XAVIER],
  ["xavier glorot", XAVIER],
  ["泽维尔", XAVIER],
  ["格洛罗", XAVIER],
  ["nn.Linear", ["torch_linear", "torch_linear_bias"]],
  ["nn.linear 默认", ["torch_linear", "torch_linear_bias"]],
  ["torch.nn.Linear", ["torch_linear", "torch_linear_bias"]],
  ["t5", ["lecun_normal"]],
  ["muP", ["lecun_normal"]],
  ["fan_in", ["lecun_normal", "variance_scaling"]],
  ["sine", ["siren"]],
  ["正弦", ["siren"]],
  ["residual", ["zeros", "gpt2", "zero_init"]],
  ["残差", ["zeros", "gpt2", "zero_init"]],
  ["fixup", ["zeros", "zero_init"]],
  ["batchnorm", ["ones"]],
  ["transformer", ["normal", "trunc_normal", "truncated_normal", "gpt2", "mimetic"]],
  ["bert", ["trunc_normal", "truncated_normal"]],
  ["hessian-free", ["sparse"]],
  ["看似线性", ["looks_linear"]],
  ["mimetic", ["mimetic"]],
  ["模仿", ["mimetic"]],
  ["orthogonal", ["orthogonal", "delta_orthogonal"]],
  ["正交", ["orthogonal", "delta_orthogonal"]],
  ["平均场", ["edge_of_chaos"]],
  ["SELU", ["lecun_uniform", "lecun_normal"]],
] as const)("“%s” finds its schemes", (search, expected) => {
  expect(idsFor(search)).toEqual(expect.arrayContaining([...expected]));
});

const netsFor = (search: string) => findNets(search, "en").nets.map(({ name }) => name);
const RESNETS = ["Pre-activation ResNet", "Post-activation ResNet"];
const BLOCKS = ["Pre-LN feed-forward", "Post-LN feed-forward", "GPT-2’s MLPs"];

it.each([
  ["residual", [...RESNETS, ...BLOCKS, "ReZero", "Fixup"]],
  ["残差", [...RESNETS, ...BLOCKS, "ReZero", "Fixup"]],
  ["batchnorm", RESNETS],
  ["BatchNorm resnet", RESNETS],
  ["layernorm", BLOCKS],
  ["fixup", ["Fixup"]],
  ["transformer", BLOCKS],
  ["bert", ["Post-LN feed-forward"]],
  ["t5", ["Pre-LN feed-forward"]],
  ["mup", ["MLP with a head"]],
  ["mlp", ["MLP with a head", "GPT-2’s MLPs"]],
] as const)("“%s” finds its networks too", (search, expected) => {
  expect(netsFor(search)).toEqual(expected);
  // What people type is answered by schemes or networks, whatever the language.
  expect(findNets(search, "zh").nets.map(({ state }) => state)).toEqual(
    findNets(search, "en").nets.map(({ state }) => state),
  );
});

it("networks are states that the lab takes, and none is found by nonsense or by no word", () => {
  for (const { state } of findNets("residual", "en").nets)
    expect(parseState("propagation", state).issues).toEqual([]);
  expect(["qwertz", "", "  ", "nn.Linear", "何"].flatMap(netsFor)).toEqual([]);
});

it.each(
  ["residual batchnorm fixup mup bert t5 transformer nn.Linear sine 何 恺明".split(" ")].flat(),
)("“%s” finds something", (search) => {
  expect([...idsFor(search), ...netsFor(search)]).not.toEqual([]);
});

it("a scheme is found by its id and by its whole name, whatever the page's language", () => {
  for (const { id } of catalogue.schemes)
    for (const search of [id, messagesOf("en").schemes[id].name, messagesOf("zh").schemes[id].name])
      expect(idsFor(search), search).toContain(id);
});

it("a word of letters is one from its beginning: few are found by “he”, none by nonsense", () => {
  expect(idsFor("he")).not.toContain("orthogonal");
  expect(idsFor("he").length).toBeLessThan(8);
  expect(idsFor("qwertz")).toEqual([]);
  expect(idsFor("何 glorot")).toEqual([]); // every word must be there
  expect(idsFor("  ")).toHaveLength(catalogue.schemes.length);
});
