// Values across the border: specs in, numbers and lists out, all of them copies.
#pragma once

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <string>
#include <vector>

#include "initscope/distribution.hpp"
#include "initscope/propagation.hpp"

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

inline val numbers(const std::vector<double>& values) {
  return copy("Float64Array", values.data(), values.size());
}

template <class Range, class Function>
inline val numbers(const Range& range, Function get) {
  std::vector<double> values;
  for (const auto& item : range) values.push_back(static_cast<double>(get(item)));
  return numbers(values);
}

inline val counts(const scope::Histogram& histogram) {
  return numbers(histogram.counts, [](std::uint64_t count) { return count; });
}

inline val histogram_object(const scope::Histogram& histogram) {
  val object = val::object();
  object.set("from", histogram.from);
  object.set("to", histogram.to);
  object.set("counts", counts(histogram));
  object.set("below", static_cast<double>(histogram.below));
  object.set("above", static_cast<double>(histogram.above));
  return object;
}

inline val moments_object(const scope::Moments& moments) {
  val object = val::object();
  object.set("count", static_cast<double>(moments.count()));
  object.set("mean", moments.mean());
  object.set("std", moments.std());
  object.set("skewness", moments.skewness());
  object.set("excessKurtosis", moments.excess_kurtosis());
  object.set("min", moments.min());
  object.set("max", moments.max());
  return object;
}

inline val law_object(const scope::Law& law) {
  constexpr const char* k_names[] = {"atom",      "uniform", "normal", "truncated_normal",
                                     "spherical", "atoms",   "unknown"};
  val object = val::object();
  object.set("kind", std::string(k_names[static_cast<std::size_t>(law.kind())]));
  object.set("zeros", law.zeros());
  object.set("atomValues",
             numbers(law.atoms(), [](const scope::Law::Atom& atom) { return atom.value; }));
  object.set("atomMasses",
             numbers(law.atoms(), [](const scope::Law::Atom& atom) { return atom.mass; }));
  object.set("mean", law.mean());
  object.set("std", law.std());
  object.set("min", law.lowest());
  object.set("max", law.highest());
  return object;
}

inline val facts_object(const scope::Facts& facts) {
  val object = val::object();
  for (const auto& [name, value] : facts) object.set(name, value);
  return object;
}

inline val shape_array(const scope::Shape& shape) {
  val list = val::array();
  for (const auto extent : shape) list.call<void>("push", static_cast<double>(extent));
  return list;
}

/// One quantity by layer.
template <class Layer, class Member>
inline val by_layer(const std::vector<Layer>& layers, Member member) {
  return numbers(layers, [member](const Layer& layer) { return layer.*member; });
}

}  // namespace initscope::binding
