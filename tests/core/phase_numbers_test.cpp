// The phase plane against the published numbers.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "initscope/phase.hpp"
#include "near.hpp"

using namespace initscope;
using test::near_digits;

namespace {

double iterate(Activation id, double sigma_w2, double sigma_b2, double q, int steps) {
  for (int i = 0; i < steps; ++i) q = next_q({id, 0}, {sigma_w2, sigma_b2}, q);
  return q;
}

/// The correlation after some layers at a fixed variance.
double correlation_after(Activation id, PhasePoint point, double q, double c, int layers) {
  for (int l = 0; l < layers; ++l)
    c = (point.sigma_w2 * gaussian_pair({id, 0}, q, c).product + point.sigma_b2) / q;
  return c;
}

}  // namespace

TEST_CASE("Critical points without biases") {
  struct Row {
    Activation id;
    double sigma_w;
    int decimals;
  };
  for (const auto& [id, sigma_w, decimals] :
       {Row{Activation::tanh, 1, 6}, Row{Activation::sin, 1, 6}, Row{Activation::erf, .886227, 6},
        Row{Activation::softsign, 1, 6}, Row{Activation::gelu, 2, 6}, Row{Activation::silu, 2, 6},
        Row{Activation::mish, 1.6667, 4}, Row{Activation::elu, 1, 6},
        Row{Activation::selu, .6905, 4}, Row{Activation::relu, std::sqrt(2.0), 6},
        Row{Activation::linear, 1, 6}, Row{Activation::hardtanh, 1, 6},
        Row{Activation::sigmoid, 10.149264, 6}}) {
    CAPTURE(activations()[static_cast<std::size_t>(id)].name);
    const auto critical = critical_at({id, 0}, 0);
    CHECK(near_digits(std::sqrt(critical.point.sigma_w2), sigma_w, decimals));
    if (id == Activation::sigmoid) CHECK(near_digits(critical.q, 45.62, 2));
  }
  CHECK(near_digits(critical_at({Activation::leaky_relu, 0.2F}, 0).point.sigma_w2, 2 / 1.04, 6));
  for (const double sigma_b2 : {0.0, 0.05, 1.0})
    CHECK(std::isnan(critical_at({Activation::softplus, 0}, sigma_b2).point.sigma_w2));
  CHECK(std::isnan(critical_at({Activation::relu, 0}, 0.05).point.sigma_w2));
}

TEST_CASE("Critical points with biases, by sigma_b^2 and by q*") {
  constexpr std::array k_ids{Activation::tanh, Activation::erf,  Activation::sin,
                             Activation::elu,  Activation::selu, Activation::gelu,
                             Activation::silu, Activation::mish};
  struct Row {
    double sigma_b2;
    std::array<double, 8> sigma_w2;
    double tanh_sigma_w, tanh_q;
    int q_decimals;
  };
  const Row rows[] = {
      {.01,
       {1.424205, 1.114280, 1.304773, 1.383325, .760233, 2.982799, 3.312588, 2.374604},
       1.193401,
       .2733,
       4},
      {.04,
       {1.700796, 1.328937, 1.469752, 1.511058, .878860, 2.393238, 2.820826, 2.141654},
       1.304146,
       .5121,
       4},
      {.05,
       {1.760955, 1.375839, 1.502070, 1.533718, .901766, 2.302520, 2.728612, 2.104798},
       1.327010,
       .570048,
       6},
      {.09,
       {1.947655, 1.521948, 1.594322, 1.595441, .967649, 2.103864, 2.482583, 2.019546},
       1.395584,
       .7635,
       4},
      {.10,
       {1.986073, 1.552118, 1.611812, 1.606744, .980327, 2.076676, 2.439555, 2.006855},
       1.409281,
       .8058,
       4},
      {.25,
       {2.401489, 1.880547, 1.769775, 1.705928, 1.101739, 1.959631, 2.122696, 1.941647},
       1.549674,
       1.3179,
       4},
  };
  for (const Row& row : rows)
    for (std::size_t i = 0; i < k_ids.size(); ++i) {
      CAPTURE(row.sigma_b2, activations()[static_cast<std::size_t>(k_ids[i])].name);
      const auto critical = critical_at({k_ids[i], 0}, row.sigma_b2);
      CHECK(near_digits(critical.point.sigma_w2, row.sigma_w2[i], 6));
      CHECK(std::abs(critical.point.sigma_b2 - row.sigma_b2) < 1e-12);
      if (i > 0) continue;
      CHECK(near_digits(std::sqrt(critical.point.sigma_w2), row.tanh_sigma_w, 6));
      CHECK(near_digits(critical.q, row.tanh_q, row.q_decimals));
    }
  for (const auto& [q, sigma_w2, sigma_b2] :
       {std::array{.1, 1.177569, .000832}, std::array{.5, 1.687975, .038041},
        std::array{1.0, 2.153303, .150965}, std::array{2.0, 2.861162, .512265}}) {
    const auto critical = critical_point({Activation::tanh, 0}, q);
    CHECK(near_digits(critical.point.sigma_w2, sigma_w2, 6));
    CHECK(near_digits(critical.point.sigma_b2, sigma_b2, 6));
  }
}

