// Gaussian averages of one variable: the quadrature against closed forms, and the reference's table
// at q = 1.
#include "initscope/gaussian.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numbers>
#include <string>

#include "near.hpp"

using namespace initscope;

namespace {

constexpr double k_pi = std::numbers::pi;
constexpr float k_leaky = 0.2F;
const double k_a = static_cast<double>(k_leaky);

double cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

/// V and D, where they have a closed form.
struct Closed {
  Activation id;
  double (*second)(double q);
  double (*slope)(double q);
};

double elu_second(double alpha, double q) {
  const double s = std::sqrt(q);
  return q / 2 +
         alpha * alpha * (std::exp(2 * q) * cdf(-2 * s) - 2 * std::exp(q / 2) * cdf(-s) + 0.5);
}
double elu_slope(double alpha, double q) {
  return 0.5 + alpha * alpha * std::exp(2 * q) * cdf(-2 * std::sqrt(q));
}

const Closed k_closed[] = {
    {Activation::linear, [](double q) { return q; }, [](double) { return 1.0; }},
    {Activation::relu, [](double q) { return q / 2; }, [](double) { return 0.5; }},
    {Activation::leaky_relu, [](double q) { return q * (1 + k_a * k_a) / 2; },
     [](double) { return (1 + k_a * k_a) / 2; }},
    {Activation::erf, [](double q) { return 2 / k_pi * std::asin(2 * q / (1 + 2 * q)); },
     [](double q) { return 4 / k_pi / std::sqrt(1 + 4 * q); }},
    {Activation::sin, [](double q) { return (1 - std::exp(-2 * q)) / 2; },
     [](double q) { return (1 + std::exp(-2 * q)) / 2; }},
    {Activation::gelu,
     [](double q) {
       return q / 4 +
              q / (2 * k_pi) * (std::asin(q / (1 + q)) + 2 * q / ((1 + q) * std::sqrt(1 + 2 * q)));
     },
     [](double q) {
       return 0.25 +
              1 / (2 * k_pi) *
                  (std::asin(q / (1 + q)) + q * (3 + 5 * q) / ((1 + q) * std::pow(1 + 2 * q, 1.5)));
     }},
    {Activation::elu, [](double q) { return elu_second(1, q); },
     [](double q) { return elu_slope(1, q); }},
    {Activation::selu,
     [](double q) { return k_selu_lambda * k_selu_lambda * elu_second(k_selu_alpha, q); },
     [](double q) { return k_selu_lambda * k_selu_lambda * elu_slope(k_selu_alpha, q); }},
};

/// A row of the reference's table at q = 1. c4 is E[phi^4] / E[phi^2]^2 - 1.
struct Row {
  Activation id;
  float slope_below;
  double mean, second, gain, deviation_gain, slope, slope_gain, chi, c4;
};
constexpr Row k_rows[] = {
    {Activation::linear, 0, 0, 1, 1, 1, 1, 1, 1, 2},
    {Activation::relu, 0, .398942, .5, 1.414214, 1.712859, .5, 1.414214, 1, 5},
    {Activation::leaky_relu, .01F, .394953, .50005, 1.414143, 1.704832, .50005, 1.414143, 1,
     4.9988},
    {Activation::leaky_relu, .1F, .359048, .505, 1.407195, 1.630637, .505, 1.407195, 1, 4.8824},
    {Activation::leaky_relu, .2F, .319154, .52, 1.386750, 1.546460, .52, 1.386750, 1, 4.5562},
    {Activation::tanh, 0, 0, .394294, 1.592537, 1.592537, .464403, 1.467410, 1.1778, .6273},
    {Activation::sigmoid, 0, .5, .293379, 1.846229, 4.801313, .044836, 4.722650, .1528, .5289},
    {Activation::erf, 0, 0, .464559, 1.467167, 1.467167, .569410, 1.325220, 1.2257, .5598},
    {Activation::gelu, 0, .282095, .425221, 1.533530, 1.700926, .455851, 1.481110, 1.0720, 6.2156},
    {Activation::silu, 0, .206621, .355776, 1.676532, 1.787187, .379482, 1.623320, 1.0666, 6.2617},
    {Activation::elu, 0, .160521, .644945, 1.245198, 1.270843, .668102, 1.223430, 1.0359, 2.7760},
    {Activation::selu, 0, 0, 1, 1, 1, 1.071575, .966030, 1.0716, 1.5031},
    {Activation::sin, 0, 0, .432332, 1.520867, 1.520867, .567668, 1.327250, 1.3130, .6445},
    {Activation::softplus, 0, .806059, .921246, 1.041867, 1.919126, .293379, 1.846230, .3185,
     1.7545},
    {Activation::softsign, 0, 0, .183014, 2.337533, 2.337533, .227671, 2.095780, 1.2440, .5878},
    {Activation::mish, 0, .240404, .452342, 1.486848, 1.592025, .479084, 1.444760, 1.0591, 5.3494},
    {Activation::hardtanh, 0, 0, .516059, 1.392036, 1.392036, .682689, 1.210290, 1.3229, .6132},
};

}  // namespace

