// How an answer is described: each of its types has one list of its members, by which objects.hpp
// makes the object that JavaScript gets and declare.cpp prints its declaration in TypeScript.
// Nothing here knows JavaScript, so that a list says the same to both.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

#include "initscope/schemes.hpp"
#include "initscope/spec.hpp"

namespace initscope::binding {

namespace scope = initscope;

/// The list of T: k_name, the declared type's name, or "" for one that is declared where it is
/// used; k_about, a sentence about it, or ""; and `list(member)`, which calls member(name, get) or
/// member(name, get, about) for each member. `get` is what std::invoke takes to a T, and the C++
/// type of what it gives decides what JavaScript sees.
template <class T>
struct Described {};

template <class T>
concept Listed = requires {
  Described<T>::k_name;
};

/// What `get` gives for a T, without its reference.
template <class T, class Get>
using Given = std::remove_cvref_t<std::invoke_result_t<const Get&, const T&>>;

/// One of the names, by its place among them: a union of texts.
template <const auto& kNames>
struct OneOf {
  std::size_t index;
  const char* name() const noexcept { return kNames[index]; }
};
template <const auto& kNames, class Enum>
OneOf<kNames> one_of(Enum value) noexcept {
  return {static_cast<std::size_t>(value)};
}

/// A reason by its id, of which the catalogue has the list.
struct ReasonId {
  scope::Reason reason;
  const char* name() const noexcept {
    return scope::reasons()[static_cast<std::size_t>(reason)].id;
  }
};

template <>
struct Described<scope::Issue> {
  static constexpr const char *k_name = "CoreIssue", *k_about = "What the core says of a field.";
  template <class Member>
  static void list(Member member) {
    using Of = scope::Issue;
    member("field", &Of::field,
           "Path of the field: \"depth\", \"scheme.a\", \"bias.std\"; the engine makes "
           "\"schemes.0.a\" of the second.");
    member("value", &Of::value, "The value that was given, as text.");
    member("reason", [](const Of& of) { return ReasonId{of.reason}; });
    member("allowed", &Of::allowed, "What is allowed: \"1..200\", \"fan_in, fan_out\".");
  }
};

/// Numbers in a typed array, by their places, which are asked for once: at(i) of `count`. It may
/// refer to what it was made of.
template <class At>
struct Column {
  std::size_t count;
  At at;
};
/// The same for anything, in an array of JavaScript.
template <class At>
struct List {
  std::size_t count;
  At at;
};
template <class At>
Column<At> column(std::size_t count, At at) {
  return {count, at};
}
template <class At>
List<At> list_of(std::size_t count, At at) {
  return {count, at};
}

/// One number of each row.
template <class Row, class Get>
auto column(const std::vector<Row>& rows, Get get) {
  return column(rows.size(), [&rows, get](std::size_t i) {
    return static_cast<double>(std::invoke(get, rows[i]));
  });
}

/// The values of a tensor, which readers take home: an array with a buffer to itself.
struct Tensor {
  std::span<const float> values;
};

/// A member that is there only where it has a value; std::optional stands for null.
template <class T>
struct Omissible {
  std::optional<T> value;
};

/// A scheme with its parameters, as requests write it.
struct Arguments {
  const scope::SchemeSpec& scheme;
};

/// Options of a block, by name: numbers and texts.
struct Options {
  const scope::Spec& options;
};

}  // namespace initscope::binding
