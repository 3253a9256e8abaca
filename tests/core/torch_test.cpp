// PyTorch's numbers: every vector of tests/golden/torch.txt, and the properties behind them.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include "initscope/checked.hpp"
#include "initscope/layers.hpp"
#include "initscope/torch_generator.hpp"
#include "initscope/weights.hpp"
#include "sha256.hpp"

using namespace initscope;

namespace {

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, by);) parts.push_back(part);
  return parts;
}

std::vector<double> numbers(const std::string& text) {
  std::vector<double> values;
  for (const std::string& part : split(text, ',')) values.push_back(std::stod(part));
  return values;
}

/// "name:value;..." as a spec; what is no number is text.
Spec parameters_of(const std::string& text, const std::string& prefix) {
  Spec spec;
  for (const std::string& part : split(text, ';')) {
    const auto colon = part.find(':');
    if (colon == std::string::npos) continue;
    const std::string value = part.substr(colon + 1);
    const bool number = value.find_first_not_of("+-.0123456789e") == std::string::npos;
    spec.set(prefix + part.substr(0, colon), number ? Value(std::stod(value)) : Value(value));
  }
  return spec;
}

struct Line {
  std::vector<std::string> words;
};

std::vector<Line> golden() {
  std::ifstream file(INITSCOPE_GOLDEN "/torch.txt");
  std::vector<Line> lines;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line[0] != '#') lines.push_back({split(line, ' ')});
  return lines;
}

std::vector<float> draw(const Line& line) {
  Spec spec = line.words[4] == "-" ? Spec{} : parameters_of(line.words[4], "scheme.");
  spec.set("scheme", line.words[1]);
  spec.set("shape", numbers(line.words[2]));
  spec.set("seed", line.words[3]);
  spec.set("generator", std::string("torch"));
  return checked::initialize(spec);
}

ModelSpec model_of(const std::string& seed, const std::string& text) {
  std::vector<Spec> specs;
  for (const std::string& layer : split(text, '|')) {
    Spec spec = parameters_of(layer, "");
    spec.set("layer", split(layer, ';')[0]);
    specs.push_back(spec);
  }
  ModelSpec model;
  const Issues issues = read({{"seed", seed}, {"generator", std::string("torch")}}, specs, model);
  for (const Issue& issue : issues) FAIL(describe(issue));
  return model;
}

}  // namespace

TEST_CASE("Tensors are PyTorch's, bit for bit") {
  int tensors = 0, matrices = 0;
  for (const Line& line : golden()) {
    const std::string& kind = line.words[0];
    if (kind != "tensor" && kind != "matrix") continue;
    INFO(line.words[1] << " " << line.words[2] << " seed " << line.words[3]);
    const auto values = draw(line);
    if (kind == "tensor") {
      CHECK(test::sha256_of(values) == line.words[5]);
      ++tensors;
      continue;
    }
    ++matrices;
    const auto expected = numbers(line.words[5]);
    REQUIRE(expected.size() <= values.size());
    double worst = 0;
    for (std::size_t i = 0; i < expected.size(); ++i)
      worst = std::max(worst, std::abs(static_cast<double>(values[i]) - expected[i]));
    CHECK(worst < 2e-6);
  }
  CHECK(tensors == 33);
  CHECK(matrices == 3);
}

TEST_CASE("Modules are PyTorch's, parameter for parameter") {
  const auto lines = golden();
  int models = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].words[0] != "model") continue;
    ++models;
    INFO(lines[i].words[2]);
    const ModelSpec model = model_of(lines[i].words[1], lines[i].words[2]);
    const auto listed = parameters(model);
    const auto values = initialize(model);
    for (std::size_t p = 0; p < listed.size(); ++p) {
      const auto& expected = lines[i + 1 + p].words;
      REQUIRE(expected[0] == "parameter");
      CHECK(listed[p].name == expected[1]);
      const auto shape = numbers(expected[2]);
      CHECK(listed[p].shape == Shape(shape.begin(), shape.end()));
      CHECK(test::sha256_of(values[p]) == expected[3]);
    }
    const std::size_t next = i + 1 + listed.size();
    CHECK((next == lines.size() || lines[next].words[0] != "parameter"));
  }
  CHECK(models == 10);
}

TEST_CASE("One generator carries its state, the waiting normal included, from call to call") {
  std::optional<TorchGenerator> generator;
  int calls = 0;
  for (const Line& line : golden()) {
    if (line.words[0] == "calls") generator.emplace(std::stoull(line.words[1]));
    if (line.words[0] != "normal") continue;
    ++calls;
    std::vector<float> values(std::stoul(line.words[1]));
    generator->normal(0, 1, values);
    const auto expected = numbers(line.words[2]);
    for (std::size_t i = 0; i < values.size(); ++i)
      CHECK(values[i] == static_cast<float>(expected[i]));
  }
  CHECK(calls == 7);
}

TEST_CASE("Seeds count modulo 2^32") {
  TorchGenerator seven(7), larger((std::uint64_t{1} << 32) + 7);
  CHECK(seven.random() == larger.random());
  TorchGenerator zero(0);
  CHECK(zero.random() == 2357136044U);
  TorchGenerator again(0);
  CHECK(again.random64() == (std::uint64_t{2357136044U} << 32 | 2546248239U));
}

TEST_CASE("A gain of 0 gives the lower bound, -0, by the rule of torch 2.12") {
  // uniform_(-0.0, 0.0) draws +0, which equals the upper bound and becomes the lower. Torch
  // before 2.12 has +0. The two are equal as numbers, and differ in their bits.
  const auto zeros = checked::initialize({{"scheme", "xavier_uniform"},
                                          {"scheme.gain", 0},
                                          {"shape", {2, 3}},
                                          {"generator", "torch"}});
  for (const float zero : zeros) {
    CHECK(zero == 0);
    CHECK(std::signbit(zero));
  }
}

