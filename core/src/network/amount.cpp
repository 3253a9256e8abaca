#include "network/amount.hpp"

#include <cmath>
#include <cstdlib>

namespace initscope {

std::optional<double> decimal_number(const std::string& text) {
  if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string::npos)
    return std::nullopt;
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (*end != '\0' || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<Amount> amount_of(const std::string& text) {
  const bool times = !text.empty() && text.back() == 'x';
  const auto number = decimal_number(times ? text.substr(0, text.size() - 1) : text);
  if (!number) return std::nullopt;
  return Amount{*number, times};
}

}  // namespace initscope
