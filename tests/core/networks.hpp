// Specs of networks, for the tests of what they are and of what they do.
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

}  // namespace initscope::test
