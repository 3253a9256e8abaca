// Answers as objects of JavaScript, made by the lists of their members. What declare.cpp prints for
// a type of C++ is what `to_val` makes of it here: results.test.ts compares them.
#pragma once

#include <string>
#include <variant>

#include "describe.hpp"
#include "initscope/schemes.hpp"
#include "values.hpp"

namespace initscope::binding {

template <class T>
val to_val(const T& value);

template <class T>
concept Number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool>;

using NumberAt = double (*)(const void* of, std::size_t i);
inline val column_array(std::size_t count, NumberAt at, const void* of) {
  std::vector<double> numbers(count);
  for (std::size_t i = 0; i < count; ++i) numbers[i] = at(of, i);
  return copy("Float64Array", numbers.data(), count);
}
template <class T>
double number_at(const void* column, std::size_t i) {
  return static_cast<double>(static_cast<const T*>(column)->at(i));
}

inline val facts_object(const scope::Facts& facts) {
  val object = val::object();
  for (const auto& [name, value] : facts) object.set(name, value);
  return object;
}

/// Sets the numbers and texts of a spec.
inline void set_values(val& object, const scope::Spec& values) {
  for (const auto& [field, value] : values)
    if (const auto* number = std::get_if<double>(&value))
      object.set(field, *number);
    else if (const auto* text = std::get_if<std::string>(&value))
      object.set(field, *text);
}

inline val arguments_object(const scope::SchemeSpec& scheme) {
  val object = val::object();
  object.set("scheme", std::string(scheme.scheme->id));
  set_values(object, scheme.parameters);
  return object;
}

inline val options_object(const scope::Spec& options) {
  val object = val::object();
  set_values(object, options);
  return object;
}

template <class T>
struct IsColumn : std::false_type {};
template <class At>
struct IsColumn<Column<At>> : std::true_type {};
template <class T>
struct IsList : std::false_type {};
template <class At>
struct IsList<List<At>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsOmissible : std::false_type {};
template <class T>
struct IsOmissible<Omissible<T>> : std::true_type {};

// Calls, so that a member is a few bytes of the module.
[[gnu::noinline]] inline void set_value(val& object, const char* name, const val& value) {
  object.set(name, value);
}
[[gnu::noinline]] inline void set_number(val& object, const char* name, double number) {
  object.set(name, number);
}
[[gnu::noinline]] inline void set_numbers(val& object, const char* name, const double* numbers,
                                          std::size_t count) {
  object.set(name, copy("Float64Array", numbers, count));
}

[[gnu::noinline]] inline void set_column(val& object, const char* name, std::size_t count,
                                         NumberAt at, const void* of) {
  object.set(name, column_array(count, at, of));
}

template <class T>
[[gnu::always_inline]] inline void set(val& object, const char* name, const T& value) {
  if constexpr (IsOmissible<T>::value) {
    if (value.value) set_value(object, name, to_val(*value.value));
  } else if constexpr (Number<T>) {
    set_number(object, name, static_cast<double>(value));
  } else if constexpr (IsColumn<T>::value) {
    set_column(object, name, value.count, number_at<T>, &value);
  } else if constexpr (std::is_convertible_v<const T&, std::span<const double>>) {
    set_numbers(object, name, value.data(), value.size());
  } else {
    set_value(object, name, to_val(value));
  }
}

/// The object of a described type. The members are inlined, and with that no sentence about them is
/// left in the module.
template <Listed T>
val object_of(const T& value) {
  val object = val::object();
  Described<T>::list([&](const char* name, auto get, const char* = "") __attribute__((
      always_inline)) { set(object, name, std::invoke(get, value)); });
  return object;
}

inline val to_issues(const scope::Issues& issues) {
  return to_val(list_of(issues.size(),
                        [&issues](std::size_t i) -> const scope::Issue& { return issues[i]; }));
}

template <class T>
val to_val(const T& value) {
  if constexpr (Listed<T>) {
    return object_of(value);
  } else if constexpr (Number<T>) {
    return val(static_cast<double>(value));
  } else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::string>) {
    return val(value);
  } else if constexpr (IsOptional<T>::value || std::is_pointer_v<T>) {
    return value ? to_val(*value) : val::null();
  } else if constexpr (std::is_same_v<T, Tensor>) {
    return copy("Float32Array", value.values.data(), value.values.size());
  } else if constexpr (IsList<T>::value) {
    val array = val::array();
    for (std::size_t i = 0; i < value.count; ++i) array.call<void>("push", to_val(value.at(i)));
    return array;
  } else if constexpr (IsColumn<T>::value) {
    return column_array(value.count, number_at<T>, &value);
  } else if constexpr (std::is_same_v<T, Arguments>) {
    return arguments_object(value.scheme);
  } else if constexpr (std::is_same_v<T, Options>) {
    return options_object(value.options);
  } else if constexpr (std::is_same_v<T, scope::Facts>) {
    return facts_object(value);
  } else if constexpr (std::is_same_v<T, scope::Issues>) {
    return to_issues(value);
  } else if constexpr (requires { value.name(); }) {  // OneOf, ReasonId
    return val(value.name());
  } else if constexpr (std::is_convertible_v<const T&, std::span<const float>>) {
    return copy("Float32Array", value.data(), value.size());
  } else {
    return copy("Float64Array", value.data(), value.size());
  }
}

}  // namespace initscope::binding
