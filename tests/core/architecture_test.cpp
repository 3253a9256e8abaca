// Theory of residual and normalized networks, to the digits in which it was derived; networks are
// drawn against it in tests/statistics.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "architectures.hpp"
#include "near.hpp"

using namespace initscope;
using test::Architecture;
using test::Claim;

namespace {

double theory_of(const MeanField& field, const Claim& claim) {
  const auto row = [&](std::size_t index) -> const LayerTheory& { return field.layers[index]; };
  return test::value_of(
      claim, [&](std::size_t l) { return row(l).activation; },
      [&](std::size_t l) { return row(l).correlation; },
      [&](std::size_t l) { return row(l).gradient; });
}

MeanField theory_of(const std::string& net, double batch, const char* activation = "relu",
                    const char* input = "normal") {
  return checked::mean_field({{"net", net},
                              {"batch", batch},
                              {"depth", 4.0},
                              {"width", 64.0},
                              {"input", std::string(input)},
                              {"activation", std::string(activation)}});
}

}  // namespace

TEST_CASE("Theory of residual and normalized networks has the digits that were derived") {
  for (const Architecture& each : test::architectures()) {
    INFO(each.id);
    const MeanField field = mean_field(test::spec_of(each));
    CHECK(field.gap == each.gap);
    if (field.gap != TheoryGap::applies) continue;
    CHECK(field.spreads.empty());  // no formula: the band is simulated
    for (const Claim& claim : each.claims) {
      const double value = theory_of(field, claim);
      INFO("theory " << value << ", derived " << claim.theory);
      CHECK(std::abs(value / claim.theory - 1) < claim.digits);
    }
  }
}

TEST_CASE("Final norms and zero branches have the gradients that were derived") {
  // N7 and N9 with the final norm: dE/dx_0 is 1, flat.
  for (const auto& [id, activation] : {std::pair{"N7", "rms"}, {"N9", "ln"}})
    for (Architecture each : test::architectures()) {
      if (each.id != id) continue;
      INFO(id);
      each.net += std::string(",") + activation;
      const MeanField field = mean_field(test::spec_of(each));
      REQUIRE(field.gap == TheoryGap::applies);
      CHECK(std::abs(field.layers[0].gradient - 1) < 1e-4);
    }
  // ReZero, and zeros at a branch's end: q, c and the gradient are those of the input, exactly.
  for (const char* branch : {"dense,phi,scale;value:0", "dense,phi,dense;weight:zeros"}) {
    const MeanField field = theory_of(std::string("depth*(res(") + branch + "))", 8);
    REQUIRE(field.gap == TheoryGap::applies);
    for (const LayerTheory& row : field.layers) {
      CHECK(row.activation == 1);
      CHECK(row.gradient == 1);
    }
  }
}

TEST_CASE("What theory does not know it names") {
  CHECK(theory_of("depth*(dense,phi)", 8).gap == TheoryGap::applies);
  CHECK(theory_of("dense,phi,phi", 8).gap == TheoryGap::shaped);
  CHECK(theory_of("dense,phi,phi", 8, "linear").gap == TheoryGap::applies);
  CHECK(theory_of("depth*(res(dense,phi),phi)", 8).gap == TheoryGap::shaped);
  CHECK(theory_of("dense,phi,depth*(res(dense,phi,dense),phi)", 8, "tanh").gap ==
        TheoryGap::shaped);
  CHECK(theory_of("dense,phi,res(dense),res(dense),phi", 8).gap == TheoryGap::shaped);
  CHECK(theory_of("dense,phi,res;scale:1e-4(dense),phi", 8).gap == TheoryGap::shaped);
  CHECK(theory_of("dense,phi,res(dense,bn),phi,dense,bn,phi", 8).gap == TheoryGap::shaped);
  CHECK(theory_of("phi,dense", 8).gap == TheoryGap::applies);
  CHECK(theory_of("phi,dense", 8, "relu", "uniform").gap == TheoryGap::shaped);
  CHECK(theory_of("dense,res(phi)", 8).gap == TheoryGap::coherent);
  CHECK(theory_of("dense,res(ln)", 8).gap == TheoryGap::coherent);
  CHECK(theory_of("dense,res(phi,dense|scale)", 8).gap == TheoryGap::applies);
  // A branch that hands its trunk on is not independent of it; one behind a product is.
  for (const char* net : {"res(res(dense))", "dense,4*(res(res(dense,phi,dense)))",
                          "dense,4*(res(ln,res(dense,phi,dense)))", "res(res(dense)|res(dense))"})
    CHECK(theory_of(net, 8).gap == TheoryGap::coherent);
  CHECK(theory_of("res(dense,res(dense,phi,dense))", 8).gap == TheoryGap::applies);
  // Rectified values of correlated samples: a unit's batch variance is its own.
  CHECK(theory_of("20*(dense,phi),bn,dense", 128).gap == TheoryGap::shaped);
  for (const auto& [correlation, gap] :
       {std::pair{0.0, TheoryGap::applies}, {0.9, TheoryGap::shaped}})
    CHECK(checked::mean_field({{"net", std::string("dense,4*(res(dense,phi,bn,dense))")},
                               {"batch", 128.0},
                               {"correlation", correlation}})
              .gap == gap);
  // What reads a norm of the batch is what its gradient comes from.
  CHECK(theory_of("20*(res(dense,phi,dense),bn)", 16).gap == TheoryGap::batch);
  CHECK(theory_of("dense,bn,bn,dense,phi", 6).gap == TheoryGap::batch);
  CHECK(theory_of("dense,bn,4*(res(phi,dense))", 8).gap == TheoryGap::batch);
  CHECK(theory_of("dense,res(phi,dense|dense,bn),dense", 8).gap == TheoryGap::applies);
  // Pixels stay dependent until a product mixes them.
  CHECK(theory_of("res(dense,phi),ln,dense", 8, "relu", "pixels").gap == TheoryGap::shaped);
  CHECK(theory_of("depth*(dense,bn,phi)", 3).gap == TheoryGap::batch);
  CHECK(theory_of("depth*(dense,bn,phi)", 4).gap == TheoryGap::applies);
  CHECK(theory_of("depth*(dense,bn,phi)", 255, "tanh").gap == TheoryGap::batch);
  CHECK(theory_of("depth*(dense,bn,phi)", 256, "tanh").gap == TheoryGap::applies);
  CHECK(theory_of("ln,dense", 8).gap == TheoryGap::applies);
  CHECK(theory_of("ln,dense", 8, "relu", "pixels").gap == TheoryGap::shaped);
  CHECK(theory_of("dense,ln,phi", 8, "relu", "pixels").gap == TheoryGap::applies);
  CHECK(theory_of("dense,gn;groups:2,phi", 8).gap == TheoryGap::applies);
  CHECK(theory_of("dense,gn;groups:4,phi", 8).gap == TheoryGap::batch);
  CHECK(theory_of("dense;weight:zero_init,phi", 8).gap == TheoryGap::structured);
  CHECK(theory_of("dense;bias:ones,phi", 8).gap == TheoryGap::biased);

  // A gap has the block that is its cause, and the row that this leads to.
  const auto cause = [](const char* net, double batch = 8) {
    const MeanField field = theory_of(net, batch);
    return field.gap_block + std::to_string(field.gap_row);
  };
  CHECK(cause("depth*(dense,phi)") == "0");
  CHECK(cause("dense,phi,phi") == "phi1");
  CHECK(cause("dense,phi,dense,res(phi)") == "res2");
  CHECK(cause("dense,phi,dense,bn,phi", 3) == "bn1");
  CHECK(cause("dense,phi,dense,phi,dense,gn;groups:4") == "gn2");
  for (const char* norm : {"ln", "rms", "gn"}) {
    const MeanField field =
        theory_of(std::string("res(dense,phi),") + norm + ",dense", 8, "relu", "pixels");
    CHECK(field.gap_block == std::string(norm));
  }
  CHECK(cause("dense,phi,dense;weight:zero_init,phi") == "dense1");
}

