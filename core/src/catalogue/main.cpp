// Prints the catalogue: the build runs this once and derives the page's types from its output.
#include <cstdio>

#include "initscope/catalogue.hpp"

int main() {
  std::puts(initscope::catalogue_json().c_str());
  return 0;
}