TEST_CASE("The literature's critical point of tanh is (1.76, 0.05)") {
  const auto critical = critical_at({Activation::tanh, 0}, 0.05);
  CHECK(near_digits(critical.point.sigma_w2, 1.76, 2));
  CHECK(phase_state({Activation::tanh, 0}, critical.point).phase() == Phase::critical);
  CHECK(phase_state({Activation::tanh, 0}, {1.7, 0.05}).phase() == Phase::ordered);
  CHECK(phase_state({Activation::tanh, 0}, {1.8, 0.05}).phase() == Phase::chaotic);
}

TEST_CASE("Tanh off the critical line") {
  struct Row {
    double sigma_w2, q, chi_1, xi_q, c, xi_c, xi_gradient;
    int scale_decimals;
  };
  const Row rows[] = {
      {1.0, .19359, .75903, 1.748, 1, 3.63, 3.63, 2},
      {1.3, .31532, .88016, 1.785, 1, 7.83, 7.83, 2},
      {1.5, .41804, .93864, 1.683, 1, 15.79, 15.79, 2},
      {1.7, .53308, .98674, 1.558, 1, 74.92, 74.92, 2},
      {1.8, .59413, 1.00822, 1.498, .95041, 125.8, 122.1, 1},
      {2.0, .72176, 1.04767, 1.388, .74408, 25.21, 21.48, 2},
      {2.5, 1.06396, 1.13352, 1.180, .44680, 11.80, 7.98, 2},
      {3.0, 1.42801, 1.20893, 1.041, .29932, 9.05, 5.27, 2},
      {4.0, 2.19549, 1.34240, .873, .16506, 6.98, 3.40, 2},
  };
  for (const Row& row : rows) {
    CAPTURE(row.sigma_w2);
    const auto state = phase_state({Activation::tanh, 0}, {row.sigma_w2, .05});
    CHECK(state.fate == Fate::settles);
    CHECK(near_digits(state.q, row.q, 5));
    CHECK(near_digits(state.chi_1, row.chi_1, 5));
    CHECK(near_digits(state.xi_q, row.xi_q, 3));
    CHECK(near_digits(state.correlation, row.c, 5));
    CHECK(near_digits(state.xi_c, row.xi_c, row.scale_decimals));
    CHECK(near_digits(state.xi_gradient, row.xi_gradient, row.scale_decimals));
  }
  const auto critical = phase_state({Activation::tanh, 0}, {1.760955, .05});
  CHECK(near_digits(critical.q, .57005, 5));
  CHECK(near_digits(critical.xi_q, 1.521, 3));
  CHECK(critical.xi_c > 1e5);
}