TEST_CASE("Second moments agree with closed forms over fifteen decades of q") {
  for (const auto& [id, second, slope] : k_closed)
    for (double q = 1e-4; q < 150; q *= 1.37) {  // e^(2q) overflows later; small q cancel there
      CAPTURE(activations()[static_cast<std::size_t>(id)].name, q);
      const auto moments = gaussian_moments({id, k_leaky}, q);
      const double tolerance = id == Activation::elu || id == Activation::selu ? 1e-10 : 1e-11;
      CHECK(std::abs(moments.second / second(q) - 1) < tolerance);
      CHECK(std::abs(moments.slope / slope(q) - 1) < tolerance);
    }
  for (const double q : {1e-80, 1e-12, 1e6, 1e70}) {
    CAPTURE(q);
    CHECK(std::abs(gaussian_moments({Activation::relu, 0}, q).second / (q / 2) - 1) < 1e-11);
    CHECK(std::abs(gaussian_moments({Activation::erf, 0}, q).second /
                       (2 / k_pi * std::asin(2 * q / (1 + 2 * q))) -
                   1) < 1e-11);
  }
}

TEST_CASE("tanh and sigmoid, which share no closed form, agree with one another") {
  // sigmoid(x) = (1 + tanh(x / 2)) / 2, and at q = 4 either side takes another step.
  for (const double q : {0.01, 0.5, 3.0, 20.0, 400.0}) {
    CAPTURE(q);
    const auto sigmoid = gaussian_moments({Activation::sigmoid, 0}, q);
    const auto tanh = gaussian_moments({Activation::tanh, 0}, q / 4);
    CHECK(std::abs(sigmoid.second - (0.25 + tanh.second / 4)) < 1e-11);
    CHECK(std::abs(sigmoid.slope - tanh.slope / 16) < 1e-11);
    for (const double c : {0.2, 0.95, 0.999}) {
      const auto pair = gaussian_pair({Activation::sigmoid, 0}, q, c);
      const auto of_tanh = gaussian_pair({Activation::tanh, 0}, q / 4, c);
      CHECK(std::abs(pair.product - (0.25 + of_tanh.product / 4)) < 1e-10);
      CHECK(std::abs(pair.slopes - of_tanh.slopes / 16) < 1e-9);
    }
  }
}

