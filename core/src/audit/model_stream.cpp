#include "audit/model_stream.hpp"

#include <algorithm>
#include <map>

#include "audit/findings.hpp"
#include "audit/rows.hpp"
#include "initscope/ledger.hpp"

namespace initscope {
namespace {

using Evidence = LedgerEntry::Evidence;

constexpr std::size_t k_most_recoveries = 8;
/// Words that are drawn at most while seeds are tried: a second or two.
constexpr std::uint64_t k_most_searched = std::uint64_t{1} << 28;
constexpr std::uint64_t k_most_seeds = 65536, k_words_of_seeding = 700;
constexpr std::uint64_t k_most_redrawn = std::uint64_t{1} << 24;

Precision precision_of(StoredType type) noexcept {
  if (type == StoredType::f16) return Precision::float16;
  return type == StoredType::bf16 ? Precision::bfloat16 : Precision::float32;
}

/// The place of a certified tensor, by algebra.
std::optional<StreamPlace> recover(const TensorReport& report, const LawDrawn& law) {
  std::span<const float> first = report.kept.first;
  if (report.certificate == Certificate::lattice) return recover_uniform_seed(first, law.second);
  // Of a normal tensor, blocks that are not drawn again at its end.
  constexpr std::size_t k_block = 16;
  if (first.size() < report.count || report.count % k_block == 0)
    first = first.first(first.size() / k_block * k_block);
  return recover_normal_seed(first, law.first, law.second);
}

/// The model's tensors as the ledger wants them, those of `places`.
struct LedgerInput {
  std::vector<LedgerTensor> tensors;
  std::vector<std::size_t> places;
};

LedgerInput ledger_input(const std::vector<TensorReport>& reports) {
  LedgerInput input;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const TensorReport& report = reports[i];
    if (report.kept.tied_to) continue;
    LedgerTensor tensor;
    tensor.count = report.count;
    tensor.precision = precision_of(report.kept.type);
    tensor.laws = laws_drawn(report);
    tensor.sample = report.kept.first;
    tensor.certified = report.certificate != Certificate::none;
    input.tensors.push_back(std::move(tensor));
    input.places.push_back(i);
  }
  return input;
}

/// Tries small seeds for the first tensor that is as drawn, or in 16 bits may be, at the place that
/// the order of the file foretells.
bool search_seed(const std::vector<TensorReport>& reports, LedgerInput& input) {
  std::uint64_t offset = 0;
  for (std::size_t t = 0; t < input.tensors.size(); ++t) {
    LedgerTensor& tensor = input.tensors[t];
    if (tensor.laws.empty()) continue;
    const bool half = tensor.precision != Precision::float32;
    if (tensor.certified || (half && reports[input.places[t]].verdict == Verdict::consistent)) {
      const std::uint64_t seeds =
          std::min(k_most_seeds, k_most_searched / (offset + k_words_of_seeding));
      SeedSearch search(tensor.laws[0], tensor.precision, tensor.sample, offset, 0, seeds);
      if (search.enough()) {
        while (search.advance(seeds)) continue;
        if (search.found().size() != 1) return false;
        tensor.place = StreamPlace{search.found()[0], offset};
        return true;
      }
    }
    offset += words_of(tensor.laws[0], tensor.count);
  }
  return false;
}

/// Recovers and looks around, until no certified tensor is left without a place or enough were
/// tried: what was drawn from another seed has its own.
std::vector<LedgerEntry> find_places(const std::vector<TensorReport>& reports, LedgerInput& input) {
  std::vector<LedgerEntry> entries(input.tensors.size());
  std::size_t tried = 0;
  for (std::size_t t = 0; t < entries.size() && tried < k_most_recoveries; ++t) {
    LedgerTensor& tensor = input.tensors[t];
    if (!tensor.certified || entries[t].evidence != Evidence::none ||
        tensor.count < k_least_uniform_values)
      continue;
    ++tried;
    const TensorReport& report = reports[input.places[t]];
    for (std::size_t law = 0; law < tensor.laws.size() && !tensor.place; ++law) {
      tensor.place = recover(report, tensor.laws[law]);
      if (tensor.place) std::swap(tensor.laws[0], tensor.laws[law]);
    }
    if (tensor.place) entries = keep_ledger(input.tensors);
  }
  const bool none = std::all_of(entries.begin(), entries.end(), [](const LedgerEntry& entry) {
    return entry.evidence == Evidence::none;
  });
  if (none && search_seed(reports, input)) entries = keep_ledger(input.tensors);
  return entries;
}

/// Share of the rows that are what was drawn.
double rows_as_drawn(const TensorReport& report, const StreamPlace& place, const LawDrawn& law) {
  constexpr std::size_t k_piece = 4096;
  TorchStream stream(place.seed);
  Redrawing redrawing(stream, place.offset, law, report.count);
  RowSums sums(matrix_size(report.shape, report.kept.layout));
  std::vector<float> piece(k_piece);
  for (std::uint64_t done = 0; done < report.count; done += piece.size()) {
    piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(k_piece, report.count - done)));
    redrawing.next(piece);
    for (float& value : piece) value = rounded_to(precision_of(report.kept.type), value);
    sums.add(piece);
  }
  const std::vector<std::uint64_t> hashes = sums.row_hashes(report.kept.row_hashes.size());
  if (hashes.size() != report.kept.row_hashes.size() || hashes.empty()) return 0;
  // Rows of zeros, as an embedding's padding, were set to 0 after they had been drawn.
  RowSums zero({1, sums.size().columns});
  zero.add(std::vector<float>(static_cast<std::size_t>(sums.size().columns)));
  const std::uint64_t hash_of_zeros = zero.row_hashes(1)[0];
  std::size_t same = 0, compared = 0;
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    if (report.kept.row_hashes[i] == hash_of_zeros) continue;
    ++compared;
    same += hashes[i] == report.kept.row_hashes[i] ? 1u : 0u;
  }
  return compared == 0 ? 0 : static_cast<double>(same) / static_cast<double>(compared);
}

