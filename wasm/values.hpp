// Values across the border: specs in, arrays out, all of them copies.
#pragma once

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <string>
#include <vector>

#include "initscope/spec.hpp"

namespace initscope::binding {

using emscripten::val;
namespace scope = initscope;

inline scope::Value to_value(const val& value) {
  if (value.isNumber()) return value.as<double>();
  if (value.isString()) return value.as<std::string>();
  if (value.isArray()) return emscripten::convertJSArrayToNumberVector<double>(value);
  return value.typeOf().as<std::string>();  // not a value of a spec: the check will say so
}

inline scope::Spec to_spec(const val& object) {
  const val keys = val::global("Object").call<val>("keys", object);
  const auto count = keys["length"].as<unsigned>();
  scope::Spec spec;
  for (unsigned i = 0; i < count; ++i)
    spec.set(keys[i].as<std::string>(), to_value(object[keys[i]]));
  return spec;
}

template <class T>
inline val copy(const char* type, const T* data, std::size_t size) {
  return val::global(type).new_(emscripten::typed_memory_view(size, data));
}

}  // namespace initscope::binding
