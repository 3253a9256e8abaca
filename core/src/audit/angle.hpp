// The angle of a point, the same on every machine.
#pragma once

namespace initscope {

/// The angle of (x, y) from the x axis, counterclockwise, in turns: [0, 1). Absolute error below
/// 1e-15. Both finite and not both 0; no quotient of them may overflow that is not greater than 1
/// (there is none).
double turns_of(double y, double x) noexcept;

}  // namespace initscope