TEST_CASE("What libraries' schemes do to each activation") {
  // sigma_w^2 of torch's Linear, Xavier, the gain of tanh, He, the gain of selu.
  constexpr std::array k_sigma_w2{1.0 / 3, 1.0, 25.0 / 9, 2.0, 9.0 / 16};
  constexpr double k_gone = 0, k_grows = -1;  // q*, where the map does not settle
  struct Cell {
    double q, chi_1;
    int q_decimals = 4;
    int chi_decimals = 4;
  };
  struct Row {
    Activation id;
    std::array<Cell, 5> cells;
  };
  const Row rows[] = {
      {Activation::linear,
       {{{k_gone, .3333}, {1, 1}, {k_grows, 2.78, 0, 2}, {k_grows, 2}, {k_gone, .5625}}}},
      {Activation::relu,
       {{{k_gone, .1667}, {k_gone, .5}, {k_grows, 1.3889}, {1, 1}, {k_gone, .2813}}}},
      {Activation::tanh,
       {{{k_gone, .3333}, {k_gone, 1}, {1.1785, 1.2098}, {.61796, 1.1055, 5}, {k_gone, .5625}}}},
      {Activation::sigmoid,
       {{{.0850, .0200}, {.2647, .0557}, {.7963, .1310}, {.5553, .1010}, {.1454, .0329}}}},
      {Activation::erf,
       {{{k_gone, .4244}, {.1419, 1.0169}, {1.4996, 1.3369}, {.8808, 1.1974}, {k_gone, .7162}}}},
      {Activation::gelu,
       {{{k_gone, .0833}, {k_gone, .25}, {k_grows, 1.389, 0, 3}, {k_gone, .5}, {k_gone, .1406}}}},
      {Activation::silu,
       {{{k_gone, .0833}, {k_gone, .25}, {k_gone, .6944}, {k_gone, .5}, {k_gone, .1406}}}},
      {Activation::elu,
       {{{k_gone, .3333}, {k_gone, 1}, {k_grows, 1.389, 0, 3}, {k_grows, 1}, {k_gone, .5625}}}},
      {Activation::selu,
       {{{k_gone, .6991},
         {1, 1.0716},
         {k_grows, 25.0 / 9 * 0.552, 0, 2},
         {k_grows, 1.104, 0, 3},
         {.0230, 1.0037}}}},
      {Activation::sin,
       {{{k_gone, .3333}, {k_gone, 1}, {1.2819, 1.4958}, {.7968, 1.2032}, {k_gone, .5625}}}},
      {Activation::mish,
       {{{k_gone, .12},
         {k_gone, .36},
         {k_grows, 25.0 / 18, 0, 3},
         {k_gone, .72},
         {k_gone, .2025}}}},
  };
  for (const Row& row : rows)
    for (std::size_t i = 0; i < k_sigma_w2.size(); ++i) {
      CAPTURE(activations()[static_cast<std::size_t>(row.id)].name, k_sigma_w2[i]);
      const Cell& cell = row.cells[i];
      const auto state = phase_state({row.id, 0}, {k_sigma_w2[i], 0}, 1);
      CAPTURE(state.q, state.chi_1);
      if (cell.q == k_gone)
        CHECK(state.fate == Fate::vanishes);
      else if (cell.q == k_grows)
        CHECK(state.fate == Fate::explodes);
      else
        CHECK(near_digits(state.q, cell.q, cell.q_decimals));
      CHECK(near_digits(state.chi_1, cell.chi_1, cell.chi_decimals));
    }
  CHECK(near_digits(iterate(Activation::gelu, 2, 0, 1, 10), .029, 3));
  CHECK(near_digits(iterate(Activation::silu, 2, 0, 1, 10), .0036, 4));
  CHECK(near_digits(iterate(Activation::elu, 2, 0, 1, 50), 34, 0));
  // ELU with He has no fixed point, though the reference prints q* ~ 4.8e3 and chi_1 = 1.006: each
  // layer adds nearly 1, and these are the values that it has after 5000 layers.
  const double far = iterate(Activation::elu, 2, 0, 1, 5000);
  CHECK((far > 4.7e3 && far < 5e3));
  CHECK(near_digits(2 * gaussian_moments({Activation::elu, 0}, 4.8e3).slope, 1.006, 3));
  for (double q = 10; q < 1e8; q *= 10) CHECK(next_q({Activation::elu, 0}, {2, 0}, q) - q > 0.5);
}

TEST_CASE("Where activations without bias decay as a power of the depth") {
  CHECK(near_digits(2000 * iterate(Activation::tanh, 1, 0, 1, 2000), .5007, 4));
  CHECK(near_digits(2000 * iterate(Activation::sin, 1, 0, 1, 2000), 1, 2));
}

