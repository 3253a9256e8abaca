// Tensors of any bits, held against certificates, seeds by algebra and by trial, and the ledger.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "checks.hpp"
#include "initscope/certificate.hpp"
#include "initscope/ledger.hpp"

using namespace initscope;
using namespace initscope::fuzz;

namespace {

/// Takes what the input begins with; zeros where it has ended.
template <class T>
T take(std::span<const std::uint8_t>& data) {
  T value{};
  const std::size_t some = std::min(sizeof(T), data.size());
  std::memcpy(&value, data.data(), some);
  data = data.subspan(some);
  return value;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::span<const std::uint8_t> input(data, size);
  const double first = take<double>(input), second = take<double>(input);
  const auto seed = take<std::uint32_t>(input);
  const std::uint64_t offset = take<std::uint16_t>(input) % 2048,
                      choice = take<std::uint8_t>(input);
  const LawDrawn law =
      choice % 2 == 0 ? LawDrawn::uniform(first, second) : LawDrawn::normal(first, second);
  const auto precision = static_cast<Precision>(choice / 2 % 3);
  // What torch drew, with the rest of the input laid over it.
  std::vector<float> values(1300 + choice % 64, 0.0F);
  const bool drawable = can_be_drawn(law);
  if (drawable) redraw({seed, offset}, law, values);
  const std::size_t changed = std::min(input.size() / sizeof(float), values.size());
  if (changed > 0) std::memcpy(values.data(), input.data(), changed * sizeof(float));

  UniformLattice lattice(std::span(&second, 1));
  lattice.add(values);
  const UniformLattice::Verdict verdict = lattice.verdict();
  require(!verdict.certified || verdict.bound == second,
          "a certificate has a bound that was given");
  const PhaseVerdict phase = torch_phase(values);
  require_finite(phase.statistic, "a statistic is a number");
  require_finite(phase.share, "a share is a number");
  require(phase.pairs <= k_phase_values / 2, "no more pairs than there are");
  const auto uniform = recover_uniform_seed(values, second, 100000);
  const auto normal = recover_normal_seed(values, first, second, 100000);
  for (const auto& place : {uniform, normal})
    require(!place || place->offset <= 100000, "no more is walked than was asked for");

  SeedSearch search(law, precision, values, offset, seed, 32);
  require(!search.advance(64), "a search ends");
  for (float& value : values) value = rounded_to(precision, value);

  LedgerTensor known, unknown;
  known.count = unknown.count = values.size();
  known.sample = unknown.sample = values;
  known.laws = unknown.laws = {law};
  unknown.precision = precision;
  unknown.certified = choice / 6 % 2 == 0;
  known.place = StreamPlace{seed, offset};
  const std::vector<LedgerTensor> tensors = {known, unknown};
  for (const LedgerEntry& entry : keep_ledger(tensors)) {
    require(entry.law == 0, "a law is one of those that were given");
    require_finite(entry.deviations, "deviations are a number");
  }
  if (!drawable) return 0;
  TorchStream stream(seed);
  DistanceFromInit distance(stream, offset, law, precision, values.size(), choice);
  distance.add(values);
  require_finite(distance.relative(), "a distance is a number");
  require(distance.changed_values() <= values.size(), "no more has changed than there is");
  return 0;
}