TEST_CASE("A trunk behind relu has the law of a reflected walk") {
  // With norms at the branches' ends: Lindley's walk, whose moments are Spitzer's.
  constexpr int k_blocks = 40;
  const MeanField field = checked::mean_field(
      {{"net", std::string("dense,bn,phi,") + std::to_string(k_blocks) + "*(res(dense,bn),phi)"},
       {"batch", 1024.0},
       {"width", 64.0}});
  REQUIRE(field.gap == TheoryGap::applies);
  std::vector<double> steps{0};
  for (int j = 1; j <= k_blocks + 1; ++j) steps.push_back(1 / std::sqrt(2 * std::numbers::pi * j));
  for (int k = 1; k <= k_blocks + 1; ++k) {
    double second = 0.5 * k;
    for (int i = 1; i < k; ++i)
      for (int j = 1; i + j <= k; ++j)
        second += steps[static_cast<std::size_t>(i)] * steps[static_cast<std::size_t>(j)];
    CHECK(std::abs(field.layers[static_cast<std::size_t>(k - 1)].activation / second - 1) < 3e-5);
  }
}

TEST_CASE("A trunk behind relu stays as it is where its branches are zero") {
  const MeanField field =
      theory_of("dense,phi,depth*(res(dense,phi,dense,scale;value:0),phi),res(dense),phi", 8);
  REQUIRE(field.gap == TheoryGap::applies);
  for (std::size_t l = 1; l <= 4; ++l) {
    CHECK(std::abs(field.layers[l].activation / field.layers[0].activation - 1) < 1e-12);
    CHECK(std::abs(field.layers[l].correlation / field.layers[1].correlation - 1) < 1e-12);
    CHECK(std::abs(field.layers[l].gradient / field.layers[4].gradient - 1) < 1e-12);
  }
}

TEST_CASE("A shallower scale of branches takes more points, and gives the same limit") {
  // 1/sqrt(L) in L blocks: e^(s/2)-like growth, smooth in L.
  double last = 0, step = std::numeric_limits<double>::infinity();
  for (const int depth : {8, 32, 128}) {
    const MeanField field = checked::mean_field(
        {{"net", std::string("dense,phi,depth*(res;scale:1/sqrt(depth)(dense),phi)")},
         {"depth", static_cast<double>(depth)},
         {"batch", 8.0},
         {"width", 64.0}});
    REQUIRE(field.gap == TheoryGap::applies);
    const double end = field.layers.back().activation;
    if (last > 0) {
      CHECK(std::abs(end - last) < step);
      step = 0.7 * std::abs(end - last);
    }
    last = end;
  }
}

TEST_CASE("Theory of a net that says what the fields say is that of the fields") {
  const auto parse = [](const char* net) {
    return checked::parse<NetworkSpec>(
        {{"net", std::string(net)}, {"depth", 6.0}, {"activation", std::string("tanh")}});
  };
  const MeanField plain = mean_field(parse("depth*(dense,phi)")),
                  net = mean_field(parse("6*(dense,phi)"));
  REQUIRE(net.layers.size() == plain.layers.size());
  for (std::size_t l = 0; l < plain.layers.size(); ++l) {
    CHECK(net.layers[l].preactivation == plain.layers[l].preactivation);
    CHECK(net.layers[l].gradient == plain.layers[l].gradient);
    CHECK(net.layers[l].weight_gradient == plain.layers[l].weight_gradient);
    CHECK(net.layers[l].correlation == plain.layers[l].correlation);
  }
}
