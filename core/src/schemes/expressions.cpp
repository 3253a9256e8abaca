#include "schemes/expressions.hpp"

#include <cstdio>

namespace initscope {
namespace {

/// Six digits: where a jump or a pole is, is found by halving.
std::string rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

Expression read(SpecReader& reader, const std::string& text, const char* field) {
  using Fault = ExpressionFault::Kind;
  ExpressionFault fault;
  Expression expression = Expression::read(text, fault);
  const auto too_many = [&](std::size_t most, const char* what) {
    reader.note(field, Reason::too_many, std::to_string(most) + what);
  };
  switch (fault.kind) {
    case Fault::none:
      break;
    case Fault::too_long:
      too_many(k_most_expression, " bytes");
      break;
    case Fault::too_many:
      too_many(k_most_operations, " operations");
      break;
    case Fault::too_deep:
      too_many(k_most_nesting, " values that wait for others");
      break;
    case Fault::syntax:
      reader.note(
          field, Reason::not_in_text, fault.allowed,
          std::to_string(fault.column) + ": " + (fault.found.empty() ? "end" : fault.found));
      break;
    case Fault::not_finite:
      reader.note(field, Reason::not_finite,
                  to_text(-k_asked_range) + ".." + to_text(k_asked_range), rounded(fault.at));
      break;
    case Fault::not_continuous:
      reader.note(field, Reason::not_continuous, rounded(fault.below) + ", " + rounded(fault.above),
                  rounded(fault.at));
      break;
  }
  return expression;
}

}  // namespace

Expression (*const read_expression)(SpecReader&, const std::string&, const char*) = read;

}  // namespace initscope
