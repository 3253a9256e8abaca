// Trainings of nets, for the tests of how they begin and of what they learn.
#pragma once

#include <cmath>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "initscope/checked.hpp"
#include "initscope/training.hpp"

namespace initscope::test {

/// A request to train this net, with some fields changed.
inline Spec with(const std::string& net,
                 std::initializer_list<std::pair<std::string, Value>> changes) {
  Spec spec{{"net", net},
            {"data_set", std::string("circles")},
            {"samples", 200.0},
            {"depth", 3.0},
            {"width", 12.0},
            {"batch", 40.0},
            {"activation", std::string("tanh")},
            {"bias", std::string("torch_linear_bias")},
            {"steps", 30.0}};
  for (const auto& [name, value] : changes) spec.set(name, value);
  return spec;
}

inline TrainingSpec spec_of(const std::string& net,
                            std::initializer_list<std::pair<std::string, Value>> changes = {}) {
  return checked::parse<TrainingSpec>(with(net, changes));
}

/// Every block, residual ones nested, with and without heads of their own.
inline constexpr const char* k_learned_nets[] = {
    "dense;out:width,ln,phi,depth*(dense,ln,phi)",
    "dense;out:24,gn;groups:4,phi,rms",
    "dense;out:width,depth*(bn,phi,dense),bn,phi,dense;out:2",
    "dense;out:width,depth*(res;scale:1/sqrt(depth)(ln,dense,phi,dense)),ln,dense;out:2",
    "dense;out:width,depth*(res(dense;out:2x,phi,dense;out:width,scale;value:0)),phi",
    "dense;out:width,depth*(res(bn,phi,dense,bn,phi,dense;out:width;weight:zeros),phi)",
    "dense;out:8,res(phi,dense;out:6|dense;out:6;weight:library),dropout,phi;activation:gelu"};

/// Numbers of a result that a changed bit changes.
inline std::vector<double> bits_of(const TrainingResult& result) {
  std::vector<double> all;
  for (const TrainingFrame& frame : result.frames) {
    all.insert(all.end(), {frame.loss, frame.test_loss, frame.score});
    for (const LayerState& row : frame.layers)
      all.insert(all.end(),
                 {row.activation, row.gradient, row.weight, row.weight_gradient, row.update});
    for (const LayerState& row : frame.layers)
      if (!std::isnan(row.trunk)) all.insert(all.end(), {row.trunk, row.branch});
    all.insert(all.end(), frame.map.begin(), frame.map.end());
  }
  return all;
}

}  // namespace initscope::test