TEST_CASE("The table at q = 1, to its last digit") {
  for (const Row& row : k_rows) {
    const ActivationSpec activation{row.id, row.slope_below};
    CAPTURE(activations()[static_cast<std::size_t>(row.id)].name);
    const auto m = gaussian_moments(activation, 1);
    CHECK(test::near_digits(m.mean, row.mean, 6));
    CHECK(test::near_digits(m.second, row.second, 6));
    CHECK(test::near_digits(unit_variance_gain(activation), row.gain, 6));
    CHECK(test::near_digits(1 / std::sqrt(m.variance), row.deviation_gain, 6));
    CHECK(test::near_digits(m.slope, row.slope, 6));
    CHECK(test::near_digits(1 / std::sqrt(m.slope), row.slope_gain, 5));
    CHECK(test::near_digits(m.slope / m.second, row.chi, 4));
    CHECK(test::near_digits(m.excess, row.c4, 4));
  }
}

TEST_CASE("sin(omega_0 u): closed forms against quadrature, moments and pairs") {
  for (const float omega : {0.1F, 1.0F, 30.0F})
    for (const double scaled : {0.01, 0.8, 5.0}) {  // omega^2 q
      const ActivationSpec activation{Activation::sin, 0, omega};
      const double w = static_cast<double>(omega), q = scaled / (w * w);
      CAPTURE(omega, q);
      GaussianMoments sums;
      double product = 0, slopes = 0;
      constexpr double k_c = 0.6, k_step = 1.0 / 64;
      const double rest = std::sqrt(1 - k_c * k_c), s = std::sqrt(q);
      const auto weight = [](double z) {
        return k_step * std::exp(-z * z / 2) / std::sqrt(2 * k_pi);
      };
      for (double z = -9; z <= 9; z += k_step) {
        const auto [phi, slope] = evaluate(activation, s * z);
        sums.second += weight(z) * phi * phi;
        sums.slope += weight(z) * slope * slope;
        sums.slope_fourth += weight(z) * std::pow(slope, 4);
        sums.mixed += weight(z) * phi * phi * slope * slope;
        for (double y = -9; y <= 9; y += 4 * k_step) {
          const auto other = evaluate(activation, s * (k_c * z + rest * y));
          product += 4 * weight(z) * weight(y) * phi * other.value;
          slopes += 4 * weight(z) * weight(y) * slope * other.slope;
        }
      }
      const auto m = gaussian_moments(activation, q);
      CHECK(std::abs(m.second / sums.second - 1) < 1e-11);
      CHECK(std::abs(m.slope / sums.slope - 1) < 1e-11);
      CHECK(std::abs(m.slope_fourth / sums.slope_fourth - 1) < 1e-11);
      CHECK(std::abs(m.mixed / sums.mixed - 1) < 1e-11);
      const auto pair = gaussian_pair(activation, q, k_c);
      CHECK(std::abs(pair.product / product - 1) < 1e-9);
      CHECK(std::abs(pair.slopes / slopes - 1) < 1e-9);
    }
}

TEST_CASE("Growths are the derivatives, and centred moments those about the mean") {
  for (const auto& info : activations())
    for (const double q : {0.01, 0.7, 5.0}) {
      CAPTURE(info.name, q);
      const ActivationSpec activation{info.id, k_leaky};
      constexpr double k_step = 1e-4;
      const auto below = gaussian_moments(activation, q * std::exp(-k_step)),
                 above = gaussian_moments(activation, q * std::exp(k_step)),
                 m = gaussian_moments(activation, q);
      const auto derivative = [&](double GaussianMoments::*member) {
        return std::log(above.*member / below.*member) / (2 * k_step);
      };
      CHECK(std::abs(m.second_growth - derivative(&GaussianMoments::second)) < 1e-6);
      CHECK(std::abs(m.variance_growth - derivative(&GaussianMoments::variance)) < 1e-6);
      CHECK(std::abs(m.slope_growth - derivative(&GaussianMoments::slope)) < 1e-6);
      CHECK(std::abs(m.variance - (m.second - m.mean * m.mean)) < 1e-12);
      if (std::abs(m.mean) < 1e-12) CHECK(std::abs(m.centered_excess - m.excess) < 1e-10);
    }
}
