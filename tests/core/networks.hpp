// Specs and nets, for the tests of what networks are and of what they do.
#pragma once

#include <string>
#include <utility>

#include "initscope/network.hpp"

namespace initscope::test {

inline Spec network(std::string scheme, double depth, double width) {
  return {{"scheme", std::move(scheme)}, {"depth", depth}, {"width", width}};
}

inline Issues issues_of(const Spec& spec) {
  NetworkSpec out;
  return read(spec, out);
}

/// A request for this net, whose units are those of tanh and have biases.
inline Spec with_net(const std::string& net, double depth = 3, double width = 24,
                     double batch = 37) {
  return {{"net", net},
          {"depth", depth},
          {"width", width},
          {"batch", batch},
          {"activation", std::string("tanh")},
          {"bias", std::string("torch_linear_bias")}};
}

/// One network of each block, residual ones nested, with and without projections.
inline constexpr const char* k_nets[] = {
    "depth*(dense,ln,phi)",
    "depth*(dense,phi,rms)",
    "depth*(dense,gn;groups:4,phi)",
    "depth*(dense,bn,phi)",
    "dense,phi,dense;out:2x,phi;activation:gelu,dense;out:10",
    "depth*(res(phi,dense,phi,dense))",
    "dense,depth*(res;scale:1/sqrt(depth)(ln,dense;out:2x,phi,dense;out:width)),ln,dense;out:5",
    "depth*(res(dense,phi,dense),phi)",
    "res(dense;out:12,phi,dense;out:16|dense;out:16),phi,res(phi,dense,scale;value:0.5)",
    "depth*(res(phi,dense,res(dense,phi),dense))",
    "res(bn,phi,dense,bn,phi,dense),dropout,ln"};

}  // namespace initscope::test
