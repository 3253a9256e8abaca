// A fully connected network that learns: its parameters, and a batch through it and back.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "aligned_buffer.hpp"
#include "panels.hpp"
#include "simd/kernels.hpp"

namespace initscope {

/// The hot loops in float: the kernels. Tests have others, in double.
struct KernelPasses {
  using Real = float;
  static void multiply(const simd::Product& product) { simd::kernels().multiply(product); }
  static void activate(ActivationSpec spec, const float* z, float* h, std::size_t n) {
    simd::kernels().activate(spec, z, h, n);
  }
  static void activation_gradient(ActivationSpec spec, const float* z, float* g, std::size_t n) {
    simd::kernels().activation_gradient(spec, z, g, n);
  }
};

/// z^l = W^l h^(l-1) + b^l, h^l = phi(z^l) but for the last layer, whose z^L is the output. Signals
/// are matrices [units][batch] in panels; parameters lie in one row [W^1, b^1, W^2, ...], each
/// tensor on a boundary with zeros between, and their gradients in another.
template <class Passes>
class Mlp {
 public:
  using Real = typename Passes::Real;

  /// `widths` are n_0 .. n_L, `most` the largest batch.
  Mlp(std::vector<std::size_t> widths, ActivationSpec activation, std::size_t most)
      : widths_(std::move(widths)), activation_(activation), batch_(most) {
    std::size_t parameters = 0, signals = 0, transposed = 0, gradient = 0;
    for (std::size_t l = 0; l <= layers(); ++l) {
      signal_begin_.push_back(signals);
      signals += shape(l).size();
      if (l == 0) continue;
      weight_begin_.push_back(parameters);
      parameters += padded(width(l) * width(l - 1));
      bias_begin_.push_back(parameters);
      parameters += padded(width(l));
      const std::size_t columns = padded(width(l - 1));
      transposed = std::max(transposed, columns * samples());
      gradient = std::max(gradient, columns * width(l));
    }
    parameters_ = Aligned<Real>(parameters);
    gradient_ = Aligned<Real>(parameters);
    z_ = Aligned<Real>(signals);
    h_ = Aligned<Real>(signals);
    const std::size_t widest = *std::max_element(widths_.begin(), widths_.end());
    delta_ = Aligned<Real>(PanelShape{widest, most}.size());
    next_ = Aligned<Real>(PanelShape{widest, most}.size());
    rows_ = Aligned<Real>(widest * samples());
    transposed_ = Aligned<Real>(transposed);
    product_ = Aligned<Real>(gradient);
  }

  std::size_t layers() const noexcept { return widths_.size() - 1; }
  std::size_t width(std::size_t layer) const noexcept { return widths_[layer]; }
  std::size_t batch() const noexcept { return batch_; }
  /// Of a signal of layer l = 0 .. L.
  PanelShape shape(std::size_t layer) const noexcept { return {widths_[layer], batch_}; }

  /// Of layer l = 1 .. L: [n_l][n_(l-1)] row-major, and [n_l].
  std::span<Real> weight(std::size_t layer) noexcept { return weight_of(parameters_, layer); }
  std::span<Real> bias(std::size_t layer) noexcept { return bias_of(parameters_, layer); }
  std::span<Real> weight_gradient(std::size_t layer) noexcept {
    return weight_of(gradient_, layer);
  }
  std::span<Real> bias_gradient(std::size_t layer) noexcept { return bias_of(gradient_, layer); }
  std::span<Real> parameters() noexcept { return parameters_.all(); }
  std::span<const Real> gradient() noexcept { return gradient_.all(); }

  const Real* z(std::size_t layer) const noexcept { return z_.data() + signal_begin_[layer]; }
  const Real* h(std::size_t layer) const noexcept { return h_.data() + signal_begin_[layer]; }
  const Real* output() const noexcept { return z(layers()); }
  Real output(std::size_t sample, std::size_t unit) const noexcept {
    return output()[place(layers(), sample) + unit * simd::k_panel];
  }

  /// Begins a batch of at most `most` samples.
  void begin(std::size_t batch) noexcept {
    batch_ = batch;
    std::fill_n(h_.data(), shape(0).size(), Real{0});
    std::fill_n(delta_.data(), shape(layers()).size(), Real{0});
  }
  template <class Value>
  void set_input(std::size_t sample, std::span<const Value> x) noexcept {
    Real* to = h_.data() + place(0, sample);
    for (std::size_t unit = 0; unit < x.size(); ++unit)
      to[unit * simd::k_panel] = static_cast<Real>(x[unit]);
  }
  void set_output_gradient(std::size_t sample, std::size_t unit, Real value) noexcept {
    delta_.data()[place(layers(), sample) + unit * simd::k_panel] = value;
  }

