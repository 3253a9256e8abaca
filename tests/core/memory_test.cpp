// Memory is asked for only as far as it was said, and what is too much is refused by its size.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <numeric>

#include "initscope/checked.hpp"
#include "initscope/layers.hpp"
#include "initscope/plan.hpp"
#include "memory_meter.hpp"
#include "scheme_cases.hpp"

using namespace initscope;

namespace {

/// For names of parameters, a generator's state, and what else does not grow with a tensor.
constexpr double k_small = 65536;

double peak_bytes(auto call) { return static_cast<double>(test::peak_of(call)); }

/// Calls f(spec) with every scheme that draws tensors, from each generator and in each layout, with
/// the shapes that are given: matrices, or kernels where the scheme has kernels alone.
template <class Function>
void for_each_tensor(std::initializer_list<std::vector<double>> matrices,
                     std::initializer_list<std::vector<double>> kernels, Function f) {
  for (const Scheme& scheme : schemes()) {
    if (!test::draws_tensors(scheme)) continue;
    for (const std::vector<double>& shape : scheme.least_rank > 2 ? kernels : matrices)
      for (const char* generator : {"initscope", "torch"})
        for (const char* layout : {"torch", "keras"})
          f(Spec{{"scheme", scheme.id},
                 {"shape", shape},
                 {"generator", generator},
                 {"layout", layout}});
  }
}

std::string text_of(const Spec& spec) {
  std::string text = spec.text("scheme") + ' ' + spec.text("generator") + ' ' + spec.text("layout");
  for (const double extent : *std::get_if<std::vector<double>>(spec.find("shape")))
    text += ' ' + to_text(extent);
  return text;
}

}  // namespace

TEST_CASE("The meter counts what is allocated, once and by whatever way") {
  CHECK(test::peak_of([] { std::vector<double> memory(1000); }) >= 8000);
  CHECK(test::peak_of([] {
          for (int i = 0; i < 100; ++i) std::vector<double> memory(1000);
        }) < 9000);
  // By pointers that the compiler cannot see through, or it would leave both out.
  void* volatile kept = nullptr;
  CHECK(test::peak_of([&] {
          kept = std::malloc(5000);
          std::free(kept);
        }) >= 5000);
  CHECK(test::peak_of([&] {
          kept = std::calloc(50, 100);
          std::free(kept);
        }) >= 5000);
  CHECK(test::peak_of([] {}) == 0);
}

TEST_CASE("Drawing takes no more memory than it says, and schemes that say much take it") {
  std::size_t drawn = 0, parts = 0, large = 0;
  for_each_tensor({{256, 1024}, {1024, 256}, {512, 512}, {32, 16384}, {16384, 32}, {600, 100}},
                  {{256, 64, 9}, {9, 64, 256}, {128, 128, 2}}, [&](const Spec& spec) {
                    InitializeSpec whole;
                    if (!read(spec, whole).empty()) return;
                    INFO(text_of(spec));
                    ++drawn;
                    const auto beside = [](const InitializeSpec& of) {
                      const auto count = static_cast<double>(of.count);
                      return drawing_memory(of, count) - sizeof(float) * count;
                    };
                    std::vector<float> values(whole.count);
                    const double taken = peak_bytes([&] { initialize(whole, values); });
                    CHECK(taken <= beside(whole) + k_small);
                    if (beside(whole) > 64 * k_small) {
                      ++large;
                      CHECK(4 * taken > beside(whole));
                    }
                    // A part is that part of the whole, and takes what it says as well.
                    InitializeSpec part = whole;
                    part.first = 1;
                    part.count -= 3;
                    std::vector<float> some(part.count);
                    CHECK(peak_bytes([&] { initialize(part, some); }) <= beside(part) + k_small);
                    CHECK(std::equal(some.begin(), some.end(), values.begin() + 1));
                    ++parts;
                  });
  CHECK(drawn > 300);
  CHECK(parts == drawn);
  CHECK(large > 15);
}

TEST_CASE("What is admitted at the ends of shapes fits into memory, and the rest names its size") {
  std::size_t fitting = 0, refused = 0;
  for_each_tensor(
      {{1, 1e6},
       {1e6, 1},
       {33, 1e6},
       {1e6, 33},
       {64, 524288},
       {524288, 64},
       {8192, 4096},
       {4096, 8192},
       {5792, 5792},
       {1024, 8192},
       {2048, 2048},
       {512, 65536},
       {10, 1e6}},
      {{512, 512, 128}, {128, 512, 512}, {4, 8, 1e6}, {1e6, 4, 8}, {1e6, 1, 33}, {33, 1, 1e6}},
      [&](const Spec& shaped) {
        for (const double first : {0.0, 1.0}) {
          Spec spec = shaped;
          spec.set("first", first);
          InitializeSpec out;
          const Issues issues = read(spec, out);
          INFO(text_of(spec) << " from " << first);
          const auto by_size = std::find_if(issues.begin(), issues.end(), [](const Issue& issue) {
            return issue.allowed.find(" MB of memory, and this takes ") != std::string::npos;
          });
          if (by_size != issues.end()) {
            ++refused;
            CHECK(by_size->field == (first > 0 ? "count" : "shape"));
          } else if (issues.empty()) {
            ++fitting;
            CHECK(drawing_memory(out, static_cast<double>(out.count)) <= k_most_memory);
          }
        }
      });
  CHECK(fitting > 500);
  CHECK(refused > 20);
}

