// Samples follow their laws, and wrong samples are found out.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>

#include "../core/scheme_cases.hpp"
#include "battery.hpp"
#include "initscope/checked.hpp"

using namespace initscope;

namespace {

constexpr std::size_t k_values = 1000000;

std::vector<float> sample(const Law& law) {
  std::vector<float> values(k_values);
  law.fill(Stream(test::seed(), {}), values);
  return values;
}

double p_worst(std::vector<float> values, const Law& law) {
  return test::worst(test::test_law(values, law)).p;
}

Law law_of(const Spec& spec) { return checked::parse<InitializeSpec>(spec).scheme.law(); }

}  // namespace

TEST_CASE("Samplers follow their laws, the tails of truncated normals included") {
  const Law law =
      GENERATE(Law::uniform(-1, 1), Law::uniform(0, 1), Law::uniform(3, 5), Law::normal(0, 1),
               Law::normal(-3, 0.5), Law::truncated_normal(0, 1, -2, 2),
               Law::truncated_normal(0, 1, 4, 6), Law::truncated_normal(0, 1, 5, 7),
               Law::truncated_normal(0, 1, -7, -5), Law::truncated_normal(10, 1, -2, 2),
               Law::truncated_normal(-3, 2, 1.5, 9), Law::truncated_normal(0, 1, -8, 8),
               Law::truncated_normal(0, 1, 30, 31), Law::truncated_normal(0, 0.02, -2, 2));
  CAPTURE(law.lowest(), law.highest(), law.mean(), law.std());
  auto values = sample(law);
  for (const auto& [name, p] : test::test_law(values, law)) {
    INFO(name << ": p = " << p << ", seed " << test::seed());
    CHECK(p > test::k_reject);
  }
  CHECK(static_cast<double>(values.front()) >= law.lowest());
  CHECK(static_cast<double>(values.back()) <= law.highest());
}

TEST_CASE("Every scheme that draws independent elements follows its law") {
  for (const Scheme& scheme : schemes()) {
    if (scheme.draw != nullptr) continue;
    Spec spec = test::tensor_of(scheme, 800, 1250);
    spec.set("seed", std::to_string(test::seed()));
    const Law law = law_of(spec);
    if (law.kind() == Law::Kind::atom) continue;
    auto values = checked::initialize(spec);
    for (const auto& [name, p] : test::test_law(values, law)) {
      INFO(scheme.id << ", " << name << ": p = " << p << ", seed " << test::seed());
      CHECK(p > test::k_reject);
    }
  }
}

TEST_CASE("Every other scheme of known law follows it at 10^6 elements") {
  for (const Scheme& scheme : schemes()) {
    if (scheme.draw == nullptr || !test::draws_tensors(scheme)) continue;
    for (const char* generator : {"initscope", "torch"}) {
      Spec spec = test::tensor_of(scheme, 800, 1250);
      spec.set("seed", std::to_string(test::seed()));
      spec.set("generator", std::string(generator));
      InitializeSpec read_spec;
      if (!read(spec, read_spec).empty()) continue;  // a mimetic pair of that size
      INFO(scheme.id << ", " << generator << ", seed " << test::seed());
      const Law law = law_of(spec);
      if (law.kind() == Law::Kind::unknown) continue;
      auto values = checked::initialize(spec);
      Moments moments;
      moments.add(values);
      // Elements of an orthogonal matrix vary together less than independent ones do; of a mirrored
      // one, four are one. 5 standard errors: P < 6e-7 each.
      const double n = static_cast<double>(values.size()) /
                       (std::string_view(scheme.id) == "looks_linear" ? 4 : 1);
      CHECK(std::abs(moments.mean() - law.mean()) <= 5 * law.std() / std::sqrt(n));
      CHECK(std::abs(moments.std() - law.std()) <= 5 * law.std() / std::sqrt(n));
      std::sort(values.begin(), values.end());
      CHECK(kolmogorov_smirnov(values, law) <= 2.5 / std::sqrt(n));  // P = 7e-6
    }
  }
}

TEST_CASE("The battery of laws rejects wrong samples") {
  CHECK(p_worst(sample(Law::normal(0, 1)), Law::normal(0, 1)) > test::k_reject);
  // std x 1.02
  CHECK(p_worst(sample(Law::normal(0, 1.02)), Law::normal(0, 1)) < test::k_reject);
  // no truncation
  CHECK(p_worst(sample(Law::normal(0, 1)), Law::truncated_normal(0, 1, -2, 2)) < test::k_reject);
  // truncated, but without the correction of std that Keras makes
  CHECK(p_worst(sample(Law::truncated_normal(0, 1, -2, 2)),
                Law::truncated_normal(0, 1 / 0.87962566103423978, -2 / 0.87962566103423978,
                                      2 / 0.87962566103423978)) < test::k_reject);
  // a uniform law one part in 200 too wide
  CHECK(p_worst(sample(Law::uniform(-1.005, 1.005)), Law::uniform(-1, 1)) < test::k_reject);
  // the wrong fan
  const Spec fan_in{{"scheme", std::string("kaiming_normal")},
                    {"shape", std::vector<double>{1000, 1040}}};
  Spec fan_out = fan_in;
  fan_out.set("scheme.mode", std::string("fan_out"));
  CHECK(p_worst(checked::initialize(fan_in), law_of(fan_in)) > test::k_reject);
  CHECK(p_worst(checked::initialize(fan_out), law_of(fan_in)) < test::k_reject);
  // a float32 inverse in the tail, which takes a few values only
  auto coarse = sample(Law::truncated_normal(0, 1, 4, 6));
  for (float& value : coarse) value = std::round(value * 64) / 64;
  CHECK(p_worst(coarse, Law::truncated_normal(0, 1, 4, 6)) < test::k_reject);
  // tails cut at 4 std, where 63 of a million lie
  auto cut = sample(Law::normal(0, 1));
  for (float& value : cut) value = std::clamp(value, -4.0F, 4.0F);
  CHECK(p_worst(cut, Law::normal(0, 1)) < test::k_reject);
}
