// What schemes and tensors refuse, by which field and in which words.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "initscope/checked.hpp"
#include "scheme_cases.hpp"

using namespace initscope;

namespace {

Issues issues_of(const Spec& spec) {
  InitializeSpec out;
  return read(spec, out);
}

}  // namespace

TEST_CASE("Bad values of every parameter of every scheme are refused by name") {
  for (const Scheme& scheme : schemes())
    for (const Field& field : scheme.fields) {
      const std::string name = std::string("scheme.") + field.id;
      const auto refused = [&](const Value& value) {
        Spec spec = test::tensor_of(scheme, 200, 500);
        spec.set(name, value);
        const Issues issues = issues_of(spec);
        INFO(scheme.id << " " << name);
        REQUIRE_FALSE(issues.empty());
        CHECK(std::any_of(issues.begin(), issues.end(),
                          [&](const Issue& i) { return i.field == name; }));
        CHECK(describe(issues[0]).find(issues[0].allowed) != std::string::npos);
      };
      refused(std::string("nonsense"));
      refused(std::string());
      refused(std::nan(""));
      refused(std::numeric_limits<double>::infinity());
      refused(1e300);
      refused(std::vector<double>{1, 2});
    }
}

TEST_CASE("Every other field refuses what it cannot take") {
  const auto refused = [](const char* field, const Value& value, Reason reason) {
    Spec spec{{"scheme", "normal"}, {"shape", std::vector<double>{200, 500}}};
    spec.set(field, value);
    const Issues issues = issues_of(spec);
    INFO(field);
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].field == field);
    CHECK(issues[0].reason == reason);
  };
  refused("scheme", std::string("he"), Reason::not_a_choice);
  refused("scheme", 3.0, Reason::not_a_choice);
  refused("seed", std::string("-9223372036854775809"), Reason::not_a_seed);
  refused("seed", std::string("--1"), Reason::not_a_seed);
  refused("seed", std::string("+1"), Reason::not_a_seed);
  refused("seed", std::string("18446744073709551616"), Reason::not_a_seed);
  refused("seed", std::string(""), Reason::not_a_seed);
  refused("seed", 1.5, Reason::not_a_seed);
  refused("shape", std::vector<double>{}, Reason::not_a_shape);
  refused("shape", std::vector<double>(9, 1), Reason::not_a_shape);
  refused("shape", std::vector<double>{5, -1}, Reason::not_a_shape);
  refused("shape", std::vector<double>{5, 1.5}, Reason::not_a_shape);
  refused("shape", std::vector<double>{5, std::nan("")}, Reason::not_a_shape);
  refused("shape", std::vector<double>{1e6, 1e6}, Reason::too_many);
  refused("layer", -1.0, Reason::out_of_range);
  refused("layer", 0.5, Reason::not_an_integer);
  refused("depth", 3.0, Reason::unknown_field);
  // As torch.manual_seed: any 64 bits, and a negative number counts from 2^64.
  const auto seed_of = [](const Value& seed) {
    return checked::parse<InitializeSpec>({{"seed", seed}}).seed;
  };
  CHECK(seed_of("18446744073709551615") == ~std::uint64_t{0});
  CHECK(seed_of("-1") == ~std::uint64_t{0});
  CHECK(seed_of(-1) == ~std::uint64_t{0});
  CHECK(seed_of("-9223372036854775808") == std::uint64_t{1} << 63);
}

TEST_CASE("Parameters that contradict one another are refused") {
  const auto reason = [](const Spec& spec) {
    const Issues issues = issues_of(spec);
    REQUIRE(issues.size() == 1);
    return issues[0].reason;
  };
  CHECK(reason({{"scheme", std::string("uniform")}, {"scheme.a", 2.0}}) == Reason::not_below);
  CHECK(reason({{"scheme", std::string("trunc_normal")}, {"scheme.a", 3.0}}) == Reason::not_below);
  CHECK(reason({{"scheme", std::string("trunc_normal")}, {"scheme.mean", 50.0}}) ==
        Reason::out_of_reach);
  CHECK(issues_of({{"scheme", std::string("uniform")}, {"scheme.a", 1.0}}).empty());
  CHECK_THROWS_AS(checked::initialize({{"scheme", std::string("uniform")}, {"scheme.a", 2.0}}),
                  std::invalid_argument);
}