/// Whether the report's laws allow for one of this shape: a tensor that fits a truncated normal law
/// was not drawn by a uniform one, whatever correlates.
bool allows(const TensorReport& report, const LawDrawn& law) {
  const LawShape shape = law.kind == LawDrawn::Kind::uniform ? LawShape::uniform : LawShape::normal;
  return report.verdict != Verdict::consistent ||
         std::any_of(report.laws.begin(), report.laws.end(),
                     [&](const FoundLaw& one) { return one.shape == shape; });
}

/// Says how far a tensor has come from what its place draws. What still fits a law has been trained
/// all the same; a std that no formula has differs in its last bits alone.
void say_moved(TensorReport& report, double distance) {
  constexpr double k_rounding = 1e-5;
  report.distance = distance;
  if (report.verdict != Verdict::consistent || !(distance > k_rounding)) return;
  report.verdict = Verdict::not_at_init;
  report.why = Why::moved;
}

/// Says of a tensor whose place is known how far it has come from there.
void compare_with_init(TensorReport& report, const LedgerEntry& entry, const LawDrawn& law) {
  TorchStream stream(entry.place.seed);
  const MatrixSize size = matrix_size(report.shape, report.kept.layout);
  DistanceFromInit distance(stream, entry.place.offset, law, precision_of(report.kept.type),
                            report.count, size.columns);
  distance.add(report.kept.first);
  const bool all = report.kept.first.size() == report.count;
  const bool look_at_rows =
      !report.kept.row_hashes.empty() && report.count <= k_most_redrawn && size.rows > 1;
  const double rows = look_at_rows ? rows_as_drawn(report, entry.place, law)
                                   : all && distance.changed_values() == 0;
  if (rows == 1 && report.certificate == Certificate::none) {
    report.certificate = Certificate::stream;
    report.verdict = Verdict::untouched;
    report.why = Why::stream;
  }
  // Of a std that no formula has, rows may differ in their last bits alone: then none is the same.
  if (look_at_rows && rows > 0 && rows < 1) {
    report.certificate = Certificate::none;
    report.verdict = Verdict::not_at_init;
    report.why = Why::rows_trained;
  }
  if (report.verdict == Verdict::untouched)
    report.distance = 0;
  else if (entry.evidence != Evidence::fits && allows(report, law))
    say_moved(report, distance.relative());
  if (rows > 0 && rows < 1) {
    report.findings.push_back({"never_trained", Severity::note, rows, ""});
    sort_by_harm(report.findings);
  }
}

/// Whether the certified weights of a model were all drawn by the defaults of their layers. Then
/// what was trained was too, whatever formula its scale is near by now.
bool is_default_model(const std::vector<TensorReport>& reports) {
  return std::all_of(reports.begin(), reports.end(), [](const TensorReport& report) {
    if (report.certificate == Certificate::none || report.shape.size() < 2) return true;
    const std::string& name = report.laws[0].names[0];
    return name.rfind("torch.nn.", 0) == 0 && name.rfind("torch.nn.init.", 0) != 0;
  });
}

std::optional<std::uint32_t> most_frequent_seed(const std::vector<TensorReport>& reports) {
  std::map<std::uint32_t, std::size_t> counts;
  for (const TensorReport& report : reports)
    if (report.seed) ++counts[report.seed->seed];
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() ? std::nullopt : std::optional(most->first);
}

}  // namespace

void place_in_stream(ModelReport& model) {
  LedgerInput input = ledger_input(model.tensors);
  std::vector<LedgerEntry> entries = find_places(model.tensors, input);
  const bool defaults = is_default_model(model.tensors);
  for (std::size_t t = 0; t < entries.size(); ++t) {
    LedgerEntry& entry = entries[t];
    if (entry.evidence == Evidence::none) continue;
    const std::vector<LawDrawn>& laws = input.tensors[t].laws;
    if (defaults && entry.evidence == Evidence::correlated && laws[0].kind == laws[entry.law].kind)
      entry.law = 0;
    TensorReport& report = model.tensors[input.places[t]];
    report.seed = StreamSeed{entry.place.seed, entry.place.offset};
    compare_with_init(report, entry, laws[entry.law]);
  }
  for (const std::size_t t : order_of_drawing(entries)) {
    const LedgerEntry& entry = entries[t];
    const bool proved = entry.evidence == Evidence::recovered || entry.evidence == Evidence::same;
    model.ledger.push_back({input.places[t], entry.place.seed, entry.place.offset,
                            words_of(input.tensors[t].laws[entry.law], input.tensors[t].count),
                            proved});
  }
  model.seed = most_frequent_seed(model.tensors);
}

}  // namespace initscope
