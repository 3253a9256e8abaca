#include "audit/modules.hpp"

#include <map>
#include <string>

#include "audit/words.hpp"
#include "initscope/audit.hpp"

namespace initscope {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// Names of weights beside whose name a vector's stands, most particular first.
std::vector<std::string> weights_beside(std::string_view name) {
  const NameParts parts = name_parts(name);
  const std::string prefix(name.substr(0, name.size() - parts.last.size()));
  std::string role(parts.last);
  std::vector<std::string> out;
  const auto place = role.find("bias");
  if (place != std::string::npos) {
    std::string weight = role, kernel = role;
    out.push_back(prefix + weight.replace(place, 4, "weight"));
    out.push_back(prefix + kernel.replace(place, 4, "kernel"));
  }
  // Keras 3 numbers the variables of a layer: the kernel is 0, the bias the last.
  if (role == "1" || role == "2") out.push_back(prefix + "0");
  return out;
}

}  // namespace

NameParts name_parts(std::string_view name) noexcept {
  const auto end = name.find_last_of("./");
  if (end == std::string_view::npos) return {{}, name};
  return {name.substr(0, end), name.substr(end + 1)};
}

bool is_optimizer_state(std::string_view name) noexcept {
  return has_word_of(
      "exp_avg exp_inf momentum_buffer max_exp_avg square_avg optimizer optim. adam/ "
      "opt_state",
      lower(name));
}

bool is_running_statistics(std::string_view name) noexcept {
  return has_word_of("running_mean running_var moving_mean moving_variance num_batches_tracked",
                     lower(name));
}

bool is_constant_on_purpose(std::string_view name) noexcept {
  return has_word_of(
      "norm bias bn ln_ ln. .ln gamma beta alpha scale gain lora_b zero_ rezero fixup "
      "mask adaln ls1 ls2 running_",
      lower(name));
}

bool is_embedding(std::string_view name) noexcept {
  return has_word_of("emb wte wpe token position vocab", lower(name));
}

void find_weights(std::span<StoredTensor> tensors) {
  std::map<std::string, std::size_t, std::less<>> places;
  for (std::size_t i = 0; i < tensors.size(); ++i) places.emplace(tensors[i].name, i);
  for (StoredTensor& tensor : tensors) {
    if (tensor.shape.size() != 1 || tensor.weight) continue;
    for (const std::string& name : weights_beside(tensor.name)) {
      const auto found = places.find(name);
      if (found == places.end() || tensors[found->second].shape.size() < 2) continue;
      tensor.weight = tensors[found->second].shape;
      break;
    }
  }
}

}  // namespace initscope
