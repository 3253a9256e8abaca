// Specs as they are written: numbers of every type, and what a number cannot hold.
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "initscope/checked.hpp"
#include "initscope/layers.hpp"
#include "initscope/matrix.hpp"
#include "scheme_cases.hpp"

using namespace initscope;

namespace {

/// Every table of fields that a caller's spec is read by.
std::vector<std::span<const Field>> all_tables() {
  std::vector<std::span<const Field>> tables{
      initialize_fields(), distribution_fields(), matrix_fields(),   network_fields(),
      phase_fields(),      training_fields(),     symmetry_fields(), model_fields()};
  for (const Scheme& scheme : schemes()) tables.push_back(scheme.fields);
  for (const LibraryLayer& layer : library_layers()) tables.push_back(layer.fields);
  return tables;
}

/// What a reader makes of a number, and whether it takes it.
template <class Number>
std::pair<double, bool> read_as(const Field& field, Number number) {
  Spec spec;
  spec.set(field.id, number);
  SpecReader reader(spec);
  const double value = reader.number(field);
  return {value, reader.finish().empty()};
}

template <class Number>
void check_type(const Field& field, std::size_t& taken) {
  for (const int wanted : {0, 1, 2, 50}) {
    const auto as_double = read_as(field, static_cast<double>(wanted));
    INFO(field.id << " = " << wanted);
    CHECK(read_as(field, static_cast<Number>(wanted)) == as_double);
    if (as_double.second) ++taken;
  }
}

}  // namespace

TEST_CASE("A number is taken as any arithmetic type, in every field that has numbers") {
  std::size_t fields = 0, taken = 0;
  for (const auto table : all_tables())
    for (const Field& field : table) {
      if (field.kind != Kind::number && field.kind != Kind::integer) continue;
      ++fields;
      check_type<int>(field, taken);
      check_type<unsigned>(field, taken);
      check_type<long>(field, taken);
      check_type<unsigned long long>(field, taken);
      check_type<std::int8_t>(field, taken);
      check_type<std::uint16_t>(field, taken);
      check_type<std::size_t>(field, taken);
      check_type<float>(field, taken);
      check_type<long double>(field, taken);
    }
  CHECK(fields > 150);
  CHECK(taken > 9 * fields);
  CHECK(checked::parse<NetworkSpec>({{"depth", 7}, {"width", 5u}}).depth() == 7);
  CHECK(checked::parse<InitializeSpec>({{"shape", 7}, {"scheme", "zeros"}}).shape == Shape{7});
}

TEST_CASE("A whole number that a double cannot hold is not rounded") {
  const auto seed_of = [](const Value& value) {
    return checked::parse<InitializeSpec>({{"seed", value}}).seed;
  };
  constexpr std::uint64_t k_most = std::numeric_limits<std::uint64_t>::max();
  for (const std::uint64_t seed : {std::uint64_t{9007199254740993}, k_most, k_most - 1})
    CHECK(seed_of(seed) == seed);
  CHECK(seed_of(std::numeric_limits<std::int64_t>::min()) == std::uint64_t{1} << 63);
  CHECK(seed_of(std::int64_t{-9007199254740993}) == ~std::uint64_t{9007199254740992});
  // A field of numbers refuses it, and says which it was.
  InitializeSpec out;
  const Issues issues = read(Spec{{"first", k_most}}, out);
  REQUIRE(issues.size() == 1);
  CHECK(describe(issues[0]) ==
        "first must be a whole number in 0..33554432, not 18446744073709551615");
}

TEST_CASE(
    "Fields are read by name: no table has a name twice, and each field is found by its own") {
  for (const auto table : all_tables())
    for (const Field& field : table) {
      INFO(field.id);
      CHECK(&field_of(table, field.id) == &field);
    }
}

TEST_CASE("The torch generator has neither layers nor replicates, whoever asks") {
  const auto refused = [](const Issues& issues, std::string_view field) {
    return issues.size() == 1 && issues[0].field == field && issues[0].reason == Reason::not_with &&
           issues[0].allowed == "generator = torch" && issues[0].value == "1";
  };
  Spec spec{{"generator", "torch"}, {"replicate", 1}};
  NetworkSpec network;
  TrainingSpec training;
  InitializeSpec tensor;
  CHECK(refused(read(spec, network), "replicate"));
  CHECK(refused(read(spec, training), "replicate"));
  CHECK(refused(read(spec, tensor), "replicate"));
  CHECK(refused(read(Spec{{"generator", "torch"}, {"layer", 1}}, tensor), "layer"));
  spec.set("replicate", 0);
  CHECK(read(spec, network).empty());
}

TEST_CASE("Copies of a network's spec share the caller's inputs") {
  const std::vector<float> data(6, 1);
  NetworkSpec spec;
  const Spec wanted{
      {"input", "data"}, {"batch", 2}, {"input_width", 3}, {"depth", 1}, {"width", 3}};
  REQUIRE(read(wanted, spec, data).empty());
  CHECK(repeated(spec, 1).data == spec.data);
  CHECK(*spec.data == data);
  REQUIRE(read(Spec{}, spec).empty());
  CHECK(spec.data == nullptr);
}
