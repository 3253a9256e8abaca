// What each field of a request says, for the types that are made of the catalogue and for the docs:
// one sentence a field, and another one for a kind of request where it says something else.
#include <algorithm>
#include <iterator>

#include "catalogue/kinds.hpp"

namespace initscope {
namespace {

/// A kind of request whose fields are another's, with a few of its own.
struct Likeness {
  const char *request, *other;
};

constexpr Likeness k_alike[] = {
    {"distribution", "initialize"}, {"matrix", "initialize"}, {"symmetry", "training"}};

constexpr FieldDoc k_docs[] = {
    {"scheme", "Scheme of the weights."},
    {"scheme", "Scheme of the tensor.", "initialize"},
    {"shape", "Extents of the tensor, in the order of its layout."},
    {"layout",
     "Order of the extents: PyTorch's [out, in, kernel...], or [kernel..., in, out] of Keras and "
     "JAX."},
    {"in_axis",
     "Axes that are inputs, for schemes by fans; a negative one counts from the last, [] is none."},
    {"out_axis",
     "Axes that are outputs, for schemes by fans; a negative one counts from the last, [] is "
     "none."},
    {"batch_axis",
     "Axes that neither fan counts, for schemes by fans; no layout has any of its own."},
    {"generator",
     "Generator of all numbers: ours, the same on every machine, or PyTorch's after "
     "torch.manual_seed."},
    {"generator",
     "Generator of weights and biases: ours, the same on every machine, or PyTorch's after "
     "torch.manual_seed; inputs are always from ours.",
     "propagation"},
    {"generator",
     "Generator of weights and biases: ours, the same on every machine, or PyTorch's after "
     "torch.manual_seed; data and the order of samples are always from ours.",
     "training"},
    {"seed", "Seed of all that is random; as text, all 64 bits are exact."},
    {"layer", "Number of the layer whose stream the tensor is drawn from."},
    {"layer", "Number of the layer whose units are looked at; the output is the last.", "symmetry"},
    {"replicate", "Number of the replicate; another one has other random numbers."},
    {"replicate",
     "Number of the replicate; another one has other weights and batches, of the same samples.",
     "training"},
    {"first", "First element of the part that is drawn."},
    {"count", "Number of elements that are drawn; 0 for all from the first on."},
    {"samples", "Number of values to draw; tensors are drawn until there are as many."},
    {"samples", "Number of samples to learn from; with \"data\", of the table's rows.", "training"},
    {"bins", "Number of the histogram's bins."},
    {"framework", "Library whose layers these are."},
    {"activation", "Activation function of every layer."},
    {"activation", "Activation function of every hidden layer; the output is linear.", "training"},
    {"negative_slope", "Slope of leaky_relu below 0; other activations have none."},
    {"omega_0", "Frequency of sin; other activations have none."},
    {"expression", "Formula of the typed activation, in z; other activations have none."},
    {"depth", "Number of layers."},
    {"depth", "Number of layers through which theory is followed at the point.", "phase"},
    {"depth", "Number of hidden layers; the output is another one.", "training"},
    {"width", "Number of units in each layer."},
    {"width", "Number of units in each hidden layer.", "training"},
    {"net", "Network as a text: its blocks, in order, with their options."},
    {"net",
     "Network as a text, as of a propagation; a dense as wide as the outputs follows unless it "
     "ends "
     "in one.",
     "training"},
    {"widths", "Numbers of units layer by layer, repeated to the depth."},
    {"input_width", "Number of inputs of the first layer."},
    {"batch", "Number of inputs that are propagated."},
    {"batch", "Number of samples in one step of training.", "training"},
    {"input",
     "Law of the inputs; \"pixels\" are correlated with their neighbours, \"data\" are the "
     "caller's."},
    {"correlation", "Correlation of any two inputs, for normal ones and pixels only."},
    {"bias", "Scheme of the biases, with its parameters."},
    {"repeats", "Number of networks that are drawn, for ranges over them."},
    {"repeats", "Number of runs, each with other weights and batches.", "training"},
    {"quantity", "Quantity of the signal that figures show; it changes no result."},
    {"quantity", "Quantity that the map shows; it changes no result.", "phase"},
    {"sigma_w2", "Weight variance times fan-in, at the point."},
    {"sigma_b2", "Bias variance, at the point."},
    {"most_sigma_w2", "Largest sigma_w2 of the plane that the map shows."},
    {"most_sigma_b2", "Largest sigma_b2 of the plane that the map shows."},
    {"detail", "Extent of the answer: all, or the schemes' places alone."},
    {"data_set", "Data set that is learned; \"data\" is the caller's table."},
    {"noise",
     "Standard deviation of the noise on inputs, or on the targets of \"surface\"; \"data\" gets "
     "none."},
    {"inputs", "Numbers in a row of the caller's table before its target."},
    {"classes", "Number of classes in the caller's table; 1 for a regression."},
    {"loss", "Loss that is minimized; \"auto\" is cross-entropy for classes, else mse."},
    {"optimizer", "Optimizer that takes the steps."},
    {"learning_rate", "Learning rate of the optimizer."},
    {"momentum", "Momentum, for the optimizer of that name."},
    {"weight_decay",
     "Factor by which each parameter, biases and gains too, is added to its gradient."},
    {"steps", "Number of steps that the optimizer takes."},
};

}  // namespace

std::span<const FieldDoc> field_docs() { return k_docs; }

const char* doc_of(std::string_view request, std::string_view field) noexcept {
  const auto find = [field](std::string_view kind) {
    return std::find_if(std::begin(k_docs), std::end(k_docs), [&](const FieldDoc& each) {
      return each.field == field && each.request == kind;
    });
  };
  const Likeness* like =
      std::find_if(std::begin(k_alike), std::end(k_alike),
                   [&](const Likeness& each) { return each.request == request; });
  const std::string_view other = like != std::end(k_alike) ? like->other : "";
  for (const std::string_view kind : {request, other, std::string_view()})
    if (const FieldDoc* found = find(kind); found != std::end(k_docs)) return found->doc;
  return "";
}

}  // namespace initscope
