// The ledger: whole models, drawn as torch builds them, trained in part, and found again.
#include "initscope/ledger.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "audit_draws.hpp"

using namespace initscope;
using test::drawn;
using test::Foreign;
using Evidence = LedgerEntry::Evidence;

namespace {

/// A model as a file has it: tensors, and where each was really drawn.
struct Model {
  std::vector<std::vector<float>> values;
  std::vector<LedgerTensor> tensors;
  std::vector<std::uint64_t> offsets;

  std::vector<float>& add(const StreamPlace& place, std::vector<LawDrawn> laws, std::size_t count,
                          bool certified) {
    values.push_back(drawn(place, laws.front(), count));
    LedgerTensor tensor;
    tensor.count = count;
    tensor.laws = std::move(laws);
    tensor.certified = certified;
    tensors.push_back(std::move(tensor));
    offsets.push_back(place.offset);
    return values.back();
  }
  std::vector<LedgerEntry> ledger() {
    for (std::size_t i = 0; i < tensors.size(); ++i)
      tensors[i].sample = std::span(values[i]).first(std::min(values[i].size(), k_ledger_sample));
    return keep_ledger(tensors);
  }
};

/// Steps of training that are `distance` as long as the tensor, in directions of no meaning.
void train(std::vector<float>& values, double distance, std::uint64_t seed) {
  Foreign foreign(seed);
  double square = 0;
  for (const float value : values)
    square += static_cast<double>(value) * static_cast<double>(value);
  const double step = distance * std::sqrt(square / static_cast<double>(values.size()));
  for (float& value : values)
    value = static_cast<float>(static_cast<double>(value) + step * foreign.normal());
}

LawDrawn symmetric(double bound) { return LawDrawn::uniform(-bound, bound); }

/// Linear 20 - 48 - 48 - 4, seed 5: the last layer frozen, too small for algebra, the others
/// trained.
Model trained_network() {
  Model model;
  const double first = 1 / std::sqrt(20.0), second = 1 / std::sqrt(48.0);
  const auto laws = [](double b) {
    return std::vector{symmetric(b), symmetric(b * std::sqrt(6)), LawDrawn::normal(0, b)};
  };
  train(model.add({5, 0}, laws(first), 960, false), 1.47, 1);
  train(model.add({5, 960}, laws(first), 48, false), 2, 2);
  train(model.add({5, 1008}, laws(second), 2304, false), 2.62, 3);
  train(model.add({5, 3312}, laws(second), 48, false), 2, 4);
  model.add({5, 3360}, {symmetric(second)}, 192, true);
  model.add({5, 3552}, {symmetric(second)}, 4, false);
  return model;
}

}  // namespace

TEST_CASE("A frozen layer gives the places of the trained ones") {
  Model model = trained_network();
  CHECK(offset_by_order(model.tensors, 4) == 3360);
  SeedSearch search(model.tensors[4].laws.front(), Precision::float32, model.values[4], 3360, 0,
                    64);
  while (search.advance(64)) continue;
  REQUIRE(search.found().size() == 1);
  model.tensors[4].place = StreamPlace{search.found().front(), 3360};
  const auto ledger = model.ledger();
  const std::array evidence = {Evidence::correlated, Evidence::fits,      Evidence::correlated,
                               Evidence::fits,       Evidence::recovered, Evidence::same};
  for (std::size_t i = 0; i < ledger.size(); ++i) {
    INFO(i);
    CHECK(ledger[i].evidence == evidence[i]);
    CHECK(ledger[i].place == StreamPlace{5, model.offsets[i]});
    CHECK(ledger[i].law == 0);
  }
  CHECK(ledger[0].deviations > 10);
  CHECK(order_of_drawing(ledger) == std::vector<std::size_t>{0, 1, 2, 3, 4, 5});
}

TEST_CASE("Distances from init are those that were put in") {
  Model model = trained_network();
  const std::array distances = {1.47, 2.0, 2.62, 2.0, 0.0, 0.0};
  TorchStream stream(5);
  for (std::size_t i = 0; i < distances.size(); ++i) {
    const auto& values = model.values[i];
    DistanceFromInit distance(stream, model.offsets[i], model.tensors[i].laws.front(),
                              Precision::float32, values.size(), 4);
    for (std::size_t at = 0; at < values.size(); at += 100)
      distance.add(std::span(values).subspan(at, std::min<std::size_t>(100, values.size() - at)));
    INFO(i);
    // A step of n normal numbers is as long as is said within 4 / sqrt(2 n).
    const double within = distances[i] * 4 / std::sqrt(2.0 * static_cast<double>(values.size()));
    CHECK(std::abs(distance.relative() - distances[i]) <= within);
    CHECK(distance.changed_values() == (distances[i] > 0 ? values.size() : 0));
    CHECK(distance.same_rows() == (distances[i] > 0 ? 0 : values.size() / 4));
  }
}