  void forward() noexcept {
    for (std::size_t l = 1; l <= layers(); ++l) {
      Real* z = z_.data() + signal_begin_[l];
      Passes::multiply({weight(l).data(), width(l - 1), false, h(l - 1), bias(l).data(), z,
                        width(l), width(l - 1), shape(l).panels()});
      if (l < layers())
        Passes::activate(activation_, z, h_.data() + signal_begin_[l], shape(l).size());
    }
  }

  /// From the output's gradient, which `set_output_gradient` gave, to those of all parameters.
  /// Calls see(l, dE/dz^l) on the way.
  template <class See>
  void backward(See see) noexcept {
    for (std::size_t l = layers(); l > 0; --l) {
      see(l, static_cast<const Real*>(delta_.data()));
      gather_gradient(l);
      if (l == 1) return;
      Passes::multiply({weight(l).data(), width(l - 1), true, delta_.data(), nullptr, next_.data(),
                        width(l - 1), width(l), shape(l).panels()});
      Passes::activation_gradient(activation_, z(l - 1), next_.data(), shape(l - 1).size());
      std::swap(delta_, next_);
    }
  }
  void backward() noexcept {
    backward([](std::size_t, const Real*) {});
  }

 private:
  static std::size_t padded(std::size_t n) noexcept {
    return (n + simd::k_panel - 1) / simd::k_panel * simd::k_panel;
  }
  std::size_t samples() const noexcept { return padded(batch_); }
  std::size_t place(std::size_t layer, std::size_t sample) const noexcept {
    return sample / simd::k_panel * width(layer) * simd::k_panel + sample % simd::k_panel;
  }
  std::span<Real> weight_of(Aligned<Real>& row, std::size_t l) noexcept {
    return {row.data() + weight_begin_[l - 1], width(l) * width(l - 1)};
  }
  std::span<Real> bias_of(Aligned<Real>& row, std::size_t l) noexcept {
    return {row.data() + bias_begin_[l - 1], width(l)};
  }

  /// dE/dW^l = delta^l (h^(l-1))^T and dE/db^l, each summed over the batch in order: by the same
  /// product as the signals, with the units of h as columns and the samples as depth.
  void gather_gradient(std::size_t l) noexcept {
    const std::size_t k = simd::k_panel;
    const std::size_t out = width(l), in = width(l - 1), panels = shape(l).panels(),
                      depth = samples(), groups = padded(in) / k;
    const std::span<Real> bias_sum = bias_gradient(l), gradient = weight_gradient(l);
    std::fill(bias_sum.begin(), bias_sum.end(), Real{0});
    for (std::size_t panel = 0; panel < panels; ++panel)
      for (std::size_t unit = 0; unit < out; ++unit) {
        const Real* from = delta_.data() + (panel * out + unit) * k;
        Real* to = rows_.data() + unit * depth + panel * k;
        Real sum = bias_sum[unit];
        for (std::size_t s = 0; s < k; ++s) {
          to[s] = from[s];
          sum += from[s];
        }
        bias_sum[unit] = sum;
      }
    for (std::size_t panel = 0; panel < panels; ++panel)
      for (std::size_t unit = 0; unit < in; ++unit) {
        const Real* from = h(l - 1) + (panel * in + unit) * k;
        Real* to = transposed_.data() + (unit / k * depth + panel * k) * k + unit % k;
        for (std::size_t s = 0; s < k; ++s) to[s * k] = from[s];
      }
    Passes::multiply({rows_.data(), depth, false, transposed_.data(), nullptr, product_.data(), out,
                      depth, groups});
    for (std::size_t group = 0; group < groups; ++group) {
      const std::size_t columns = std::min(k, in - group * k);
      for (std::size_t unit = 0; unit < out; ++unit)
        std::copy_n(product_.data() + (group * out + unit) * k, columns,
                    gradient.data() + unit * in + group * k);
    }
  }

  std::vector<std::size_t> widths_, signal_begin_, weight_begin_, bias_begin_;
  ActivationSpec activation_;
  std::size_t batch_;
  Aligned<Real> parameters_, gradient_, z_, h_, delta_, next_, rows_, transposed_, product_;
};

}  // namespace initscope
