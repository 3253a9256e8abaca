// Golden bits: SHA-256 of what each part of the core writes, the same on every machine. The table
// is tests/golden/bits.txt; `initscope_tests "[golden]"` with INITSCOPE_PRINT_BITS set prints it.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>

#include "initscope/checked.hpp"
#include "initscope/sampling.hpp"
#include "instruction_sets.hpp"
#include "sha256.hpp"

using namespace initscope;

namespace {

std::map<std::string, std::string> read_table() {
  std::ifstream file(INITSCOPE_GOLDEN "/bits.txt");
  std::map<std::string, std::string> table;
  std::string name, hash;
  while (file >> name >> hash) table[name] = hash;
  return table;
}

/// Name and hash of everything in the table.
std::map<std::string, std::string> compute() {
  std::map<std::string, std::string> table;
  for (const Scheme& scheme : schemes())  // 2^20 values: what the page's test draws as well
    table["initialize/" + std::string(scheme.id)] = test::sha256_of(checked::initialize(
        {{"scheme", std::string(scheme.id)}, {"shape", std::vector<double>{1024, 1024}}}));
  table["initialize/trunc_normal/4..6"] =
      test::sha256_of(checked::initialize({{"scheme", std::string("trunc_normal")},
                                           {"scheme.a", 4.0},
                                           {"scheme.b", 6.0},
                                           {"shape", std::vector<double>{64, 1024}}}));
  std::vector<std::uint32_t> words(1u << 16);
  fill_words(Stream(2026, {Purpose::input, 1, 2}), words);
  table["words"] = test::sha256_of(words);
  std::vector<float> z(1u << 16);
  fill_normal(Stream(1, {}), 0, 3, z);
  for (const auto& info : activations()) {
    std::vector<float> h(z.size()), g(z.size(), 1.0F);
    activate({info.id, 0.01F}, z, h);
    apply_activation_gradient({info.id, 0.01F}, z, g);
    table["activation/" + std::string(info.name)] = test::sha256_of(h);
    table["slope/" + std::string(info.name)] = test::sha256_of(g);
  }
  std::vector<double> moments;
  for (const auto& layer : checked::propagate({{"depth", 10.0}, {"width", 96.0}, {"batch", 40.0}}))
    for (const auto* signal : {&layer.preactivation, &layer.activation, &layer.gradient})
      for (const double value : {signal->moments.mean(), signal->moments.variance(),
                                 signal->moments.skewness(), signal->moments.excess_kurtosis()})
        moments.push_back(value);
  table["propagation/moments"] = test::sha256_of(moments);
  return table;
}

}  // namespace

TEST_CASE("SHA-256 itself gives its known answers") {
  const auto text = [](const char* s) {
    return test::sha256(std::as_bytes(std::span(s, std::strlen(s))));
  };
  CHECK(text("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(text("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("Bits are golden on every instruction set", "[golden]") {
  const auto golden = read_table();
  if (std::getenv("INITSCOPE_PRINT_BITS") != nullptr)
    for (const auto& [name, hash] : compute()) std::printf("%s %s\n", name.c_str(), hash.c_str());
  test::on_each_instruction_set([&] {
    const auto computed = compute();
    CHECK(computed.size() == golden.size());
    for (const auto& [name, hash] : computed) {
      INFO(name);
      CHECK(golden.contains(name));
      CHECK((golden.contains(name) ? golden.at(name) : "") == hash);
    }
  });
}

TEST_CASE("The hashes see a single changed bit") {
  auto values = checked::initialize({{"scheme", std::string("normal")}});
  const auto before = test::sha256_of(values);
  values[1000] = std::nextafter(values[1000], 10.0F);
  CHECK(test::sha256_of(values) != before);
}
