#include "specs.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "initscope/net.hpp"

namespace initscope::fuzz {
namespace {

std::string hostile_text(Bytes& bytes) {
  static const std::string long_text(3000, 'x');
  static const std::string texts[] = {"",
                                      "true",
                                      "nan",
                                      "__proto__",
                                      "{value}{field}{allowed}",
                                      "$&",
                                      "1e5",
                                      "-1",
                                      "0x10",
                                      "18446744073709551616",
                                      "normal",
                                      "18446744073709551615",
                                      "\xe6\x9d\x83",
                                      "\xff\xfe",
                                      std::string(1, '\0'),
                                      "data",
                                      long_text};
  return texts[bytes.below(std::size(texts))];
}

/// A whole number of the field's range, near its lower end.
double near_least(Bytes& bytes, const Field& field, double most) {
  const double span = std::min(field.max, std::max(most, field.min)) - field.min;
  return field.min + static_cast<double>(bytes.below(static_cast<std::size_t>(span) + 1));
}

/// A list of a length and of extents that the field allows; a shape of few elements.
std::vector<double> good_list(Bytes& bytes, const Field& field) {
  constexpr int k_most_length = 5;
  const int longest = std::min(field.most_rank, std::max(field.least_rank, k_most_length));
  std::vector<double> list;
  const auto lengths = static_cast<std::size_t>(longest - field.least_rank + 1);
  for (auto left = static_cast<std::size_t>(field.least_rank) + bytes.below(lengths); left > 0;
       --left)
    list.push_back(near_least(bytes, field, 6));
  return list;
}

std::vector<double> hostile_list(Bytes& bytes) {
  constexpr std::size_t k_lengths[] = {0, 1, 2, 3, 9, 300};
  std::vector<double> list(k_lengths[bytes.below(std::size(k_lengths))], 1);
  for (std::size_t i = 0; i < std::min<std::size_t>(list.size(), 9); ++i)
    list[i] = bytes.below(2) == 0 ? static_cast<double>(bytes.below(2000)) : bytes.hostile_number();
  return list;
}

Value good_value(Bytes& bytes, const Field& field, double most) {
  switch (field.kind) {
    case Kind::number:
      if (bytes.below(2) == 0) return near_least(bytes, field, most);
      return field.min + (field.max - field.min) * static_cast<double>(bytes.below(65536)) / 65535;
    case Kind::integer:
      return near_least(bytes, field, most);
    case Kind::choice:
      return std::string(field.choices[bytes.below(field.choices.size())]);
    case Kind::scheme:
      return std::string(schemes()[bytes.below(schemes().size())].id);
    case Kind::seed:
      return static_cast<double>(bytes.below(65536));
    case Kind::text: {  // now and then one that is none; of nets the fuzzer `nets` knows more
      if (std::string_view(field.id) == "net") {
        static constexpr const char* k_nets[] = {
            k_plain_net,
            "dense,depth*(res(ln,dense;out:2x,phi,dense;out:width))",
            "depth*(dense,bn,phi)",
            "depth*(res(dense,phi,dense,scale;value:0))",
            "gn;groups:3,rms,phi,dense;out:2",
            "res(dense"};
        return std::string(k_nets[bytes.below(std::size(k_nets))]);
      }
      if (std::string_view(field.id) != "expression") return field.fallback;
      static constexpr const char* k_texts[] = {
          "z",  "x*tanh(softplus(x))", "where(z>0,z,exp(z)-1)", "max(z,0.1*z)+sin(z)", "z^3-z",
          "z*("};
      return std::string(k_texts[bytes.below(std::size(k_texts))]);
    }
    case Kind::shape:
      break;
  }
  return good_list(bytes, field);
}

/// A scheme, and some of its parameters.
void add_scheme(Bytes& bytes, const Field& field, Spec& spec) {
  const Value value = value_of(bytes, field);
  spec.set(field.id, value);
  const auto* id = std::get_if<std::string>(&value);
  const Scheme* scheme = id == nullptr ? nullptr : find_scheme(*id);
  if (scheme == nullptr) return;
  for (const Field& parameter : scheme->fields)
    if (bytes.below(3) == 0)
      spec.set(std::string(field.id) + '.' + parameter.id, value_of(bytes, parameter));
}

}  // namespace

std::uint8_t Bytes::next() noexcept {
  if (bytes_.empty()) return 0;
  const std::uint8_t byte = bytes_.front();
  bytes_ = bytes_.subspan(1);
  return byte;
}

std::size_t Bytes::below(std::size_t n) noexcept {
  if (n < 2) return 0;
  const std::size_t byte = next();
  return (n > 256 ? byte << 8 | next() : byte) % n;
}

double Bytes::hostile_number() noexcept {
  using Limits = std::numeric_limits<double>;
  constexpr double k_numbers[] = {Limits::quiet_NaN(),
                                  Limits::infinity(),
                                  -Limits::infinity(),
                                  -0.0,
                                  Limits::denorm_min(),
                                  Limits::max(),
                                  Limits::lowest(),
                                  0.5,
                                  -1,
                                  1e-9,
                                  3.5e38,
                                  4294967296,
                                  9007199254740992,
                                  1000000,
                                  33554432,
                                  1e-300};
  return k_numbers[below(std::size(k_numbers))];
}

float Bytes::any_float() noexcept {
  std::uint32_t bits = 0;
  for (int i = 0; i < 4; ++i) bits = bits << 8 | next();
  float value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

Value value_of(Bytes& bytes, const Field& field, double most) {
  // Seldom wrong, or a request of many fields would never be admitted.
  switch (bytes.below(64)) {
    case 0:
      return field.fallback;
    case 1:
      return field.min;
    case 2:
      return field.max;
    case 3:
      return bytes.hostile_number();
    case 4:
      return hostile_text(bytes);
    case 5:
      return hostile_list(bytes);
    default:
      return good_value(bytes, field, most);
  }
}

Spec spec_of(Bytes& bytes, std::span<const Field> fields, std::initializer_list<Small> small) {
  Spec spec;
  for (const Field& field : fields) {
    const auto* bound = std::find_if(small.begin(), small.end(), [&](const Small& each) {
      return std::string_view(each.id) == field.id;
    });
    if (bound != small.end())
      spec.set(field.id, value_of(bytes, field, bound->most));
    else if (bytes.below(3) == 0)
      continue;
    else if (field.kind == Kind::scheme)
      add_scheme(bytes, field, spec);
    else
      spec.set(field.id, value_of(bytes, field));
  }
  if (bytes.below(32) == 1) spec.set(hostile_text(bytes), bytes.hostile_number());
  return spec;
}

}  // namespace initscope::fuzz
