// What each field of a request says, for the types that are made of the catalogue and for the docs:
// one sentence a field, or one for each kind of request where it says something else there.
#include <algorithm>
#include <iterator>

#include "catalogue/kinds.hpp"

namespace initscope {
namespace {

struct FieldDoc {
  const char* field;
  const char* doc;
  const char* request = "";  ///< the only kind that it is about; empty for all others
};

constexpr FieldDoc k_docs[] = {
    {"scheme", "Scheme of the weights."},
    {"shape", "Extents of the tensor, in the order of its layout."},
    {"layout",
     "Order of the extents: PyTorch's [out, in, kernel...], or [kernel..., in, out] of Keras and "
     "JAX."},
    {"in_axis", "Axes that are inputs, for schemes by fans; a negative one counts from the last."},
    {"out_axis",
     "Axes that are outputs, for schemes by fans; a negative one counts from the last."},
    {"batch_axis", "Axes that are neither inputs nor outputs, for schemes by fans."},
    {"generator",
     "Generator of all numbers: ours, the same on every machine, or PyTorch's after "
     "torch.manual_seed."},
    {"seed", "Seed of all that is random; as text, all 64 bits are exact."},
    {"layer", "Number of the layer whose stream the tensor is drawn from."},
    {"layer", "Number of the layer whose units are looked at; the output is the last.", "symmetry"},
    {"replicate", "Number of the replicate; another one has other random numbers."},
    {"first", "First element of the part that is drawn."},
    {"count", "Number of elements that are drawn; 0 for all from the first on."},
    {"samples", "Number of values to draw; tensors are drawn until there are as many."},
    {"samples", "Number of samples to learn from; with \"data\", of the table's rows.", "training"},
    {"samples", "Number of samples to learn from; with \"data\", of the table's rows.", "symmetry"},
    {"bins", "Number of the histogram's bins."},
    {"framework", "Library whose layers these are."},
    {"activation", "Activation function of every layer."},
    {"negative_slope", "Slope of leaky_relu below 0; other activations have none."},
    {"omega_0", "Frequency of sin; other activations have none."},
    {"expression", "Formula of the typed activation, in z; other activations have none."},
    {"depth", "Number of layers."},
    {"depth", "Number of layers through which theory is followed at the point.", "phase"},
    {"depth", "Number of hidden layers; the output is another one.", "training"},
    {"depth", "Number of hidden layers; the output is another one.", "symmetry"},
    {"width", "Number of units in each layer."},
    {"net", "Network as a text: its blocks, in order, with their options."},
    {"widths", "Numbers of units layer by layer, repeated to the depth."},
    {"input_width", "Number of inputs of the first layer."},
    {"batch", "Number of inputs that are propagated."},
    {"batch", "Number of samples in one step of training.", "training"},
    {"batch", "Number of samples in one step of training.", "symmetry"},
    {"input",
     "Law of the inputs; \"pixels\" are correlated with their neighbours, \"data\" are the "
     "caller's."},
    {"correlation", "Correlation of any two inputs."},
    {"bias", "Scheme of the biases, with its parameters."},
    {"repeats", "Number of networks that are drawn, for ranges over them."},
    {"repeats", "Number of runs, each with other weights and batches.", "training"},
    {"repeats", "Number of runs, each with other weights and batches.", "symmetry"},
    {"quantity", "Quantity of the signal that figures show; it changes no result."},
    {"quantity", "Quantity that the map shows; it changes no result.", "phase"},
    {"sigma_w2", "Weight variance times fan-in, at the point."},
    {"sigma_b2", "Bias variance, at the point."},
    {"most_sigma_w2", "End of the plane that the map shows, in the weights' variance."},
    {"most_sigma_b2", "End of the plane that the map shows, in the biases' variance."},
    {"detail", "Extent of the answer: all, or the schemes' places alone."},
    {"data_set", "Data set that is learned; \"data\" is the caller's table."},
    {"noise", "Standard deviation of the noise that is added to the samples."},
    {"inputs", "Numbers in a row of the caller's table before its target."},
    {"classes", "Number of classes in the caller's table; 1 for a regression."},
    {"loss", "Loss that is minimized; \"auto\" is cross-entropy for classes, else mse."},
    {"optimizer", "Optimizer that takes the steps."},
    {"learning_rate", "Learning rate of the optimizer."},
    {"momentum", "Momentum, for the optimizer of that name."},
    {"weight_decay", "Factor of the weights that is added to their gradient."},
    {"steps", "Number of steps that the optimizer takes."},
};

}  // namespace

const char* doc_of(std::string_view request, std::string_view field) noexcept {
  const auto find = [field](std::string_view kind) {
    return std::find_if(std::begin(k_docs), std::end(k_docs), [&](const FieldDoc& each) {
      return each.field == field && each.request == kind;
    });
  };
  const FieldDoc* own = find(request);
  if (own != std::end(k_docs)) return own->doc;
  const FieldDoc* any = find("");
  return any != std::end(k_docs) ? any->doc : "";
}

}  // namespace initscope
