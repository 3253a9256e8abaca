#include <algorithm>
#include <cmath>

#include "audit/laws.hpp"
#include "audit/model_stream.hpp"
#include "audit/modules.hpp"

namespace initscope {
namespace {

constexpr std::size_t k_most_laws = 16;

LawDrawn drawn(LawShape shape, double scale) noexcept {
  return shape == LawShape::uniform ? LawDrawn::uniform(-scale, scale) : LawDrawn::normal(0, scale);
}

bool has_name(const Candidate& candidate, std::string_view part) {
  return std::any_of(candidate.names.begin(), candidate.names.end(),
                     [&](const std::string& name) { return name.find(part) != std::string::npos; });
}

/// Whether the candidate has a gain that hardly anyone asks for.
bool is_rare(const Candidate& candidate) {
  return has_name(candidate, "selu") || has_name(candidate, "leaky") || has_name(candidate, "tanh");
}

/// The layer that a name speaks of, where it does.
std::string_view layer_of(const TensorReport& report) {
  const bool recurrent =
      report.name.find("_ih") != std::string::npos || report.name.find("_hh") != std::string::npos;
  if (recurrent) return report.kept.layout == Layout::torch ? "torch.nn.LSTM" : "";
  if (report.name.find("in_proj") != std::string::npos) return "torch.nn.MultiheadAttention";
  if (is_embedding(report.name)) return "torch.nn.Embedding";
  return report.shape.size() > 2 ? "torch.nn.Conv" : "torch.nn.Linear";
}

/// The candidates that torch draws, those of the layer that is named first.
std::vector<Candidate> torch_candidates(const TensorReport& report) {
  StoredTensor tensor;
  tensor.shape = report.shape;
  tensor.layout = report.kept.layout;
  tensor.weight = report.kept.weight;
  std::vector<Candidate> all = candidates_of(tensor);
  all.erase(std::remove_if(all.begin(), all.end(),
                           [](const Candidate& one) {
                             const bool torch = has_name(one, "torch.") || has_name(one, "l_(") ||
                                                has_name(one, "m_(");
                             return one.shape == LawShape::truncated_normal || !torch ||
                                    (!one.is_default && is_rare(one));
                           }),
            all.end());
  const std::string_view layer = layer_of(report);
  std::stable_partition(all.begin(), all.end(),
                        [&](const Candidate& one) { return has_name(one, layer); });
  return all;
}

/// Whether a vector was drawn: the bias of a weight, or a recurrent layer's.
bool is_drawn_vector(const TensorReport& report) {
  return report.kept.weight.has_value() || report.name.find("_ih") != std::string::npos ||
         report.name.find("_hh") != std::string::npos;
}

/// A std to one, two and three digits: what one types who measures 0.0299.
std::vector<double> rounded(double std) {
  std::vector<double> out;
  if (!(std > 1e-9 && std < 10)) return out;
  double unit = 1;
  while (unit > std) unit /= 10;
  for (const double digits : {1.0, 10.0, 100.0}) {
    // A quotient of whole numbers is the double nearest to the decimal.
    const double whole = std::floor(std / unit * digits + 0.5), per = digits / unit;
    out.push_back(whole / std::floor(per + 0.5));
  }
  return out;
}

}  // namespace

std::vector<LawDrawn> laws_drawn(const TensorReport& report) {
  std::vector<LawDrawn> laws;
  if (report.verdict == Verdict::trivial || report.verdict == Verdict::not_judged) return laws;
  if (report.certificate != Certificate::none) {
    for (const FoundLaw& law : report.laws) {
      if (law.shape == LawShape::normal && report.laws.size() == 1)
        for (const double std : rounded(law.std)) laws.push_back(LawDrawn::normal(0, std));
      laws.push_back(drawn(law.shape, law.shape == LawShape::uniform ? law.bound : law.std));
    }
    return laws;
  }
  if (report.shape.size() < 2 && !is_drawn_vector(report)) return laws;
  for (const Candidate& one : torch_candidates(report)) {
    if (laws.size() == k_most_laws) break;
    laws.push_back(drawn(one.shape, one.scale));
  }
  return laws;
}

}  // namespace initscope
