// Layouts and axes, and schemes whose weights depend on one another.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <set>

#include "initscope/checked.hpp"

using namespace initscope;

TEST_CASE("Keras's layout has its fans and the same matrices") {
  const Fans found = fans({3, 3, 16, 32}, Layout::keras);
  CHECK(found.in == 144);
  CHECK(found.out == 288);
  CHECK(fans({7}, Layout::keras).in == 7);
  const auto draw = [](const char* scheme, std::vector<double> shape, const char* layout) {
    return checked::initialize({{"scheme", std::string(scheme)},
                                {"shape", std::move(shape)},
                                {"layout", std::string(layout)}});
  };
  // [kernel, in, out]: the middle tap passes input i on to output i.
  const auto dirac = draw("dirac", {3, 2, 4}, "keras");
  CHECK(dirac[8] == 1);
  CHECK(dirac[8 + 5] == 1);
  CHECK(std::count(dirac.begin(), dirac.end(), 1.0F) == 2);
  // Orthonormal columns of [in][out].
  const auto q = draw("orthogonal", {30, 10}, "keras");
  for (std::size_t a = 0; a < 10; ++a)
    for (std::size_t b = 0; b < 10; ++b) {
      double dot = 0;
      for (std::size_t i = 0; i < 30; ++i)
        dot += static_cast<double>(q[i * 10 + a]) * static_cast<double>(q[i * 10 + b]);
      CHECK(std::abs(dot - (a == b ? 1 : 0)) < 1e-6);
    }
}

TEST_CASE("Fans by axes are JAX's") {
  const auto check = [](const Shape& shape, const Axes& axes, double in, double out) {
    const Fans found = fans(shape, Layout::keras, axes);
    CHECK(found.in == in);
    CHECK(found.out == out);
  };
  check({3, 3, 16, 32}, {}, 144, 288);
  using List = std::vector<int>;
  check({64, 8, 16}, {List{0}, List{1, 2}, {}}, 64, 128);  // an attention kernel as it is meant
  check({10, 64, 32}, {List{-2}, List{-1}, {0}}, 64, 32);  // ten matrices, one beside another
  check({5, 64, 32}, {}, 320, 160);                        // without: a convolution
  Spec spec{{"scheme", std::string("lecun_normal")},
            {"layout", std::string("keras")},
            {"shape", std::vector<double>{10, 64, 32}},
            {"batch_axis", 0.0}};
  CHECK(std::abs(checked::parse<InitializeSpec>(spec).scheme.law().std() - 1 / 8.0) < 1e-12);
  const auto reason = [&](const char* field, const Value& value,
                          const char* scheme = "lecun_normal") {
    Spec wrong = spec;
    wrong.set("scheme", std::string(scheme));
    wrong.set(field, value);
    InitializeSpec out;
    const Issues issues = read(wrong, out);
    REQUIRE(issues.size() == 1);
    return issues[0].reason;
  };
  CHECK(reason("in_axis", 3.0) == Reason::out_of_range);
  CHECK(reason("in_axis", 0.0) == Reason::out_of_range);  // a batch axis already
  CHECK(reason("in_axis", 0.5) == Reason::not_a_shape);
  CHECK(reason("batch_axis", 0.0, "orthogonal") == Reason::not_with);
}

TEST_CASE("STFT kernels are windowed cosines") {
  const auto draw = [](const char* side, const char* window, const char* scaling) {
    return checked::initialize({{"scheme", std::string("stft")},
                                {"scheme.side", std::string(side)},
                                {"scheme.window", std::string(window)},
                                {"scheme.scaling", std::string(scaling)},
                                {"layout", std::string("keras")},
                                {"shape", std::vector<double>{8, 1, 5}}});
  };
  const auto plain = draw("real", "none", "none"), imaginary = draw("imag", "none", "none");
  for (std::size_t t = 0; t < 8; ++t)
    for (std::size_t f = 0; f < 5; ++f) {
      const double phase = 2 * 3.14159265358979 * static_cast<double>(t * f) / 8;
      CHECK(std::abs(static_cast<double>(plain[t * 5 + f]) - std::cos(phase)) < 1e-6);
      CHECK(std::abs(static_cast<double>(imaginary[t * 5 + f]) + std::sin(phase)) < 1e-6);
    }
  // At frequency 0 stands the window: its squares, or its values, add up to 1.
  double squares = 0, sum = 0;
  const auto density = draw("real", "hann", "density"), spectrum = draw("real", "hann", "spectrum");
  for (std::size_t t = 0; t < 8; ++t) {
    squares += static_cast<double>(density[t * 5]) * static_cast<double>(density[t * 5]);
    sum += static_cast<double>(spectrum[t * 5]);
  }
  CHECK(std::abs(squares - 1) < 1e-6);
  CHECK(std::abs(sum - 1) < 1e-6);
  CHECK(density[0] == 0);  // Hann's window begins at 0
}