TEST_CASE("Tensors that a scheme does not have are refused") {
  const auto reason = [](const char* scheme, const std::vector<double>& shape,
                         const Spec& more = {}) {
    Spec spec = more;
    spec.set("scheme", std::string(scheme));
    spec.set("shape", shape);
    const Issues issues = issues_of(spec);
    INFO(scheme);
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].field == "shape");
    return issues[0].reason;
  };
  CHECK(reason("kaiming_normal", {5}) == Reason::not_of_rank);
  CHECK(describe(issues_of({{"shape", 5}})[0]) == "shape must have 2..8 extents, not 1");
  CHECK(describe(issues_of({{"scheme", "dirac"}, {"shape", {5, 5, 3}}, {"scheme.groups", 2}})[0]) ==
        "shape = 5,5,3 is not divisible by groups = 2 (n_out = 5)");
  CHECK(reason("eye", {5, 5, 5}) == Reason::not_of_rank);
  CHECK(reason("sparse", {5, 5, 5}) == Reason::not_of_rank);
  CHECK(reason("dirac", {5, 5}) == Reason::not_of_rank);
  CHECK(reason("dirac", {4, 4, 3, 3, 3, 3}) == Reason::not_of_rank);
  CHECK(reason("dirac", {5, 5, 3}, {{"scheme.groups", 2.0}}) == Reason::not_divisible);
  CHECK(reason("delta_orthogonal", {4, 8, 3}) == Reason::too_many);
  CHECK(reason("looks_linear", {5, 4}) == Reason::not_divisible);
  CHECK(reason("mimetic", {8, 4}) == Reason::too_many);
  CHECK(reason("orthogonal", {4096, 4096}) == Reason::too_many);
  CHECK(issues_of({{"scheme", std::string("uniform")}, {"shape", std::vector<double>{5}}}).empty());
  // Zero elements are a no-op, whatever the fans.
  for (const char* scheme : {"kaiming_normal", "xavier_uniform", "orthogonal", "sparse", "eye"})
    for (const char* generator : {"initscope", "torch"})
      CHECK(checked::initialize({{"scheme", std::string(scheme)},
                                 {"generator", std::string(generator)},
                                 {"shape", std::vector<double>{0, 0}}})
                .empty());
}

TEST_CASE("A message repeats what it was given as it was, and not all of what is long") {
  const auto said = [](const char* field, const Value& value) {
    Spec spec;
    spec.set(field, value);
    const Issues issues = issues_of(spec);
    REQUIRE_FALSE(issues.empty());
    return describe(issues[0]);
  };
  CHECK(said("scheme", "{allowed} {field}").find("not {allowed} {field}") != std::string::npos);
  CHECK(said("{value}", 1).starts_with("{value} is not a field here"));
  const std::string long_text(100000, 'x');
  CHECK(said("scheme", long_text).size() < 3 * k_most_shown + 1000);
  CHECK(said("shape", std::vector<double>(100000, 3)).size() < 2 * k_most_shown);
  CHECK(said(long_text.c_str(), 1).size() < 2 * k_most_shown);
  // Three bytes a character, and the cut would fall within one.
  std::string han;
  for (int i = 0; i < 100; ++i) han += "\xe6\x9d\x83";
  CHECK(said("seed", han).ends_with("\xe6\x9d\x83..."));
}

TEST_CASE("A window that is 0 in all taps is refused where Keras would divide by it") {
  const auto stft = [](const char* scaling, const char* periodic, double taps) {
    return Spec{{"scheme", "stft"},
                {"shape", {9, 1, taps}},
                {"scheme.scaling", scaling},
                {"scheme.periodic", periodic}};
  };
  for (const char* scaling : {"density", "spectrum"}) {
    const Issues issues = issues_of(stft(scaling, "false", 2));
    REQUIRE(issues.size() == 1);
    CHECK(describe(issues[0]) ==
          "shape = 9,1,2 does not go with scheme.window = hann, which is 0 in both taps if not "
          "periodic");
    CHECK(issues_of(stft(scaling, "true", 2)).empty());
    for (const double taps : {1.0, 3.0}) CHECK(issues_of(stft(scaling, "false", taps)).empty());
  }
  const auto unscaled = checked::parse<InitializeSpec>(stft("none", "false", 2));
  REQUIRE(warnings(unscaled.scheme, unscaled.shape).size() == 1);
  CHECK(warnings(unscaled.scheme, unscaled.shape)[0].reason == Reason::all_zero);
}
