// The field "net" of a network's spec: read, and checked by its plan before anything runs.
// The first two are pointers, for the reason that is given with `activate_panels`
// (simd/kernels.hpp): 1 kB of the first part.
#pragma once

#include "initscope/plan.hpp"

namespace initscope {

/// Reads the text into `out.net`, which stays empty where the text is that of the widths.
extern void (*const read_net_field)(const std::string& text, SpecReader& reader, NetworkSpec& out);

/// Whether every block can be, the schemes have its weights, and memory and time suffice. Of a spec
/// that is read but for this; a net that cannot be is taken out of it.
extern void (*const check_net)(NetworkSpec& spec, SpecReader& reader);

/// Whether every block of a net that is to learn can be; one that does not end in a `dense` of so
/// many outputs gets one. Its schemes, memory and time are looked at apart.
bool end_net(NetworkSpec& spec, std::size_t outputs, SpecReader& reader);
/// Whether the schemes have each weight of a net.
void check_weights(const NetworkSpec& spec, const Plan& plan, SpecReader& reader);

}  // namespace initscope
