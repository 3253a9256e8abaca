// Rates of certificates and seeds, over more tensors and longer streams than every build can try.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "audit_draws.hpp"
#include "initscope/certificate.hpp"
#include "initscope/seed.hpp"

using namespace initscope;
using test::Foreign;

namespace {

std::vector<float> redrawn(const StreamPlace& place, const LawDrawn& law, std::size_t count) {
  std::vector<float> values(count);
  redraw(place, law, values);
  return values;
}

}  // namespace

TEST_CASE("Normal tensors of six sizes give their seed, and never another") {
  Foreign foreign(20);
  int right = 0, wrong = 0;
  const std::array stds = {1.0, 0.02, std::sqrt(2.0 / 576)};
  for (const std::size_t count : {1248U, 1280U, 1600U, 2048U, 4096U, 16384U})
    for (int i = 0; i < 100; ++i) {
      const StreamPlace place{static_cast<std::uint32_t>(foreign.bits(32)), foreign.bits(17)};
      const double std = stds[static_cast<std::size_t>(i) % 3];
      const auto found =
          recover_normal_seed(redrawn(place, LawDrawn::normal(0, std), count), 0, std);
      right += found == place ? 1 : 0;
      wrong += found && found != place ? 1 : 0;
    }
  CHECK(right == 600);
  CHECK(wrong == 0);
}

TEST_CASE("A tensor behind 125 million words is found") {
  const StreamPlace place{77, 125000000};
  CHECK(recover_uniform_seed(redrawn(place, LawDrawn::uniform(-0.125, 0.125), 4096), 0.125) ==
        place);
  CHECK(recover_normal_seed(redrawn(place, LawDrawn::normal(0, 0.02), 4096), 0, 0.02) == place);
}

TEST_CASE("Of 20000 foreign tensors none is certified, of 5000 of torch all are") {
  Foreign foreign(21);
  int lattice = 0, phase = 0;
  const auto yes = [](std::span<const float> values) {
    UniformLattice certificate(std::array{0.1});
    certificate.add(values);
    return certificate.verdict().certified ? 1 : 0;
  };
  for (int i = 0; i < 20000; ++i) {
    std::vector<float> values(64);
    for (float& value : values) value = static_cast<float>(foreign.uniform(-0.1, 0.1));
    lattice += yes(values);
    phase += torch_phase(foreign.normals(1024, 1)).certified ? 1 : 0;
  }
  CHECK(lattice == 0);
  CHECK(phase == 0);
  for (std::uint32_t seed = 0; seed < 5000; ++seed) {
    lattice += yes(redrawn({seed, 3}, LawDrawn::uniform(-0.1, 0.1), 64));
    phase += torch_phase(redrawn({seed, 3}, LawDrawn::normal(0, 0.1), 1024)).certified ? 1 : 0;
  }
  CHECK(lattice == 5000);
  CHECK(phase == 5000);
}

TEST_CASE("A seed of 16 bits is the only one among a million") {
  const LawDrawn law = LawDrawn::normal(0, 0.02);
  auto values = redrawn({654321, 0}, law, 64);
  for (float& value : values) value = rounded_to(Precision::float16, value);
  SeedSearch search(law, Precision::float16, values, 0, 0, 1000000);
  while (search.advance(65536)) continue;
  REQUIRE(search.found().size() == 1);
  CHECK(search.found().front() == 654321);
}
