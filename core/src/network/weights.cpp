#include "initscope/weights.hpp"

namespace initscope {
namespace {

Stream stream_of(const NetworkSpec& spec, Purpose purpose, std::size_t number) noexcept {
  return {spec.seed, {purpose, static_cast<std::uint32_t>(number), spec.replicate}};
}

}  // namespace

void NetworkWeights::prepare(std::size_t number, std::span<float> weight,
                             std::span<float> bias) noexcept {
  const Fans of_bias = bias_fans(fans(number));
  if (spec_.generator == Generator::torch) {
    if (number == 1) states_.assign(1, TorchGenerator(spec_.seed));
    TorchGenerator generator = states_.back();
    spec_.weight.fill(fans(number), generator, weight);
    spec_.bias.fill(of_bias, generator, bias);
    states_.push_back(generator);
    return;
  }
  redraw(number, weight);
  spec_.bias.fill(of_bias, stream_of(spec_, Purpose::bias, number), bias);
}

void NetworkWeights::redraw(std::size_t number, std::span<float> weight) noexcept {
  if (spec_.generator == Generator::torch) {
    TorchGenerator generator = states_[number - 1];
    spec_.weight.fill(fans(number), generator, weight);
    return;
  }
  spec_.weight.fill(fans(number), stream_of(spec_, Purpose::weight, number), weight);
}

}  // namespace initscope
