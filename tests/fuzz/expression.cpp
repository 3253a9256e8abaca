// Texts of expressions, and what is computed of those that are good.
#include "initscope/expression.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "checks.hpp"
#include "initscope/phase.hpp"

using namespace initscope;
using namespace initscope::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  ExpressionFault fault;
  const Expression expression = Expression::read(text, fault);
  require(static_cast<bool>(expression) == (fault.kind == ExpressionFault::Kind::none),
          "a text is an expression, or it is said what is wrong with it");
  if (fault.kind == ExpressionFault::Kind::syntax) {
    require(fault.column >= 1 && fault.column <= text.size() + 1, "a place lies in the text");
    require(!fault.allowed.empty(), "what is allowed is said");
  }
  if (!expression) return 0;
  const ActivationSpec activation = expression.activation();
  std::vector<float> z, h(33), g(33, 1.0F);
  for (int i = 0; i <= 32; ++i) z.push_back(static_cast<float>(i - 16) / 4);
  activate(activation, z, h);
  apply_activation_gradient(activation, z, g);
  for (const double q : {1e-9, 1.0, 1e20}) {
    const GaussianMoments m = gaussian_moments(activation, q);
    for (const double value :
         {m.mean, m.second, m.variance, m.slope, m.slope_fourth, m.mixed, m.excess,
          m.centered_excess, m.second_growth, m.variance_growth, m.slope_growth})
      require_finite(value, "averages are numbers");
    require(m.evaluations <= k_most_moment_evaluations, "averages have a bound");
    const GaussianPair pair = gaussian_pair(activation, q, 0.7);
    require_finite(pair.product, "an average of a pair is a number");
    require_finite(pair.slopes, "an average of a pair's slopes is a number");
    require(pair.evaluations <= k_most_typed_pair_evaluations, "pairs have a bound");
  }
  const CriticalPoint critical = critical_point(activation, 1);
  require(critical.q == 1, "a critical point is where it was asked for");
  return 0;
}
