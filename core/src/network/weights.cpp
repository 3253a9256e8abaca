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
    weight_scheme(number).fill(fans(number), generator, weight);
    bias_scheme(number).fill(of_bias, generator, bias);
    states_.push_back(generator);
    return;
  }
  redraw(number, weight);
  bias_scheme(number).fill(of_bias, stream_of(spec_, Purpose::bias, number), bias);
}

void NetworkWeights::redraw(std::size_t number, std::span<float> weight) noexcept {
  if (spec_.generator == Generator::torch) {
    TorchGenerator generator = states_[number - 1];
    weight_scheme(number).fill(fans(number), generator, weight);
    return;
  }
  weight_scheme(number).fill(fans(number), stream_of(spec_, Purpose::weight, number), weight);
}

}  // namespace initscope
