// Golden bits: SHA-256 of what each part of the core writes, the same on every machine. The table
// is tests/golden/bits.txt; `initscope_tests "[golden]"` with INITSCOPE_PRINT_BITS set prints it.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>

#include "initscope/checked.hpp"
#include "initscope/sampling.hpp"
#include "instruction_sets.hpp"
#include "passes/panels.hpp"
#include "scheme_cases.hpp"
#include "sha256.hpp"
#include "simd/aligned_buffer.hpp"
#include "simd/kernels.hpp"

using namespace initscope;

namespace {

std::map<std::string, std::string> read_table() {
  std::ifstream file(INITSCOPE_GOLDEN "/bits.txt");
  std::map<std::string, std::string> table;
  std::string name, hash;
  while (file >> name >> hash) table[name] = hash;
  return table;
}

using Table = std::map<std::string, std::string>;

void add_schemes(Table& table) {
  for (const Scheme& scheme : schemes())  // 2^20 values: what the page's test draws as well
    if (scheme.exact)
      table["initialize/" + std::string(scheme.id)] =
          test::sha256_of(checked::initialize(test::tensor_of(scheme, 1024, 1024, 16)));
  table["initialize/trunc_normal/4..6"] =
      test::sha256_of(checked::initialize({{"scheme", std::string("trunc_normal")},
                                           {"scheme.a", 4.0},
                                           {"scheme.b", 6.0},
                                           {"shape", std::vector<double>{64, 1024}}}));
}

void add_samplers(Table& table) {
  const Stream stream(2026, {Purpose::input, 1, 2});
  std::vector<std::uint32_t> words(1u << 16);
  fill_words(stream, words);
  table["words"] = test::sha256_of(words);
  // 2^16 values from far into the stream and from within a chunk.
  const std::uint64_t far = (std::uint64_t{1} << 40) + 12345;
  std::vector<float> values(1u << 16);
  const auto add = [&](const char* name) { table[name] = test::sha256_of(values); };
  fill_uniform(stream, -1, 1, values, far);
  add("sampler/uniform/-1..1");
  fill_uniform(stream, 3, 5, values, far);
  add("sampler/uniform/3..5");
  fill_uniform(stream, -1e-37F, 1e-37F, values, far);
  add("sampler/uniform/subnormal");
  fill_normal(stream, 1, 2, values, far);
  add("sampler/normal/1,2");
  fill_truncated_normal(stream, 0, 1, -8, 8, values, far);
  add("sampler/truncated/-8..8");
  fill_truncated_normal(stream, -3, 2, 1.5, 9, values, far);
  add("sampler/truncated/tail");
}

/// Every activation, and sin of SIREN's frequency, with its name in the table.
std::vector<std::pair<std::string, ActivationSpec>> activation_cases() {
  std::vector<std::pair<std::string, ActivationSpec>> cases;
  for (const auto& info : activations()) cases.push_back({info.name, {info.id, 0.01F}});
  cases.push_back({"sin,30", {Activation::sin, 0.01F, 30}});
  return cases;
}

void add_activations(Table& table) {
  std::vector<float> z(1u << 16);
  fill_normal(Stream(1, {}), 0, 3, z);
  for (const auto& [name, activation] : activation_cases()) {
    std::vector<float> h(z.size()), g(z.size(), 1.0F);
    activate(activation, z, h);
    apply_activation_gradient(activation, z, g);
    table["activation/" + name] = test::sha256_of(h);
    table["slope/" + name] = test::sha256_of(g);
  }
}

void add_products(Table& table) {
  for (const bool transposed : {false, true}) {
    const PanelShape in{700, 70}, out{300, 70};
    AlignedBuffer a(in.units * out.units), b(in.size()), bias(out.units), c(out.size());
    fill_normal(Stream(1, {}), 0, 1, a.all());
    fill_normal(Stream(2, {}), 0, 1, b.all());
    fill_normal(Stream(3, {}), 0, 1, bias.all());
    simd::kernels().multiply({a.data(), transposed ? out.units : in.units, transposed, b.data(),
                              bias.data(), c.data(), out.units, in.units, in.panels()});
    table[transposed ? "product/transposed" : "product"] = test::sha256_of(c.all());
  }
}

void add_propagations(Table& table) {
  for (const auto& [name, activation] : activation_cases()) {
    std::vector<double> all;
    // Second moments as the page has them, one after another by signal: tests/web hashes the same.
    std::vector<double> second_moments;
    const auto layers = checked::propagate({{"depth", 10.0},
                                            {"width", 96.0},
                                            {"batch", 40.0},
                                            {"activation", name.substr(0, name.find(','))},
                                            {"omega_0", static_cast<double>(activation.omega_0)},
                                            {"bias", std::string("torch_linear_bias")}});
    using Signal = Moments LayerResult::*;
    for (const Signal signal :
         {&LayerResult::preactivation, &LayerResult::activation, &LayerResult::gradient})
      for (const auto& layer : layers) {
        const Moments& moments = layer.*signal;
        second_moments.push_back(moments.second_moment());
        for (const double value : {moments.mean(), moments.variance(), moments.skewness(),
                                   moments.excess_kurtosis(), moments.min(), moments.max()})
          all.push_back(value);
      }
    for (const auto& layer : layers) {
      for (const double value :
           {layer.histogram.from, layer.histogram.to, layer.correlation, layer.weight_second_moment,
            layer.weight_gradient, layer.zero_fraction, layer.dead_fraction,
            layer.saturated_fraction})
        all.push_back(value);
      for (const auto count : layer.histogram.counts) all.push_back(static_cast<double>(count));
      all.insert(all.end(), layer.quantiles.begin(), layer.quantiles.end());
    }
    table["propagation/" + name] = test::sha256_of(all);
    table["second_moments/" + name] = test::sha256_of(second_moments);
    // As the page has them: tests/web hashes the same.
    std::vector<double> histograms;
    for (const auto& layer : layers)
      for (const Histogram* of : {&layer.gradient_histogram, &layer.weight_histogram}) {
        histograms.insert(histograms.end(), {of->from, of->to, static_cast<double>(of->below),
                                             static_cast<double>(of->above)});
        for (const auto count : of->counts) histograms.push_back(static_cast<double>(count));
      }
    table["histograms/" + name] = test::sha256_of(histograms);
  }
}

/// Nets of every block: a residual one with norms, one behind BatchNorm, one after the activation.
void add_nets(Table& table) {
  const std::pair<const char*, const char*> nets[] = {
      {"residual",
       "dense,depth*(res;scale:1/sqrt(depth)(ln,dense;out:2x,phi,dense;out:width)),rms"},
      {"batch", "depth*(dense,bn,phi),gn;groups:4"},
      {"post-activation", "depth*(res(dense,phi,dense|dense,scale;value:0.5),phi)"}};
  for (const auto& [name, net] : nets) {
    std::vector<double> all;
    for (const LayerResult& row : checked::propagate({{"net", std::string(net)},
                                                      {"depth", 4.0},
                                                      {"width", 96.0},
                                                      {"batch", 40.0},
                                                      {"bias", std::string("torch_linear_bias")}}))
      for (const double value : {row.preactivation.second_moment(), row.activation.second_moment(),
                                 row.gradient.second_moment(), row.activation.max(),
                                 row.correlation, row.weight_second_moment, row.weight_gradient})
        all.push_back(value);
    table[std::string("propagation/") + name] = test::sha256_of(all);
  }
}

void add_training(Table& table, const char* set, const char* optimizer,
                  const std::string& net = k_plain_net) {
  std::vector<double> all;
  for (const auto& frame : checked::train({{"data_set", std::string(set)},
                                           {"optimizer", std::string(optimizer)},
                                           {"net", net},
                                           {"activation", std::string("tanh")},
                                           {"samples", 200.0},
                                           {"depth", 3.0},
                                           {"width", 40.0},
                                           {"batch", 40.0},
                                           {"steps", 10.0}})
                               .frames) {
    for (const double value : {frame.loss, frame.test_loss, frame.score}) all.push_back(value);
    for (const LayerState& layer : frame.layers)
      for (const double value : {layer.activation, layer.gradient, layer.weight,
                                 layer.weight_gradient, layer.bias_gradient, layer.update})
        all.push_back(value);
    all.insert(all.end(), frame.map.begin(), frame.map.end());
  }
  const std::string plain = "training/" + std::string(set) + "," + optimizer;
  table[net == k_plain_net ? plain : plain + "," + net] = test::sha256_of(all);
}

void add_trainings(Table& table) {
  for (const auto& set : data_sets()) {
    if (set.id == DataSet::data) continue;
    const Samples samples = draw_samples(set.id, 0.05, 2026, 3, 300);
    table["data/" + std::string(set.name)] = test::sha256_of(samples.x);
    add_training(table, set.name, "adam");
  }
  for (const char* optimizer : {"sgd", "momentum"}) add_training(table, "spirals", optimizer);
  for (const char* net : {"dense;out:width,depth*(res(ln,dense,phi,dense,scale;value:0.5)),rms",
                          "dense;out:width,depth*(bn,phi,dense)"})
    add_training(table, "spirals", "adam", net);
}

/// Name and hash of everything in the table.
Table compute() {
  Table table;
  add_schemes(table);
  add_samplers(table);
  add_activations(table);
  add_products(table);
  add_propagations(table);
  add_nets(table);
  add_trainings(table);
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
