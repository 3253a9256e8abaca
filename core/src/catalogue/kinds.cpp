#include "catalogue/kinds.hpp"

#include "initscope/distribution.hpp"
#include "initscope/layers.hpp"
#include "initscope/matrix.hpp"
#include "initscope/phase.hpp"
#include "initscope/propagation.hpp"
#include "initscope/training.hpp"

namespace initscope {
namespace {

std::vector<Spec> named(std::initializer_list<const char*> ids) {
  std::vector<Spec> schemes;
  for (const char* id : ids) schemes.push_back(Spec{{"scheme", id}});
  return schemes;
}

}  // namespace

std::span<const RequestKind> request_kinds() {
  static constexpr RequestKind k_kinds[] = {
      {"initialize", initialize_fields}, {"distribution", distribution_fields},
      {"matrix", matrix_fields},         {"model", model_fields},
      {"phase", phase_fields},           {"propagation", network_fields},
      {"training", training_fields},     {"symmetry", symmetry_fields},
  };
  return k_kinds;
}

std::span<const JobKind> job_kinds() {
  static constexpr const char* k_inputs =
      "Inputs of the caller, [batch][input_width], for the input \"data\"; no part of a link.";
  static constexpr const char* k_table =
      "Table of the caller, [samples][inputs + 1], for the data set \"data\"; no part of a link.";
  static const JobKind kinds[] = {
      {"distribution", "distribution", "distribution",
       "Values of tensors that each scheme draws, as many as are asked for, against their law.", "",
       false, named({"xavier_normal", "kaiming_normal", "kaiming_uniform"})},
      {"matrix", "matrix", "matrix",
       "One tensor of each scheme as a matrix, with its singular values.", "", false,
       named({"kaiming_normal"})},
      {"propagation", "propagation", "propagate",
       "A network forward and backward under each scheme, with statistics of each layer.", k_inputs,
       false, named({"kaiming_normal", "xavier_normal", "normal"})},
      {"meanField", "propagation", "meanField",
       "Theory alone, of what a propagation would simulate.", k_inputs, false,
       named({"kaiming_normal"})},
      {"plan", "propagation", "plan",
       "A network as it will be run: its blocks, the rows of its figures, its weights.", k_inputs,
       false, named({"kaiming_normal"})},
      // The point and the map are the same for every scheme: the first brings them.
      {"phase", "phase", "phase", "Schemes' places in the phase plane, and a point of one's own.",
       "", false, named({"xavier_normal", "kaiming_normal", "torch_linear"}),
       Spec{{"detail", "place"}}},
      {"training", "training", "train",
       "Networks that learn one data set from the weights that each scheme gives them.", k_table,
       true, named({"kaiming_normal", "xavier_normal", "normal", "zeros"})},
      {"symmetry",
       "symmetry",
       "symmetry",
       "The same as a training, with a look at the units of one layer.",
       k_table,
       true,
       {Spec{{"scheme", "constant"}, {"val", 0.5}},
        Spec{{"scheme", "normal"}, {"mean", 0.5}, {"std", 0.01}},
        Spec{{"scheme", "xavier_normal"}}}},
  };
  return kinds;
}

}  // namespace initscope
