// What is measured of the core, natively and in WebAssembly.
#pragma once

#include <functional>
#include <string>

namespace bench {

using Run = std::function<void()>;

/// The case of this name, or null. It is made when it is first asked for, since some take half a
/// gigabyte, and run once, so that pages and caches are warm.
const Run* find_case(const std::string& name);

}  // namespace bench
