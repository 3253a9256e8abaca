// What the tensors of a model say of one another: copies, seeds, distances, the order of building.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "audits.hpp"

using namespace initscope;
using namespace initscope::test;

namespace {

struct Named {
  std::string name;
  Shape shape;
  Floats values;
  StoredType type = StoredType::f32;
};

ModelReport model_of(const std::vector<Named>& all) {
  std::vector<StoredTensor> tensors;
  for (const Named& one : all) tensors.push_back(tensor_of(one.name, one.shape, one.type));
  find_weights(tensors);
  ModelAudit model;
  for (std::size_t i = 0; i < all.size(); ++i) model.add(audit(tensors[i], all[i].values));
  return model.conclude();
}

/// torch.nn.Linear(in, out) from the generator: weight and bias.
void linear(std::vector<Named>& out, TorchGenerator& generator, const std::string& name,
            std::int64_t inputs, std::int64_t outputs) {
  const double bound = 1 / std::sqrt(static_cast<double>(inputs));
  Floats weight(static_cast<std::size_t>(inputs * outputs)),
      bias(static_cast<std::size_t>(outputs));
  generator.uniform(-bound, bound, weight);
  generator.uniform(-bound, bound, bias);
  out.push_back({name + ".weight", {outputs, inputs}, weight});
  out.push_back({name + ".bias", {outputs}, bias});
}

/// Linear(64, 128), Linear(128, 10) after torch.manual_seed(seed).
std::vector<Named> perceptron(std::uint64_t seed) {
  std::vector<Named> all;
  TorchGenerator generator(seed);
  linear(all, generator, "0", 64, 128);
  linear(all, generator, "2", 128, 10);
  return all;
}

void train(Floats& values, float size) {
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] += size * std::sin(static_cast<float>(i) * 0.37F);
}

}  // namespace

TEST_CASE("Vectors are given the weights of their modules") {
  std::vector<StoredTensor> tensors;
  for (const char* name : {"a.weight", "a.bias", "b.bias", "rnn.weight_ih_l0", "rnn.bias_ih_l0",
                           "c/kernel", "c/bias", "d/0", "d/1", "bias"})
    tensors.push_back(tensor_of(name, {4, static_cast<std::int64_t>(tensors.size() + 1)}));
  for (const std::size_t i : {1u, 2u, 4u, 6u, 8u, 9u}) tensors[i].shape = {4};
  find_weights(tensors);
  CHECK(tensors[1].weight == Shape{4, 1});
  CHECK_FALSE(tensors[2].weight);
  CHECK(tensors[4].weight == Shape{4, 4});
  CHECK(tensors[6].weight == Shape{4, 6});
  CHECK(tensors[8].weight == Shape{4, 8});
  CHECK_FALSE(tensors[9].weight);
  CHECK_FALSE(tensors[0].weight);
}

TEST_CASE("Seed and offsets of all tensors come from one of them") {
  for (const std::uint64_t seed : {0u, 42u, 4294967295u}) {
    const ModelReport model = model_of(perceptron(seed));
    CHECK(model.seed == seed);
    const std::uint64_t offsets[] = {0, 8192, 8320, 9600};
    REQUIRE(model.ledger.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) {
      const TensorReport& report = model.tensors[i];
      CAPTURE(seed, i);
      REQUIRE(report.seed);
      CHECK(report.seed->seed == seed);
      CHECK(report.seed->offset == offsets[i]);
      CHECK(report.verdict == Verdict::untouched);
      CHECK(report.distance == 0);
      CHECK(model.ledger[i].tensor == i);
      CHECK(model.ledger[i].proved);
    }
    CHECK(model.tensors[3].certificate == Certificate::stream);  // ten values alone certify nothing
    CHECK(model.findings.empty());
  }
}

TEST_CASE("Without a tensor that certifies a seed there is none") {
  std::vector<Named> all = perceptron(3);
  for (Named& one : all) train(one.values, 0.001F);
  const ModelReport model = model_of(all);
  CHECK_FALSE(model.seed);
  CHECK(model.ledger.empty());
  for (const TensorReport& report : model.tensors) {
    CHECK_FALSE(report.seed);
    CHECK_FALSE(report.distance);
    CHECK(report.verdict != Verdict::untouched);
  }
}

