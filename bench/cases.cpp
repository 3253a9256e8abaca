#include "cases.hpp"

#include <cmath>
#include <map>
#include <memory>
#include <random>
#include <span>
#include <vector>

#include "initscope/orthogonal.hpp"
#include "initscope/propagation.hpp"
#include "initscope/sampling.hpp"
#include "initscope/training.hpp"
#include "initscope/weights.hpp"
#include "passes/runner.hpp"
#include "simd/aligned_buffer.hpp"
#include "simd/kernels.hpp"

using namespace initscope;

namespace {

constexpr std::size_t k_samples = std::size_t{1} << 20;  // 4 MiB, as in the peers
using bench::Run;

/// Keeps the compiler from leaving out what fills the memory.
void touch(const void* memory) { asm volatile("" : : "r"(memory) : "memory"); }

AlignedBuffer& samples() {
  static AlignedBuffer buffer(k_samples);
  return buffer;
}

Run fill(void (*sample)(const Stream&, std::span<float>)) {
  return [sample] { sample(Stream(1, {}), samples().all()); };
}

template <class Distribution>
Run standard_library(Distribution distribution) {
  return [generator = std::mt19937(1), distribution]() mutable {
    for (float& value : samples().all()) value = distribution(generator);
    touch(samples().data());
  };
}

/// A forward pass through ReLU layers without biases, weights drawn before.
Run forward(std::size_t depth, std::size_t width, std::size_t batch) {
  struct State {
    AlignedBuffer weights, input, z, h, room;
  };
  const PanelShape shape{width, batch};
  auto state = std::make_shared<State>(
      State{AlignedBuffer(depth * width * width), AlignedBuffer(shape.size()),
            AlignedBuffer(shape.size()), AlignedBuffer(shape.size()),
            AlignedBuffer(simd::SparseRoom::size(width, shape.panels()))});
  fill_normal(Stream(1, {}), 0, std::sqrt(2.0F / static_cast<float>(width)), state->weights.all());
  fill_normal(Stream(2, {}), 0, 1, state->input.all());
  return [=] {
    const float* from = state->input.data();
    for (std::size_t l = 0; l < depth; ++l) {
      simd::kernels().multiply({state->weights.data() + l * width * width, width, false, from,
                                nullptr, state->z.data(), width, width, shape.panels(),
                                l == 0 ? nullptr : state->room.data()});
      simd::kernels().activate({Activation::relu, 0}, state->z.data(), state->h.data(),
                               shape.size());
      from = state->h.data();
    }
  };
}

Spec pre_norm_spec() {
  return {{"net", std::string("depth*(res(ln,dense;out:4x,phi,dense;out:width))")},
          {"depth", 12.0},
          {"width", 256.0},
          {"batch", 128.0}};
}

/// Residual blocks of a pre-LN transformer without its attention, 12 x 256 at batch 128, weights
/// drawn before: the plan's own passes, there, or there and back with the weights' gradients.
Run pre_norm(Keeps keeps) {
  struct State {
    NetworkSpec spec;
    Plan plan;
    std::unique_ptr<KeptParameters<float>> parameters;
    Runner<KernelPasses> runner;
  };
  auto state = std::make_shared<State>();
  read(pre_norm_spec(), state->spec);
  state->plan = plan_of(state->spec);
  const Plan& plan = state->plan;
  state->parameters = std::make_unique<KeptParameters<float>>(plan);
  NetworkWeights source(state->spec, plan);
  state->parameters->draw(plan, source);
  Runner<KernelPasses>& runner = state->runner;
  runner.restart(plan, *state->parameters, state->spec.batch, keeps);
  fill_normal(Stream(2, {}), 0, 1, {runner.signal(0), runner.shape(0).size()});
  return [state, keeps] {
    state->runner.forward();
    if (keeps != Keeps::learnable) return;
    const Index output = state->plan.output();
    std::fill_n(state->runner.gradient(output), state->runner.shape(output).size(), 1.0F);
    state->runner.backward(nullptr);
  };
}

/// All that a figure asks: weights are drawn, statistics taken, there and back.
Run propagation(const Spec& asked) {
  NetworkSpec spec;
  read(asked, spec);
  auto job = std::make_shared<PropagationJob>();
  return [=] {
    job->restart(spec);
    while (job->advance()) continue;
  };
}

Run orthogonal(std::size_t n) {
  auto out = std::make_shared<std::vector<float>>(n * n);
  return [=] { draw_orthogonal(Draw(Stream(1, {}), 0), n, n, 1, *out); };
}

/// Four networks of 8 x 64 on 2000 points, batch 64, 600 steps each in turn, with the frames that a
/// page shows.
Run training() {
  std::vector<TrainingSpec> specs(4);
  for (std::size_t i = 0; i < specs.size(); ++i)
    read({{"data_set", std::string("spirals")},
          {"samples", 2000.0},
          {"depth", 8.0},
          {"width", 64.0},
          {"batch", 64.0},
          {"steps", 600.0},
          {"learning_rate", 0.01},
          {"replicate", static_cast<double>(i)}},
         specs[i]);
  return [=] {
    std::vector<std::unique_ptr<TrainingJob>> jobs;
    for (const auto& spec : specs) jobs.push_back(std::make_unique<TrainingJob>(spec));
    for (bool more = true; more;) {
      more = false;
      for (auto& job : jobs) more = job->advance() || more;
    }
  };
}

struct Tensor {
  double fan_in;
  std::size_t elements;
};

/// The convolutions and the last layer of ResNet-50 (He et al., "Deep residual learning", 2016).
std::vector<Tensor> resnet50() {
  std::vector<Tensor> tensors;
  const auto convolution = [&](std::size_t out, std::size_t in, std::size_t kernel) {
    tensors.push_back({static_cast<double>(in * kernel * kernel), out * in * kernel * kernel});
  };
  convolution(64, 3, 7);
  std::size_t in = 64;
  for (const auto& [width, blocks] :
       {std::pair<std::size_t, int>{64, 3}, {128, 4}, {256, 6}, {512, 3}})
    for (int block = 0; block < blocks; ++block) {
      convolution(width, in, 1);
      convolution(width, width, 3);
      convolution(4 * width, width, 1);
      if (block == 0) convolution(4 * width, in, 1);
      in = 4 * width;
    }
  convolution(1000, 2048, 1);
  return tensors;
}

/// The matrices of GPT-2 small, 124 million parameters.
std::vector<Tensor> gpt2() {
  constexpr std::size_t k_width = 768;
  std::vector<Tensor> tensors{{0, 50257 * k_width}, {0, 1024 * k_width}};
  for (int block = 0; block < 12; ++block)
    for (const std::size_t out : {3 * k_width, k_width, 4 * k_width, 4 * k_width})
      tensors.push_back({0, out * k_width});
  return tensors;
}

/// Kaiming's normal where the fan is known, N(0, 0.02) elsewhere.
Run model(std::vector<Tensor> tensors) {
  std::size_t total = 0;
  for (const auto& tensor : tensors) total += tensor.elements;
  auto memory = std::make_shared<AlignedBuffer>(total);
  return [=] {
    std::span<float> rest = memory->all();
    std::uint32_t layer = 0;
    for (const auto& [fan_in, elements] : tensors) {
      const double std = fan_in > 0 ? std::sqrt(2 / fan_in) : 0.02;
      fill_normal(Stream(1, {Purpose::weight, ++layer, 0}), 0, static_cast<float>(std),
                  rest.first(elements));
      rest = rest.subspan(elements);
    }
  };
}

const std::map<std::string, Run (*)()> k_makers = {
    {"store",
     [] {
       return Run([] {
         const auto all = samples().all();
         std::fill(all.begin(), all.end(), 1.5F);
         touch(all.data());
       });
     }},
    {"uniform",
     [] { return fill([](const Stream& s, auto out) { fill_uniform(s, -1, 1, out); }); }},
    {"normal", [] { return fill([](const Stream& s, auto out) { fill_normal(s, 0, 1, out); }); }},
    {"truncated",
     [] {
       return fill([](const Stream& s, auto out) { fill_truncated_normal(s, 0, 1, -2, 2, out); });
     }},
    {"std_uniform", [] { return standard_library(std::uniform_real_distribution<float>(-1, 1)); }},
    {"std_normal", [] { return standard_library(std::normal_distribution<float>(0, 1)); }},
    {"forward_50x256", [] { return forward(50, 256, 128); }},
    {"forward_100x512", [] { return forward(100, 512, 256); }},
    {"net_12x256", [] { return pre_norm(Keeps::differentiable); }},
    {"net_12x256_back", [] { return pre_norm(Keeps::learnable); }},
    {"net_12x256_whole", [] { return propagation(pre_norm_spec()); }},
    {"plain_50x256_whole",
     [] {
       return propagation({{"depth", 50.0}, {"width", 256.0}, {"batch", 128.0}});
     }},
    {"plain_100x512_whole",
     [] {
       return propagation({{"depth", 100.0}, {"width", 512.0}, {"batch", 256.0}});
     }},
    {"orthogonal_256", [] { return orthogonal(256); }},
    {"orthogonal_512", [] { return orthogonal(512); }},
    {"training", training},
    {"resnet50", [] { return model(resnet50()); }},
    {"gpt2", [] { return model(gpt2()); }},
};

}  // namespace

const bench::Run* bench::find_case(const std::string& name) {
  static std::map<std::string, Run> made;
  const auto found = made.find(name);
  if (found != made.end()) return &found->second;
  const auto maker = k_makers.find(name);
  if (maker == k_makers.end()) return nullptr;
  Run& run = made[name] = maker->second();
  run();
  return &run;
}