TEST_CASE("A permutation is torch.randperm's") {
  const auto permuted = [](std::uint64_t seed) {
    TorchGenerator generator(seed);
    std::vector<std::uint32_t> order(10);
    generator.permutation(order);
    return order;
  };
  CHECK(permuted(0) == std::vector<std::uint32_t>{4, 1, 7, 5, 3, 9, 0, 8, 6, 2});
  CHECK(permuted(42) == std::vector<std::uint32_t>{2, 6, 1, 8, 4, 5, 0, 9, 3, 7});
}

TEST_CASE("A normal tensor does not begin with a shorter one, a uniform one does") {
  std::vector<float> long_one(17), short_one(16);
  TorchGenerator(0).normal(0, 1, long_one);
  TorchGenerator(0).normal(0, 1, short_one);
  CHECK(long_one[0] == short_one[0]);
  CHECK(long_one[1] != short_one[1]);
  TorchGenerator(0).uniform(0, 1, long_one);
  TorchGenerator(0).uniform(0, 1, short_one);
  CHECK(std::equal(short_one.begin(), short_one.end(), long_one.begin()));
}

TEST_CASE("Words are used up even where all values are equal") {
  for (const char* scheme : {"uniform", "normal"}) {
    SchemeSpec spec;
    spec.scheme = find_scheme(scheme);
    spec.parameters = {{"a", 1.0}, {"b", 1.0}, {"mean", 1.0}, {"std", 0.0}};
    TorchGenerator drawn(3), fresh(3);
    std::vector<float> ones(32);
    spec.fill(dense_fans(4, 8), drawn, ones);
    CHECK(std::all_of(ones.begin(), ones.end(), [](float x) { return x == 1; }));
    CHECK(drawn.random() != fresh.random());
  }
}

TEST_CASE("The upper bound is never drawn, and rejection has an end") {
  std::vector<float> values(200000);
  TorchGenerator(1).uniform(0.99999, 1, values);
  CHECK(std::none_of(values.begin(), values.end(), [](float x) { return x >= 1; }));
  // 30 std out: torch would draw the tensor 10^5 times. The check refuses instead.
  InitializeSpec out;
  const Issues issues = read({{"scheme", std::string("trunc_normal")},
                              {"scheme.a", 30.0},
                              {"scheme.b", 1000.0},
                              {"generator", std::string("torch")}},
                             out);
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].reason == Reason::too_many);
}

TEST_CASE("A network with the torch generator has the weights of the calls in order") {
  NetworkSpec network;
  const Issues issues = read({{"scheme", std::string("kaiming_normal")},
                              {"bias", std::string("torch_linear_bias")},
                              {"depth", 3.0},
                              {"width", 10.0},
                              {"generator", std::string("torch")},
                              {"seed", std::string("5")}},
                             network);
  REQUIRE(issues.empty());
  const Plan plan = plan_of(network);
  NetworkWeights source(network, plan);
  TorchGenerator generator(5);
  std::vector<float> weight(100), bias(10), expected(100), expected_bias(10), again(100);
  for (std::size_t layer = 1; layer <= 3; ++layer) {
    source.prepare(layer, weight, bias);
    generator.normal(0, std::sqrt(2.0) / std::sqrt(10.0), expected);
    generator.uniform(-1 / std::sqrt(10.0), 1 / std::sqrt(10.0), expected_bias);
    CHECK(weight == expected);
    CHECK(bias == expected_bias);
  }
  source.redraw(3, again);
  CHECK(again == weight);
}

TEST_CASE(
    "A part of a torch tensor is that part of the whole, and leaves the generator behind it") {
  std::size_t compared = 0;
  for (const std::size_t size : {1u, 2u, 15u, 16u, 17u, 31u, 32u, 33u, 47u, 64u, 100u})
    for (const char* scheme : {"normal", "uniform", "trunc_normal", "sparse", "zeros"})
      for (std::size_t first = 0; first <= size; ++first)
        for (const std::size_t count :
             {std::size_t{0}, std::size_t{1}, (size - first) / 2, size - first}) {
          if (first + count > size) continue;
          const auto spec =
              checked::parse<InitializeSpec>({{"scheme", scheme},
                                              {"generator", "torch"},
                                              {"shape", {static_cast<double>(size), 1}}});
          TorchGenerator one(3), other(3);
          std::vector<float> whole(size), part(count);
          spec.scheme.fill(spec.scheme.fans, one, whole);
          spec.scheme.fill(spec.scheme.fans, other, part, {first, size});
          INFO(scheme << ' ' << size << ' ' << first << ' ' << count);
          CHECK(std::equal(part.begin(), part.end(),
                           whole.begin() + static_cast<std::ptrdiff_t>(first)));
          CHECK(one.random() == other.random());
          ++compared;
        }
  CHECK(compared > 5000);
}

#ifdef __EMSCRIPTEN__
TEST_CASE("The largest part of the largest torch tensor fits into the module's memory") {
  const auto spec = checked::parse<InitializeSpec>({{"scheme", "normal"},
                                                    {"generator", "torch"},
                                                    {"shape", {8192, 4096}},
                                                    {"first", 1},
                                                    {"count", 33554431}});
  std::vector<float> values(spec.count), first(20);
  initialize(spec, values);
  InitializeSpec beginning = spec;
  beginning.count = first.size();
  initialize(beginning, first);
  CHECK(std::equal(first.begin(), first.end(), values.begin()));
}
#endif
