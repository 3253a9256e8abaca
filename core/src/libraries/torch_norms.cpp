// torch.nn's norms, and PReLU: reset_parameters of each module, in the order in which PyTorch 2.14
// draws.
#include "libraries/parts.hpp"

namespace initscope::layer_tables {

void add_norm(Parameters& all, const std::string& prefix, const Shape& shape, bool bias) {
  all.add(prefix + "weight", shape, "ones");
  if (bias) all.add(prefix + "bias", shape, "zeros");
}

namespace {

std::vector<LayerParameter> norm(const Shape& shape, bool affine, bool bias) {
  Parameters all;
  if (affine) add_norm(all, "", shape, bias);
  return all.list();
}

std::vector<LayerParameter> feature_norm(const Spec& a) {
  return norm({whole(a, "num_features")}, is_set(a, "affine"), true);
}

}  // namespace

void add_torch_norms(std::vector<LibraryLayer>& all) {
  const Field features = size("num_features", 64), affine = flag_field("affine", true);
  Field from_input = features;  // a lazy norm learns it from its first call
  from_input.required = true;
  const std::string inert = "eps momentum track_running_stats";
  const auto add = [&](std::initializer_list<const char*> ids, const std::vector<Field>& fields,
                       const std::string& more = "", bool lazy = false) {
    for (const char* id : ids)
      all.push_back({id, "torch", fields, feature_norm, nullptr, inert + more, lazy});
  };
  add({"BatchNorm1d", "BatchNorm2d", "BatchNorm3d"}, {features, affine});
  add({"SyncBatchNorm"}, {features, affine}, " process_group");
  add({"InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d"},
      {features, flag_field("affine", false)});
  add({"LazyBatchNorm1d", "LazyBatchNorm2d", "LazyBatchNorm3d", "LazyInstanceNorm1d",
       "LazyInstanceNorm2d", "LazyInstanceNorm3d"},
      {from_input, affine}, "", true);
  all.push_back(
      {"GroupNorm",
       "torch",
       {size("num_groups", 8), size("num_channels", 64), affine},
       [](const Spec& a) { return norm({whole(a, "num_channels")}, is_set(a, "affine"), true); },
       [](const Spec& a, SpecReader& reader) {
         check_divisible(a, "num_channels", "num_groups", reader);
       },
       "eps"});
  const Field shape = shape_field("normalized_shape", {64}, {1, k_most_units});
  const Field elementwise = flag_field("elementwise_affine", true);
  all.push_back({"LayerNorm",
                 "torch",
                 {shape, elementwise, flag_field("bias", true)},
                 [](const Spec& a) {
                   return norm(shape_of(a, "normalized_shape"), is_set(a, "elementwise_affine"),
                               is_set(a, "bias"));
                 },
                 nullptr,
                 "eps"});
  all.push_back({"RMSNorm",
                 "torch",
                 {shape, elementwise},
                 [](const Spec& a) {
                   return norm(shape_of(a, "normalized_shape"), is_set(a, "elementwise_affine"),
                               false);
                 },
                 nullptr,
                 "eps"});
  all.push_back({"PReLU",
                 "torch",
                 {size("num_parameters", 1), number_field("init", 0.25, {-1e6, 1e6})},
                 [](const Spec& a) {
                   Parameters parameters;
                   parameters.add("weight", {whole(a, "num_parameters")}, "constant",
                                  {{"val", a.number("init")}});
                   return parameters.list();
                 }});
}

}  // namespace initscope::layer_tables