TEST_CASE("Half-stable points, and chi_q on the critical line") {
  struct Point {
    Activation id;
    double q, sigma_w2, sigma_b2;
  };
  for (const auto& [id, q, sigma_w2, sigma_b2] :
       {Point{Activation::gelu, 3.56155281, 1.98305826, .17292239},
        Point{Activation::silu, 14.32017362, 1.98800468, .55514317},
        Point{Activation::mish, 1.67016913, 2.01352407, .09452179}}) {
    CAPTURE(activations()[static_cast<std::size_t>(id)].name);
    const double found = half_stable({id, 0}).q;
    CHECK(near_digits(found, q, 7));
    const auto critical = critical_point({id, 0}, found);
    CHECK(near_digits(critical.point.sigma_w2, sigma_w2, 8));
    CHECK(near_digits(critical.point.sigma_b2, sigma_b2, 8));
  }
  for (const Activation id : {Activation::tanh, Activation::relu, Activation::elu,
                              Activation::softplus, Activation::sigmoid})
    CHECK(half_stable({id, 0}).q == 0);
  struct Row {
    Activation id;
    std::vector<std::array<double, 2>> points;  // q, chi_q
  };
  for (const Row& row :
       {Row{Activation::tanh, {{.05, .912}, {.5, .548}, {1, .391}, {2, .253}}},
        Row{Activation::erf, {{.05, .909}, {.5, .5}, {1, .333}, {2, .2}}},
        Row{Activation::sin, {{.05, .95}, {.5, .538}, {1, .238}, {2, .036}}},
        Row{Activation::gelu, {{.05, 1.048}, {.5, 1.100}, {1, 1.067}, {2, 1.026}, {4, .996}}},
        Row{Activation::silu, {{.05, 1.022}, {.5, 1.093}, {1, 1.099}, {2, 1.083}, {16, .997}}}})
    for (const auto& [q, chi_q] : row.points) {
      CAPTURE(activations()[static_cast<std::size_t>(row.id)].name, q);
      CHECK(near_digits(critical_point({row.id, 0}, q).chi_q, chi_q, 3));
    }
  for (const double q : {.5, 1.0}) {
    CHECK(near_digits(critical_point({Activation::elu, 0}, q).chi_q, q < 1 ? .87 : .86, 2));
    CHECK(near_digits(critical_point({Activation::selu, 0}, q).chi_q, q < 1 ? .76 : .73, 2));
  }
  // GELU with sigma_b^2 = .05: q* = .722 repels.
  const auto repeller = critical_at({Activation::gelu, 0}, .05);
  CHECK(near_digits(repeller.q, .722, 3));
  CHECK(repeller.chi_q > 1);
  CHECK(phase_state({Activation::gelu, 0}, repeller.point, .7).fate == Fate::settles);
  CHECK(phase_state({Activation::gelu, 0}, repeller.point, .7).q < .6);
}

TEST_CASE("Correlations at the edge of chaos") {
  const PhasePoint he{2, 0};
  const auto relu = [&](double c, int layers) {
    return correlation_after(Activation::relu, he, 1, c, layers);
  };
  CHECK(near_digits(relu(0, 1), .3183, 4));
  CHECK(near_digits(relu(0, 2), .4937, 4));
  CHECK(near_digits(relu(0, 3), .6048, 4));
  CHECK(near_digits(relu(0, 10), .8715, 4));
  CHECK(near_digits(relu(0, 100), .99642, 5));
  CHECK(near_digits((1 - relu(0, 100)) * 1e4, 35.8, 1));
  CHECK(near_digits((1 - relu(0, 1000)) * 1e6, 43.1, 1));
  // Smooth activations: 1 - c_l ~ beta / l, beta = 2 E[phi'^2] / (q* E[phi''^2]).
  for (const auto& [sigma_b2, q, beta] :
       {std::array{.05, .570048, 6.171}, std::array{.150965, 1.0, 3.094}}) {
    const ActivationSpec tanh{Activation::tanh, 0};
    double bend = 0;  // E[phi''^2], phi'' = -2 tanh (1 - tanh^2)
    constexpr double k_step = 1e-3;
    for (int i = -9000; i <= 9000; ++i) {
      const double z = k_step * i, u = std::sqrt(q) * z;
      const auto [phi, slope] = evaluate(tanh, u);
      bend += k_step * std::exp(-z * z / 2) / std::sqrt(2 * 3.14159265358979323846) *
              std::pow(2 * phi * slope, 2);
    }
    CHECK(near_digits(2 * gaussian_moments(tanh, q).slope / (q * bend), beta, 3));
    // And so it is: the map itself, from c = .9, has 1 - c_l near beta / l.
    const auto critical = critical_at(tanh, sigma_b2);
    const double rest =
        1 - correlation_after(Activation::tanh, critical.point, critical.q, .9, 800);
    CHECK(std::abs(rest * 800 / beta - 1) < 0.1);
  }
}
