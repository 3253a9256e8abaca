// Residual and normalized fully connected networks whose theory was derived and checked by
// simulation (docs/mean-field.md): what theory says of each, and what 5 to 60 networks gave.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "initscope/checked.hpp"

namespace initscope::test {

/// What is compared: E[h^2] and Var of a row, the correlation of its `before`, and the ratio of
/// E[(dE/dz)^2] of one row to that of another, or its root of the rows between them, the factor a
/// row; or that of a row alone. Rows count from 0, the stem where there is one.
enum class Quantity { second, correlation, ratio, factor, gradient };

struct Claim {
  Quantity quantity;
  std::size_t row;    ///< or the first of a ratio
  std::size_t other;  ///< the last of a ratio
  double theory, simulation;
  /// To which theory agrees: a unit of the fourth digit, but where terms were left out.
  double digits = 1e-3;
};

struct Architecture {
  std::string id, net, activation;
  double width, depth, batch, correlation;
  std::vector<Claim> claims;
  TheoryGap gap = TheoryGap::applies;
};

inline NetworkSpec spec_of(const Architecture& of) {
  return checked::parse<NetworkSpec>({{"net", of.net},
                                      {"activation", of.activation},
                                      {"scheme", std::string("kaiming_normal")},
                                      {"scheme.nonlinearity", std::string("linear")},
                                      {"width", of.width},
                                      {"depth", of.depth},
                                      {"batch", of.batch},
                                      {"correlation", of.correlation}});
}

/// Of theory or of a measured network, by what reads a row's numbers.
template <class Second, class Correlation, class Gradient>
double value_of(const Claim& claim, Second second, Correlation correlation, Gradient gradient) {
  if (claim.quantity == Quantity::second) return second(claim.row);
  if (claim.quantity == Quantity::correlation) return correlation(claim.row);
  if (claim.quantity == Quantity::gradient) return gradient(claim.row);
  const double ratio = gradient(claim.row) / gradient(claim.other);
  return claim.quantity == Quantity::ratio
             ? ratio
             : std::pow(ratio, 1 / static_cast<double>(claim.other - claim.row));
}

/// A dense layer whose weights have sigma^2 = fan_in Var(W).
inline std::string dense(double sigma2, double width) {
  return "dense;weight:normal[std:" + to_text(std::sqrt(sigma2 / width)) + "]";
}

inline std::vector<Architecture> architectures() {
  using enum Quantity;
  constexpr double k_wide = 512, k_narrow = 384, k_few = 8, k_apart = 0.3;
  std::vector<Architecture> all;
  // A stem of unit variance is one with an input of unit variance; its row has dE/dx_0.
  const auto residual = [&](const char* id, const char* activation, double depth,
                            const std::string& block, double width, std::vector<Claim> claims) {
    all.push_back({id, dense(1, width) + ",depth*(" + block + ")", activation, width, depth, k_few,
                   k_apart, std::move(claims)});
  };
  const auto d = [](double sigma2) { return dense(sigma2, k_wide); };
  const auto n = [](double sigma2) { return dense(sigma2, k_narrow); };
  residual("R1", "relu", 8, "res(phi," + d(2) + ",phi," + d(2) + ")", k_wide,
           {{second, 1, 0, 2, 1.994},
            {second, 4, 0, 16, 16.22},
            {second, 8, 0, 256, 258.4},
            {correlation, 8, 0, .82685, .8246},
            {ratio, 0, 8, 256, 266.3}});
  residual("R2", "relu", 8, "res(" + d(1) + ",phi," + d(1) + ")", k_wide,
           {{second, 1, 0, 1.5, 1.488},
            {second, 8, 0, 25.629, 25.33},
            {correlation, 8, 0, .62446, .6275},
            {ratio, 0, 8, 25.629, 25.10}});
  residual("R3", "relu", 16, "res;scale:0.25(" + d(2) + ",phi," + d(1) + ")", k_wide,
           {{second, 16, 0, 2.6379, 2.627},
            {correlation, 16, 0, .44559, .4391},
            {ratio, 0, 16, 2.6379, 2.629}});
  residual("R4", "relu", 16, "res;scale:0.0625(" + d(2) + ",phi," + d(1) + ")", k_wide,
           {{second, 16, 0, 1.0644, 1.0711}, {ratio, 0, 16, 1.0644, 1.0635}});
  // 1/sqrt(depth) is R3's scale at depth 16.
  residual("1/sqrt(depth)", "relu", 16, "res;scale:1/sqrt(depth)(" + d(2) + ",phi," + d(1) + ")",
           k_wide, {{second, 16, 0, 2.6379, 2.627}, {ratio, 0, 16, 2.6379, 2.629}});
  residual("R5", "tanh", 30, "res(phi," + d(1) + ")", k_wide,
           {{second, 10, 0, 6.7768, 6.752},
            {second, 30, 0, 22.471, 22.441},
            {correlation, 30, 0, .18678, .1846},
            {ratio, 0, 30, 214.97, 211.6}});
  residual("R6", "gelu", 12, "res(" + d(1) + ",phi," + d(1) + ")", k_wide,
           {{second, 12, 0, 111.14, 114.1},
            {correlation, 12, 0, .64491, .6415},
            {ratio, 0, 12, 129.2, 132.6}});
  residual("R7", "relu", 6, "res(" + d(1) + ",phi)", k_wide,
           {{second, 2, 0, 2.6399, 2.639},
            {second, 6, 0, 46.83, 47.40},
            {correlation, 6, 0, .88699, .8883},
            {ratio, 0, 6, 11.391, 11.449}});
  residual("R8", "tanh", 10, "res(" + d(1) + ",phi)", k_wide,
           {{second, 10, 0, 6.7768, 6.774}, {ratio, 0, 10, 14.058, 14.01}});

  // Plain stacks: the fifth norm's c is that of its row, or of the next one's pre-activations.
  const auto stack = [&](const char* id, const char* activation, const std::string& unit,
                         std::size_t row, double lambda, double measured, double c5,
                         double measured_c5) {
    all.push_back({id,
                   "depth*(" + unit + ")",
                   activation,
                   k_wide,
                   10,
                   k_few,
                   0.5,
                   {{factor, 1, 9, lambda, measured}, {correlation, row, 0, c5, measured_c5}}});
  };
  stack("N1", "relu", d(2) + ",ln,phi", 4, 1, 1.0007, .7789, .7794);
  stack("N2", "gelu", d(1) + ",ln,phi", 4, 1.072, 1.0712, .60534, .5998);
  stack("N3", "relu", d(2) + ",phi,ln", 5, 1.4669, 1.4756, .18389, .1799);
  stack("N4", "relu", d(2) + ",phi,rms", 5, 1, 1.0019, .81045, .8164);
  stack("N5", "gelu", d(1) + ",phi,ln", 5, 1.3188, 1.3234, .18253, .1869);
  stack("N6", "tanh", d(1) + ",rms,phi", 4, 1.1778, 1.1777, .39505, .3940);

  residual("N7", "relu", 24, "res(rms," + n(2) + ",phi," + n(1) + ")", k_narrow,
           {{second, 24, 0, 25, 25.02}, {ratio, 0, 24, 25, 26.02}});
  residual("N8", "gelu", 24, "res(ln," + n(1) + ",phi," + n(1) + ")", k_narrow,
           {{second, 24, 0, 11.205, 11.096},
            {ratio, 0, 24, 13.154, 13.36},
            {correlation, 24, 0, .44175, .4368}});
  residual("N9", "relu", 24, "res(ln," + n(1.0 / 3) + ",phi," + n(1.0 / 3) + ")", k_narrow,
           {{second, 24, 0, 2.3333, 2.303},
            {ratio, 0, 24, 2.3333, 2.386},
            {correlation, 24, 0, .4307, .4294}});
  const auto post = [&](const char* id, const char* activation, const std::string& block,
                        std::vector<Claim> claims) {
    residual(id, activation, 24, block + ",ln", k_narrow, std::move(claims));
  };
  post("N10", "relu", "res(" + n(2) + ",phi," + n(1) + ")",
       {{factor, 1, 24, 1, .99956}, {correlation, 24, 0, .89832, .9018}});
  post("N11", "gelu", "res(" + n(1) + ",phi," + n(1) + ")",
       {{factor, 1, 24, 1.0215, 1.02089}, {correlation, 24, 0, .59265, .590}});
  post("N12", "relu", "res(" + n(1.0 / 3) + ",phi," + n(1.0 / 3) + ")",
       {{factor, 1, 24, 1, 1.00109}, {correlation, 24, 0, .48468, .4817}});
  // N(a x + F) is N(x + F / a).
  post("N13", "relu", "res;scale:" + to_text(1 / 2.6) + "(" + n(2) + ",phi," + n(1) + ")",
       {{factor, 1, 24, 1, .99965}});

  const auto small = [&](const char* id, double scale, double theory, double measured) {
    all.push_back({id,
                   "scale;value:" + to_text(scale) + ",ln",
                   "relu",
                   1024,
                   1,
                   64,
                   0,
                   {{second, 0, 0, theory, measured}}});
  };
  small("N14, 1e-4", 0.01, .90909, .90922);
  small("N14, 4e-4", 0.02, .97561, .975644);
  small("N14, 1e-5", std::sqrt(1e-5), .5, .49949);

  // BatchNorm, between interior layers.
  const auto standardized = [&](const char* id, const char* activation, double batch, double lambda,
                                double measured) {
    all.push_back({std::string(id) + ", B = " + to_text(batch),
                   "depth*(" + d(2) + ",bn,phi)",
                   activation,
                   k_wide,
                   12,
                   batch,
                   0,
                   {{factor, 1, 10, lambda, measured, batch == 256 ? 6e-3 : 1e-3}}});
  };
  standardized("B1", "linear", 8, 1.2, 1.1912);
  standardized("B1", "linear", 16, 1.0769, 1.0750);
  standardized("B1", "linear", 32, 1.0345, 1.03166);
  standardized("B1", "linear", 128, 1.008, 1.00446);
  standardized("B2", "relu", 8, 1.7882, 1.7864);
  standardized("B2", "relu", 16, 1.5899, 1.5919);
  standardized("B2", "relu", 32, 1.5219, 1.5236);
  standardized("B2", "relu", 128, 1.4797, 1.4799);
  standardized("B3, tanh", "tanh", 256, 1.1778, 1.18224);
  standardized("B3, gelu", "gelu", 256, 1.3188, 1.3238);
  standardized("B3, silu", "silu", 256, 1.2121, 1.2291);
  const auto version2 = [&](const char* id, int layers, double theory, double measured, double q) {
    std::string branch;
    for (int i = 0; i < layers; ++i) branch += (i == 0 ? "bn,phi," : ",bn,phi,") + n(2);
    all.push_back({id,
                   dense(1, k_narrow) + ",depth*(res(" + branch + "))",
                   "relu",
                   k_narrow,
                   16,
                   128,
                   0,
                   {{second, 16, 0, 17, q}, {ratio, 0, 16, theory, measured}}});
  };
  version2("B4, m = 1", 1, 32.891, 32.84, 17.13);
  version2("B4, m = 2", 2, 127.04, 124.67, 17.04);
  version2("B4, m = 3", 3, 740.5, 715, 17.04);

  // Post-activation: the sum behind relu is not Gaussian; theory carries the law of a unit. dE/dx_0
  // has 1 + J_1 times the mean square of the first sum's gradient, by J_1 of its branch: 2 without
  // norms; with them that of batch_norm_factor over the trunk's variance.
  all.push_back({"P1",
                 d(2) + ",phi,depth*(res(" + d(2) + ",phi," + d(2) + "),phi)",
                 "relu",
                 k_wide,
                 8,
                 k_few,
                 k_apart,
                 {{second, 1, 0, 2.3183, 2.328},
                  {second, 2, 0, 5.5188, 5.497},
                  {second, 8, 0, 1049.03, 1034},
                  {gradient, 1, 0, 278.1 / 3, 278.6 / 3}}});
  const auto version1 = [&](const char* id, int layers, double branch, double theory,
                            double measured) {
    std::string inside = n(2) + ",bn";
    for (int i = 1; i < layers; ++i) inside += ",phi," + n(2) + ",bn";
    all.push_back({id,
                   n(2) + ",bn,phi,depth*(res(" + inside + "),phi)",
                   "relu",
                   k_narrow,
                   12,
                   128,
                   0,
                   {{second, 1, 0, 1.1591, 1.1604},
                    {second, 4, 0, 3.4367, 3.4418},
                    {second, 12, 0, 10.191, 10.220},
                    {gradient, 1, 0, theory / (1 + branch), measured / (1 + branch), 1e-2}}});
  };
  // Var(x_0) = 1/2 - 1/(2 pi) = 0.340845, lambda(128) = 1.47968, 2 T / (B - 3) = 1.00657. The
  // derivation takes the last for the norm that ends a branch, theory (B - 2) / (B - 3) = 1.008.
  version1("P2, m = 2", 2, 1.47968 * 1.00657 / 0.340845, 243.42, 243.4);
  version1("P2, m = 3", 3, 1.47968 * 1.47968 * 1.00657 / 0.340845, 2075.5, 2021);
  return all;
}

}  // namespace initscope::test