TEST_CASE("A language model is found in the order in which it was built") {
  // Embedding(50, 32, padding_idx=0), then MultiheadAttention(32), which draws out_proj first, sets
  // its bias to 0, and then draws in_proj; its encoder layer's Linear(32, 64) and Linear(64, 32); a
  // copy of the layer.
  const std::uint32_t seed = 42;
  const double b32 = 1 / std::sqrt(32.0), b64 = 1 / 8.0, glorot = std::sqrt(6.0 / 128);
  Model model;
  auto& embedding = model.add({seed, 0}, {LawDrawn::normal(0, 1)}, 1600, true);
  std::fill_n(embedding.begin(), 32, 0.0F);
  for (int copy = 0; copy < 2; ++copy) {
    model.add({seed, 2656}, {symmetric(glorot)}, 3072, true);
    model.add({seed, 1600}, {symmetric(b32)}, 1024, true);
    model.add({seed, 5728}, {symmetric(b32)}, 2048, true);
    model.add({seed, 7776}, {symmetric(b32)}, 64, true);
    model.add({seed, 7840}, {symmetric(b64)}, 2048, true);
    model.add({seed, 9888}, {symmetric(b64)}, 32, true);
  }
  const auto place = recover_uniform_seed(model.values[1], glorot);
  REQUIRE(place == StreamPlace{seed, 2656});
  CHECK(recover_normal_seed(model.values[0], 0, 1) == StreamPlace{seed, 0});
  model.tensors[1].place = place;
  const auto ledger = model.ledger();
  for (std::size_t i = 0; i < ledger.size(); ++i) {
    INFO(i);
    CHECK(ledger[i].evidence == (i == 1 ? Evidence::recovered : Evidence::same));
    CHECK(ledger[i].place == StreamPlace{seed, model.offsets[i]});
  }
  CHECK(order_of_drawing(ledger) ==
        std::vector<std::size_t>{0, 2, 8, 1, 7, 3, 9, 4, 10, 5, 11, 6, 12});
}

TEST_CASE("Certified tensors are found wherever they are in the stream") {
  Model model;
  model.add({3, 100000}, {symmetric(0.1)}, 2000, true);
  model.add({3, 12345}, {symmetric(0.2)}, 40, true);
  model.add({3, 54321}, {LawDrawn::normal(0, 0.02)}, 528, true);
  model.add({4, 77}, {symmetric(0.2)}, 40, true);
  model.tensors[0].place = StreamPlace{3, 100000};
  const auto ledger = model.ledger();
  CHECK(ledger[1].evidence == Evidence::same);
  CHECK(ledger[1].place == StreamPlace{3, 12345});
  CHECK(ledger[2].evidence == Evidence::same);
  CHECK(ledger[2].place == StreamPlace{3, 54321});
  CHECK(ledger[3].evidence == Evidence::none);  // of another seed
  CHECK(ledger[3].place == StreamPlace{});
}

TEST_CASE("Two seeds in one file are two streams, and 16 bits are no hindrance") {
  Model model;
  model.add({3, 0}, {LawDrawn::normal(0, 1)}, 2048, true);
  model.add({3, 2048}, {LawDrawn::normal(0, 1)}, 500, false);
  model.add({8, 0}, {symmetric(0.5)}, 2000, true);
  model.add({8, 2000}, {symmetric(0.2)}, 300, false);
  for (const std::size_t i : {1U, 3U}) {
    model.tensors[i].precision = i == 1 ? Precision::float16 : Precision::bfloat16;
    for (float& value : model.values[i]) value = rounded_to(model.tensors[i].precision, value);
  }
  model.tensors[0].place = StreamPlace{3, 0};
  model.tensors[2].place = StreamPlace{8, 0};
  const auto ledger = model.ledger();
  CHECK(ledger[1].evidence == Evidence::same);
  CHECK(ledger[1].place == StreamPlace{3, 2048});
  CHECK(ledger[3].evidence == Evidence::same);
  CHECK(ledger[3].place == StreamPlace{8, 2000});
}

