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

template <class List>
val to_array(const List& list) {
  val array = val::array();
  for (const auto& item : list) array.call<void>("push", to_val(item));
  return array;
}

inline val facts_object(const scope::Facts& facts) {
  val object = val::object();
  for (const auto& [name, value] : facts) object.set(name, value);
  return object;
}

inline val arguments_object(const scope::SchemeSpec& scheme) {
  val object = val::object();
  object.set("scheme", std::string(scheme.scheme->id));
  for (const auto& [field, value] : scheme.parameters)
    if (const auto* number = std::get_if<double>(&value))
      object.set(field, *number);
    else if (const auto* text = std::get_if<std::string>(&value))
      object.set(field, *text);
  return object;
}

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsOmissible : std::false_type {};
template <class T>
struct IsOmissible<Omissible<T>> : std::true_type {};

/// The object of a described type. The members are inlined, and with that no sentence about them is
/// left in the module.
template <Listed T>
val object_of(const T& value) {
  val object = val::object();
  Described<T>::list([&](const char* name, auto get, const char* = "")
                         __attribute__((always_inline)) {
                           if constexpr (IsOmissible<Member<T, decltype(get)>>::value) {
                             const auto member = std::invoke(get, value);
                             if (member.value) object.set(name, to_val(*member.value));
                           } else {
                             object.set(name, to_val(std::invoke(get, value)));
                           }
                         });
  return object;
}

template <class T>
val to_val(const T& value) {
  if constexpr (Listed<T>) {
    return object_of(value);
  } else if constexpr (std::is_same_v<T, bool>) {
    return val(value);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return val(static_cast<double>(value));
  } else if constexpr (std::is_same_v<T, std::string>) {
    return val(value);
  } else if constexpr (IsOptional<T>::value || std::is_pointer_v<T>) {
    return value ? to_val(*value) : val::null();
  } else if constexpr (std::is_same_v<T, Tensor>) {
    return copy("Float32Array", value.values.data(), value.values.size());
  } else if constexpr (std::is_same_v<T, Plain>) {
    return to_array(value.numbers);
  } else if constexpr (std::is_same_v<T, Arguments>) {
    return arguments_object(value.scheme);
  } else if constexpr (std::is_same_v<T, scope::Facts>) {
    return facts_object(value);
  } else if constexpr (std::is_same_v<T, scope::Issues>) {
    return to_issues(value);
  } else if constexpr (requires { value.name(); }) {  // OneOf
    return val(std::string(value.name()));
  } else {  // an array
    using Item = std::remove_cvref_t<decltype(*value.begin())>;
    if constexpr (std::is_same_v<Item, float>)
      return copy("Float32Array", value.data(), value.size());
    else if constexpr (std::is_same_v<Item, double>)
      return copy("Float64Array", value.data(), value.size());
    else if constexpr (std::is_arithmetic_v<Item>)
      return to_val(std::vector<double>(value.begin(), value.end()));
    else
      return to_array(value);
  }
}

}  // namespace initscope::binding