TEST_CASE("Structured schemes have their structure") {
  const auto draw = [](const char* scheme, std::vector<double> shape, Spec spec = {}) {
    spec.set("scheme", std::string(scheme));
    spec.set("shape", std::move(shape));
    return checked::initialize(spec);
  };
  SECTION("sparse: the zeros of each column are counted") {
    for (const char* generator : {"initscope", "torch"}) {
      const auto w = draw("sparse", {25, 40},
                          {{"scheme.sparsity", 0.3}, {"generator", std::string(generator)}});
      std::set<std::vector<bool>> patterns;
      for (std::size_t column = 0; column < 40; ++column) {
        std::vector<bool> pattern;
        for (std::size_t row = 0; row < 25; ++row) pattern.push_back(w[row * 40 + column] == 0);
        CHECK(std::count(pattern.begin(), pattern.end(), true) == 8);  // ceil(7.5)
        patterns.insert(pattern);
      }
      CHECK(patterns.size() > 35);  // two of the million patterns agree: P = 7e-4
    }
  }
  SECTION("ZerO: Hadamard's rows are orthogonal, a wide matrix is the identity") {
    const auto w = draw("zero_init", {8, 6});
    for (std::size_t a = 0; a < 6; ++a)
      for (std::size_t b = 0; b < 6; ++b) {
        double dot = 0;
        for (std::size_t o = 0; o < 8; ++o)
          dot += static_cast<double>(w[o * 6 + a]) * static_cast<double>(w[o * 6 + b]);
        CHECK(std::abs(dot - (a == b ? 1 : 0)) < 1e-6);
      }
    CHECK(draw("zero_init", {3, 4}) == draw("eye", {3, 4}));
  }
  SECTION("looks linear: CReLU of a mirrored signal is linear") {
    const auto w = draw("looks_linear", {6, 4});
    for (std::size_t o = 0; o < 3; ++o)
      for (std::size_t i = 0; i < 2; ++i) {
        CHECK(w[o * 4 + i] == -w[o * 4 + i + 2]);
        CHECK(w[o * 4 + i] == -w[(o + 3) * 4 + i]);
      }
  }
  SECTION("mimetic: the pair's product is alpha Z + beta I") {
    const double d = 24;
    const auto q = draw("mimetic", {d, d}, {{"scheme.part", std::string("query")}});
    const auto k = draw("mimetic", {d, d}, {{"scheme.part", std::string("key")}});
    const auto z = draw("normal", {d, d}, {{"scheme.std", 1 / std::sqrt(d)}});
    for (std::size_t i = 0; i < 24; ++i)
      for (std::size_t j = 0; j < 24; ++j) {
        double product = 0;
        for (std::size_t h = 0; h < 24; ++h)
          product += static_cast<double>(q[h * 24 + i]) * static_cast<double>(k[h * 24 + j]);
        const double expected = 0.7 * static_cast<double>(z[i * 24 + j]) + (i == j ? 0.7 : 0);
        CHECK(std::abs(product - expected) < 2e-6);
      }
  }
  SECTION("delta orthogonal: one tap is orthogonal, the others are 0") {
    const auto w = draw("delta_orthogonal", {6, 4, 3});
    for (std::size_t a = 0; a < 4; ++a)
      for (std::size_t b = 0; b < 4; ++b) {
        double dot = 0;
        for (std::size_t o = 0; o < 6; ++o)
          dot += static_cast<double>(w[(o * 4 + a) * 3 + 1]) *
                 static_cast<double>(w[(o * 4 + b) * 3 + 1]);
        CHECK(std::abs(dot - (a == b ? 1 : 0)) < 1e-6);
      }
    CHECK(std::count(w.begin(), w.end(), 0.0F) == 48);
  }
}

TEST_CASE("LSUV gives each layer's pre-activations the variance 1") {
  const auto layers = checked::propagate({{"scheme", std::string("lsuv")},
                                          {"activation", std::string("tanh")},
                                          {"depth", 8.0},
                                          {"width", 64.0}});
  // Without measuring, orthogonal weights lose a third of it in each layer.
  for (const auto& layer : layers) CHECK(std::abs(layer.preactivation.std() - 1) < 0.1);
  const auto plain = checked::propagate({{"scheme", std::string("orthogonal")},
                                         {"activation", std::string("tanh")},
                                         {"depth", 8.0},
                                         {"width", 64.0}});
  CHECK(plain.back().preactivation.std() < 0.7);
}
