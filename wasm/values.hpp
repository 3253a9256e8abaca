// Values across the border: specs in, arrays and issues out, all of them copies.
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

inline val to_issues(const scope::Issues& issues) {
  val list = val::array();
  for (const auto& issue : issues) {
    val object = val::object();
    object.set("field", issue.field);
    object.set("value", issue.value);
    object.set("reason", std::string(scope::reasons()[static_cast<std::size_t>(issue.reason)].id));
    object.set("allowed", issue.allowed);
    list.call<void>("push", object);
  }
  return list;
}

template <class T>
inline val copy(const char* type, const T* data, std::size_t size) {
  return val::global(type).new_(emscripten::typed_memory_view(size, data));
}

}  // namespace initscope::binding
