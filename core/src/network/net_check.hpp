// The field "net" of a network's spec: read, and checked by its plan before anything runs. Not
// inlined, so that a request without it does not bring this along.
#pragma once

#include "initscope/network.hpp"

namespace initscope {

/// Reads the text into `out.net`, which stays empty where the text is that of the widths.
[[gnu::noinline]] void read_net_field(const std::string& text, SpecReader& reader,
                                      NetworkSpec& out);

/// Whether every block can be, the schemes have its weights, and memory and time suffice. Of a spec
/// that is read but for this; a net that cannot be is taken out of it.
[[gnu::noinline]] void check_net(NetworkSpec& spec, SpecReader& reader);

}  // namespace initscope
