// Lists of words as one text, a space between two: a list of pointers would be larger, and lies in
// the part of the WebAssembly module that every page loads.
#pragma once

#include <cstddef>
#include <string_view>

namespace initscope {

/// The word in front, which is taken off the list; empty where there is none.
constexpr std::string_view take_word(std::string_view& list) noexcept {
  const std::size_t end = list.find(' ');
  const std::string_view word = list.substr(0, end);
  list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  return word;
}

/// The word at a place, counted from 0; empty behind the last.
constexpr std::string_view word_at(std::string_view list, std::size_t place) noexcept {
  while (place-- > 0) take_word(list);
  return take_word(list);
}

/// Whether a name has one of the words somewhere in it.
constexpr bool has_word_of(std::string_view list, std::string_view name) noexcept {
  while (!list.empty())
    if (name.find(take_word(list)) != std::string_view::npos) return true;
  return false;
}

}  // namespace initscope