TEST_CASE("Distances of trained tensors come from the seed of one that was not") {
  std::vector<Named> all = perceptron(5);
  const Floats before = all[2].values;
  train(all[2].values, 0.02F);
  const ModelReport model = model_of(all);
  double moved = 0, drawn = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    moved += std::pow(static_cast<double>(all[2].values[i] - before[i]), 2);
    drawn += std::pow(static_cast<double>(before[i]), 2);
  }
  REQUIRE(model.tensors[2].distance);
  CHECK(std::abs(*model.tensors[2].distance - std::sqrt(moved / drawn)) < 1e-4);
  CHECK(model.tensors[2].seed->offset == 8320);
  CHECK(model.tensors[2].verdict == Verdict::not_at_init);
  CHECK_FALSE(model.ledger[2].proved);
  CHECK(model.tensors[0].distance == 0);
}

TEST_CASE("What still fits its law after training is not at its initialization") {
  std::vector<Named> all = perceptron(5);
  for (float& value : all[1].values) value *= 0.98F;
  const ModelReport model = model_of(all);
  const TensorReport& bias = model.tensors[1];
  REQUIRE(bias.distance);
  CHECK(std::abs(*bias.distance - 0.02) < 1e-4);
  CHECK(bias.verdict == Verdict::not_at_init);
  CHECK(bias.why == Why::moved);
  CHECK_FALSE(bias.laws.empty());
  // Without a seed beside it the same values are consistent.
  const TensorReport alone = audit(tensor_of("0.bias", {128}), all[1].values);
  CHECK(alone.verdict == Verdict::consistent);
}

TEST_CASE("A layer that was left out of training is found, and none where none was trained") {
  std::vector<Named> all = perceptron(5);
  Floats& trained = all[2].values;
  for (std::size_t i = 0; i < trained.size(); ++i)
    trained[i] +=
        0.05F * std::sin(static_cast<float>(i / 128 + 1)) * std::cos(static_cast<float>(i % 128));
  const ModelReport model = model_of(all);
  CHECK(model.tensors[2].verdict == Verdict::not_at_init);
  CHECK(finding(model.tensors[0], "never_trained") != nullptr);
  CHECK(finding(model.tensors[2], "never_trained") == nullptr);
  REQUIRE_FALSE(model.findings.empty());
  CHECK(model.findings[0].id == "never_trained");
  CHECK(model.findings[0].place == "0.weight");
}

TEST_CASE("Rows of an embedding that training never saw are counted") {
  std::vector<Named> all;
  TorchGenerator generator(11);
  Floats table(400 * 32);
  generator.normal(0, 1, table);
  for (std::size_t row = 0; row < 400; ++row)
    if (row % 10 < 3)
      for (std::size_t j = 0; j < 32; ++j) table[row * 32 + j] += 0.1F * static_cast<float>(j % 3);
  all.push_back({"emb.weight", {400, 32}, table});
  linear(all, generator, "head", 32, 64);
  const ModelReport model = model_of(all);
  CHECK(model.seed == 11);
  REQUIRE(finding(model.tensors[0], "never_trained") != nullptr);
  CHECK(std::abs(finding(model.tensors[0], "never_trained")->number - 0.7) < 1e-12);
  CHECK(model.tensors[0].verdict == Verdict::not_at_init);
}

TEST_CASE("A std that no formula has is found by its decimals, and is no sign of training") {
  for (const double std : {0.03, 0.0123456}) {
    std::vector<Named> all;
    TorchGenerator generator(11);
    Floats table(400 * 32);
    generator.normal(0, std, table);
    all.push_back({"a.weight", {400, 32}, table});
    linear(all, generator, "head", 32, 64);
    const ModelReport model = model_of(all);
    CHECK(model.tensors[0].verdict == Verdict::untouched);
    CHECK(model.tensors[0].certificate == Certificate::phase);
    CHECK(model.tensors[0].distance.value_or(0) == 0);
    if (std == 0.03) CHECK(model.ledger.at(0).proved);
    CHECK(finding(model.tensors[0], "never_trained") == nullptr);
  }
}

TEST_CASE("Halves are placed by their neighbours' seed") {
  std::vector<Named> all = perceptron(7);
  all[2].type = StoredType::bf16;
  const ModelReport model = model_of(all);
  CHECK(model.tensors[2].certificate == Certificate::stream);
  CHECK(model.tensors[2].seed->offset == 8320);
}