TEST_CASE("The law that is nearest in scale is told of a trained tensor") {
  for (const std::size_t truth : {0U, 1U, 2U}) {
    const std::array scales = {0.05, 0.12, 0.3};
    Model model;
    model.add({6, 0}, {symmetric(0.1)}, 2000, true);
    train(model.add({6, 2000}, {symmetric(scales[truth])}, 3000, false), 0.5, 9);
    model.tensors[0].place = StreamPlace{6, 0};
    model.tensors[1].laws = {LawDrawn::normal(0, 0.3), symmetric(scales[0]), symmetric(scales[1]),
                             symmetric(scales[2])};
    const auto ledger = model.ledger();
    CHECK(ledger[1].evidence == Evidence::correlated);
    CHECK(ledger[1].place == StreamPlace{6, 2000});
    CHECK(ledger[1].law == truth + 1);
  }
}

TEST_CASE("What was not drawn in the stream is found nowhere") {
  // Of 40 models with 10 foreign tensors each: no place but by size alone, and none fits.
  int found = 0;
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    Model model;
    model.add({seed, 5000}, {symmetric(0.1)}, 2000, true);
    for (int i = 0; i < 10; ++i) {
      model.add({seed + 1000, 77}, {symmetric(0.1), LawDrawn::normal(0, 0.1)},
                100 + 61 * static_cast<std::size_t>(i), false);
      Foreign foreign(seed * 10 + static_cast<std::uint32_t>(i));
      model.values.back() = foreign.normals(model.values.back().size(), 0.1);
    }
    model.tensors[0].place = StreamPlace{seed, 5000};
    for (const LedgerEntry& entry : model.ledger())
      found += entry.evidence != Evidence::none ? 1 : 0;
  }
  CHECK(found == 40);  // those whose place was given
}

TEST_CASE("Embedding rows that were never seen are known") {
  Foreign foreign(4);
  auto values = drawn({1, 50}, LawDrawn::normal(0, 1), 300 * 16);
  std::vector<std::uint64_t> unseen;
  for (std::size_t row = 0; row < 300; ++row) {
    if (foreign.bits(1) == 0) {
      unseen.push_back(row);
      continue;
    }
    values[row * 16 + 3] += 0.01F;
  }
  TorchStream stream(1);
  DistanceFromInit distance(stream, 50, LawDrawn::normal(0, 1), Precision::float32, values.size(),
                            16);
  distance.add(values);
  CHECK(distance.same_rows() == unseen.size());
  CHECK(std::equal(unseen.begin(), unseen.end(), distance.rows_as_drawn().begin(),
                   distance.rows_as_drawn().end()));
  CHECK(distance.changed_values() == 300 - unseen.size());
  CHECK(distance.relative() > 0);
  CHECK(distance.relative() < 0.01);
}

TEST_CASE("Hostile tensors are no danger to the ledger") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  Model model;
  model.add({1, 0}, {symmetric(0.1)}, 2000, true);
  model.tensors[0].place = StreamPlace{1, 0};
  for (const float level : {nan, HUGE_VALF, 0.0F, 1.0F, 3e38F})
    std::fill_n(
        model.add({1, 2000}, {symmetric(0.1), LawDrawn::normal(0, 1)}, 200, level == 0).begin(),
        200, level);
  model.add({1, 2000}, {symmetric(0.1)}, 100, false);
  model.tensors.back().laws = {LawDrawn::normal(nan, 0), LawDrawn::uniform(1, 1)};
  model.add({1, 2000}, {symmetric(0.1)}, 100, false);
  model.tensors.back().laws.clear();
  model.tensors.back().place = StreamPlace{9, 9};
  model.add({1, 2000}, {symmetric(0.1)}, 0, false);
  const auto ledger = model.ledger();
  CHECK(ledger[0].evidence == Evidence::recovered);
  for (std::size_t i = 1; i < ledger.size(); ++i) CHECK(ledger[i].evidence == Evidence::none);
  CHECK(keep_ledger({}).empty());
  CHECK(order_of_drawing({}).empty());
  TorchStream stream(1);
  DistanceFromInit distance(stream, 0, symmetric(0.1), Precision::float32, 4, 0);
  CHECK(distance.relative() == 0);
  distance.add(std::array{nan, HUGE_VALF, -HUGE_VALF, 3e38F});
  CHECK(std::isfinite(distance.relative()));
  CHECK(distance.changed_values() == 4);
  // Drawn beyond what float16 holds: infinities then and now.
  DistanceFromInit wide(stream, 0, LawDrawn::normal(0, 1e38), Precision::float16, 64, 8);
  std::vector<float> drawn_wide = drawn({1, 0}, LawDrawn::normal(0, 1e38), 64);
  for (float& value : drawn_wide) value = rounded_to(Precision::float16, value);
  wide.add(drawn_wide);
  CHECK(wide.relative() == 0);
  CHECK(wide.same_rows() == 8);
}