TEST_CASE("Tensors that ended the module are drawn, or refused with the field and the size") {
  const auto issue = [](const Spec& spec) {
    InitializeSpec out;
    const Issues issues = read(spec, out);
    REQUIRE(issues.size() == 1);
    return describe(issues[0]);
  };
  CHECK(issue({{"scheme", "orthogonal"}, {"shape", {64, 524288}}}) ==
        "shape = 64,524288 asks for too much: at most 192 MB of memory, and this takes 642");
  CHECK(issue({{"scheme", "looks_linear"}, {"shape", {64, 524288}}}) ==
        "shape = 64,524288 asks for too much: at most 192 MB of memory, and this takes 290");
  CHECK(issue({{"scheme", "trunc_normal"},
               {"scheme.a", -1000},
               {"scheme.b", 1000},
               {"generator", "torch"},
               {"shape", {8192, 4096}},
               {"first", 1},
               {"count", 33554431}}) ==
        "count = 33554431 asks for too much: at most 192 MB of memory, and this takes 261");
  const auto part = checked::parse<InitializeSpec>({{"scheme", "normal"},
                                                    {"generator", "torch"},
                                                    {"shape", {8192, 4096}},
                                                    {"first", 1},
                                                    {"count", 33554431}});
  CHECK(drawing_memory(part, static_cast<double>(part.count)) < 4 * 33554432.0);
}

TEST_CASE("The largest requests of every job fit into memory") {
  const auto job_peak = [](auto start, int steps) {
    return peak_bytes([&] {
      auto job = start();
      while (steps-- != 0 && job.advance()) {
      }
    });
  };
  for (const char* scheme : {"normal", "sparse"}) {
    INFO(scheme);
    const auto spec = checked::parse<DistributionSpec>({{"scheme", scheme},
                                                        {"generator", "torch"},
                                                        {"shape", {20000, 100}},
                                                        {"samples", k_most_samples}});
    CHECK(job_peak([&] { return DistributionJob(spec); }, -1) <= 8 * k_most_samples + 64 * k_small);
  }
  const auto matrix =
      checked::parse<MatrixSpec>({{"scheme", "orthogonal"}, {"shape", {64, 65536}}});
  CHECK(job_peak([&] { return MatrixJob(matrix); }, -1) <= k_most_memory);
  // Allocated at the start, all but what drawing a layer takes.
  const auto network = checked::parse<NetworkSpec>({{"scheme", "lsuv"},
                                                    {"depth", 32},
                                                    {"width", k_most_width},
                                                    {"batch", k_most_batch},
                                                    {"repeats", k_most_repeats}});
  const Fans hidden = plan_of(network).weights[1].fans;
  const double drawing = network.weight.scratch(hidden, network.generator, false);
  CHECK(drawing > 1e7);
  CHECK(job_peak([&] { return EnsembleJob(network); }, 1) + drawing <= k_most_memory);
  // The caller's table, with the copies that are taken of it.
  const std::size_t rows = 10000, inputs = 1024;
  std::vector<float> table(rows * (inputs + 1));
  std::iota(table.begin(), table.end(), 0.0F);
  CHECK(peak_bytes([&] {
          TrainingSpec spec;
          REQUIRE(read_training({{"data_set", "data"},
                                 {"samples", rows},
                                 {"inputs", inputs},
                                 {"classes", 1},
                                 {"width", 256},
                                 {"depth", 2},
                                 {"optimizer", "adam"},
                                 {"steps", 1}},
                                false, table, spec)
                      .empty());
          TrainingJob job(spec);
          job.advance();
        }) <= k_most_memory);
}

TEST_CASE("A layer's largest parameter is refused by its size too") {
  ModelSpec out;
  const Spec embedding{{"layer", "Embedding"}, {"num_embeddings", 65536}, {"embedding_dim", 800}};
  const Issues issues = read({}, std::vector<Spec>{embedding}, out);
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].field == "layers.0");
  CHECK(issues[0].value == "52428800");
  CHECK(issues[0].allowed == "192 MB of memory, and this takes 200");
}