TEST_CASE("A frozen layer that is too small for algebra gives its seed by trial") {
  std::vector<Named> all;
  TorchGenerator generator(1234);
  linear(all, generator, "0", 20, 48);
  linear(all, generator, "2", 48, 4);
  for (const std::size_t i : {0u, 1u}) train(all[i].values, 0.2F);
  const ModelReport model = model_of(all);
  CHECK(model.seed == 1234);
  CHECK(model.tensors[2].seed->offset == 20 * 48 + 48);
  Floats drawn = torch_uniform(1234, 20 * 48, 1 / std::sqrt(20.0));
  double moved = 0, size = 0;
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    moved += std::pow(static_cast<double>(all[0].values[i] - drawn[i]), 2);
    size += std::pow(static_cast<double>(drawn[i]), 2);
  }
  // By the default of the layer, though the values' scale is nearer to other formulas by now.
  REQUIRE(model.tensors[0].distance);
  CHECK(std::abs(*model.tensors[0].distance - std::sqrt(moved / size)) < 1e-4);
}

TEST_CASE("A file of halves gives its seed by trial, and a false one none") {
  for (const StoredType type : {StoredType::f16, StoredType::bf16}) {
    std::vector<Named> all = perceptron(42);
    for (Named& one : all) one.type = type;
    const ModelReport model = model_of(all);
    CHECK(model.seed == 42);
    CHECK(model.tensors[0].certificate == Certificate::stream);
    for (Named& one : all) one.values = own_uniform(3, one.values.size(), 0.088F);
    CHECK_FALSE(model_of(all).seed);
  }
}

TEST_CASE("A padding row is no row that was trained") {
  std::vector<Named> all;
  TorchGenerator generator(42);
  Floats table(50 * 32);
  generator.normal(0, 1, table);
  std::fill(table.begin(), table.begin() + 32, 0.0F);
  all.push_back({"emb.weight", {50, 32}, table});
  linear(all, generator, "head", 32, 64);
  const ModelReport model = model_of(all);
  CHECK(model.tensors[0].verdict == Verdict::untouched);
  CHECK(finding(model.tensors[0], "never_trained") == nullptr);
  CHECK(finding(model.tensors[1], "never_trained") == nullptr);
}

TEST_CASE("Copies are found, constants and tied tensors are none") {
  std::vector<Named> all = perceptron(1);
  all.push_back({"copy.weight", all[0].shape, all[0].values});
  all.push_back({"a.norm", {64}, Floats(64, 1)});
  all.push_back({"b.norm", {64}, Floats(64, 1)});
  const ModelReport model = model_of(all);
  REQUIRE(finding(model.tensors[4], "copied") != nullptr);
  CHECK(finding(model.tensors[4], "copied")->place == "0.weight");
  CHECK(finding(model.tensors[0], "copied") == nullptr);
  CHECK(finding(model.tensors[6], "copied") == nullptr);

  StoredTensor tied = tensor_of("head.weight", {128, 64});
  tied.tied_to = 0;
  ModelAudit again;
  again.add(audit(tensor_of("emb.weight", {128, 64}), torch_uniform(1, 128 * 64, 0.125)));
  again.add(TensorAudit(tied).finish());
  const ModelReport pair = again.conclude();
  CHECK(pair.tensors[1].name == "head.weight");
  CHECK(pair.tensors[1].verdict == Verdict::untouched);
  CHECK(pair.tensors[1].statistics.std == pair.tensors[0].statistics.std);
  CHECK(finding(pair.tensors[1], "copied") == nullptr);
  CHECK(pair.ledger.size() == 1);
}

TEST_CASE("Equal units that are read alike are symmetric") {
  const auto model = [](bool alike) {
    Floats first = own_normal(1, 16 * 12, 0.3F), second = own_normal(2, 8 * 16, 0.3F);
    std::copy(first.begin(), first.begin() + 12, first.begin() + 36);  // units 0 and 3
    if (alike)
      for (std::size_t i = 0; i < 8; ++i) second[i * 16 + 3] = second[i * 16];
    return model_of({{"a.weight", {16, 12}, first}, {"b.weight", {8, 16}, second}});
  };
  REQUIRE(finding(model(true).tensors[0], "symmetric") != nullptr);
  CHECK(finding(model(true).tensors[0], "symmetric")->severity == Severity::error);
  CHECK(finding(model(true).tensors[0], "symmetric")->place == "b.weight");
  CHECK(finding(model(false).tensors[0], "symmetric") == nullptr);
  CHECK(finding(model(false).tensors[0], "duplicate_rows") != nullptr);
}
