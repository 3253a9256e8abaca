// Layers: the fans, places and arguments that PyTorch and Keras have.
#include "initscope/layers.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <set>
#include <sstream>
#include <tuple>

#include "initscope/checked.hpp"

using namespace initscope;

namespace {

Issues issues_of(const char* framework, const std::vector<Spec>& layers, ModelSpec& out) {
  return read({{"framework", framework}}, layers, out);
}

ModelSpec model_of(const char* framework, const std::vector<Spec>& layers) {
  ModelSpec out;
  for (const Issue& issue : issues_of(framework, layers, out)) FAIL(describe(issue));
  return out;
}

Issue issue_of(const char* framework, const Spec& layer) {
  ModelSpec out;
  const Issues issues = issues_of(framework, {layer}, out);
  REQUIRE(issues.size() == 1);
  return issues[0];
}

const LayerParameter& named(const std::vector<LayerParameter>& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const LayerParameter& each) { return each.name == name; });
  REQUIRE(found != all.end());
  return *found;
}

std::string shapes_of(const char* framework, const Spec& layer) {
  std::ostringstream text;
  for (const LayerParameter& parameter : parameters(model_of(framework, {layer}))) {
    text << parameter.name;
    for (const auto extent : parameter.shape) text << ' ' << extent;
    text << ';';
  }
  return text.str();
}

}  // namespace

TEST_CASE("Keras's attention has the fans of its products, as since 3.15") {
  const auto check = [](const LayerParameter& parameter, double in, double out) {
    INFO(parameter.name);
    CHECK(parameter.scheme.fans.in == in);
    CHECK(parameter.scheme.fans.out == out);
    CHECK(std::abs(parameter.scheme.law().highest() - std::sqrt(6 / (in + out))) < 1e-12);
  };
  const auto many = parameters(model_of(
      "keras",
      {{{"layer", "MultiHeadAttention"}, {"dim", 32}, {"num_heads", 8}, {"key_dim", 16}}}));
  for (const char* name : {"query/kernel", "key/kernel", "value/kernel"})
    check(named(many, name), 32, 128);
  check(named(many, "attention_output/kernel"), 128, 32);
  CHECK(std::abs(named(many, "query/kernel").scheme.law().highest() - 0.1936) < 5e-5);
  const auto grouped = parameters(model_of("keras", {{{"layer", "GroupQueryAttention"},
                                                      {"dim", 32},
                                                      {"head_dim", 16},
                                                      {"num_query_heads", 8},
                                                      {"num_key_value_heads", 2}}}));
  check(named(grouped, "query/kernel"), 32, 128);
  check(named(grouped, "key/kernel"), 32, 32);
  check(named(grouped, "attention_output/kernel"), 128, 32);
  // A product that contracts one axis of two, and one that contracts both.
  const auto apart = parameters(model_of("keras", {{{"layer", "EinsumDense"},
                                                    {"equation", "abc,cde->abde"},
                                                    {"input_shape", {7, 12}},
                                                    {"output_shape", {7, 3, 5}},
                                                    {"bias_axes", "de"}}}));
  check(named(apart, "kernel"), 12, 15);
  CHECK(named(apart, "kernel").shape == Shape{12, 3, 5});
  CHECK(named(apart, "bias").shape == Shape{3, 5});
  const auto joined = parameters(model_of("keras", {{{"layer", "EinsumDense"},
                                                     {"equation", "abcd,cde->abe"},
                                                     {"input_shape", {7, 3, 5}},
                                                     {"output_shape", {7, 12}}}}));
  check(named(joined, "kernel"), 15, 12);
  CHECK(joined.size() == 1);
  CHECK(issue_of("keras", {{"layer", "EinsumDense"}, {"bias_axes", "d"}}).field ==
        "layers.0.bias_axes");
  CHECK(issue_of("keras", {{"layer", "EinsumDense"}, {"input_shape", {2, 3}}}).field ==
        "layers.0.input_shape");
}

TEST_CASE("Layers of Keras have the shapes of its sources") {
  const auto of = [](const Spec& layer) { return shapes_of("keras", layer); };
  CHECK(of({{"layer", "SeparableConv2D"},
            {"channels", 3},
            {"filters", 8},
            {"depth_multiplier", 2}}) ==
        "depthwise_kernel 3 3 3 2;pointwise_kernel 1 1 6 8;bias 8;");
  CHECK(of({{"layer", "ConvLSTM2D"}, {"channels", 3}, {"filters", 4}}) ==
        "kernel 3 3 3 16;recurrent_kernel 3 3 4 16;bias 16;");
  CHECK(of({{"layer", "Attention"}}).empty());
  CHECK(of({{"layer", "Attention"}, {"use_scale", "true"}, {"score_mode", "concat"}}) ==
        "scale;concat_score_weight;");
  CHECK(of({{"layer", "AdditiveAttention"}, {"dim", 7}}) == "scale 7;");
  CHECK(of({{"layer", "ReversibleEmbedding"}, {"input_dim", 9}, {"output_dim", 4}}) ==
        "embeddings 9 4;");
  CHECK(of({{"layer", "ReversibleEmbedding"},
            {"input_dim", 9},
            {"output_dim", 4},
            {"tie_weights", "false"}}) == "embeddings 9 4;reverse_embeddings 4 9;");
  CHECK(of({{"layer", "SpectralNormalization"}, {"input_dim", 5}, {"units", 3}}) ==
        "layer/kernel 5 3;layer/bias 3;vector_u 1 3;");
  CHECK(of({{"layer", "TernaryDense"}, {"input_dim", 5}, {"units", 3}}) == "kernel 5 3;bias 3;");
  CHECK(of({{"layer", "GRU"}, {"input_dim", 5}, {"units", 2}, {"reset_after", "false"}}) ==
        "kernel 5 6;recurrent_kernel 2 6;bias 6;");
  // A scalar holds one number.
  const auto scale =
      initialize(model_of("keras", {{{"layer", "Attention"}, {"use_scale", "true"}}}));
  CHECK(scale == std::vector<std::vector<float>>{{1}});
}

TEST_CASE("A Transformer's copies begin alike, and its matrices are drawn again") {
  const Spec sizes{{"d_model", 8}, {"nhead", 2}, {"dim_feedforward", 6}};
  const auto with = [&](const char* id, std::initializer_list<std::pair<std::string, Value>> more) {
    Spec spec = sizes;
    spec.set("layer", id);
    for (const auto& [name, value] : more) spec.set(name, value);
    return model_of("torch", {spec});
  };
  for (const Generator generator : {Generator::initscope, Generator::torch}) {
    ModelSpec model = with("TransformerEncoder", {{"num_layers", 2}});
    model.generator = generator;
    auto listed = parameters(model);
    auto values = initialize(model);
    REQUIRE(listed.size() == 24);
    REQUIRE(values.size() == 24);
    for (std::size_t i = 0; i < 12; ++i) {
      CHECK(listed[i].drawn == listed[i + 12].drawn);
      CHECK(values[i] == values[i + 12]);
    }
    model = with("Transformer", {{"num_encoder_layers", 2}, {"num_decoder_layers", 1}});
    model.generator = generator;
    listed = parameters(model);
    values = initialize(model);
    const auto value = [&](const char* name) {
      return values[static_cast<std::size_t>(&named(listed, name) - listed.data())];
    };
    CHECK(value("encoder.layers.0.linear1.weight") != value("encoder.layers.1.linear1.weight"));
    CHECK(value("encoder.layers.0.linear1.bias") == value("encoder.layers.1.linear1.bias"));
    CHECK(value("encoder.norm.weight") == std::vector<float>(8, 1));
  }
}

TEST_CASE("A Transformer of PyTorch's defaults has its 44 million parameters") {
  double elements = 0;
  for (const LayerParameter& parameter :
       parameters(model_of("torch", {{{"layer", "Transformer"}}})))
    elements += static_cast<double>(element_count(parameter.shape));
  CHECK(elements == 44140544);
}

TEST_CASE("Lazy layers need their inputs, and are drawn after the others") {
  const Issue issue = issue_of("torch", {{"layer", "LazyLinear"}, {"out_features", 4}});
  CHECK(issue.field == "layers.0.in_features");
  CHECK(issue.reason == Reason::missing);
  CHECK(describe(issue) == "layers.0.in_features must be given, in 1..65536");
  const auto listed = parameters(
      model_of("torch", {{{"layer", "LazyLinear"}, {"in_features", 3}, {"out_features", 4}},
                         {{"layer", "Linear"}, {"in_features", 4}, {"out_features", 2}}}));
  CHECK(named(listed, "1.weight").drawn == 0);
  CHECK(named(listed, "0.weight").drawn == 2);
  CHECK(listed[0].name == "0.weight");
}

TEST_CASE("Arguments that draw nothing are taken, others are not") {
  const auto taken = [](const char* framework, const Spec& layer) {
    ModelSpec out;
    for (const Issue& issue : issues_of(framework, {layer}, out)) FAIL(describe(issue));
  };
  taken("torch", {{"layer", "Conv2d"},
                  {"stride", 2},
                  {"padding", "same"},
                  {"dilation", {1, 2}},
                  {"padding_mode", "reflect"},
                  {"device", "cpu"},
                  {"dtype", "torch.float32"}});
  taken("torch", {{"layer", "LayerNorm"}, {"eps", 1e-6}, {"bias", "false"}});
  taken("torch", {{"layer", "BatchNorm2d"}, {"momentum", 0.1}, {"track_running_stats", "false"}});
  taken("torch", {{"layer", "LSTM"}, {"batch_first", "true"}, {"dropout", 0.1}});
  taken("torch", {{"layer", "Dropout2d"}, {"p", 0.2}, {"inplace", "true"}});
  taken("torch", {{"layer", "MaxPool2d"}, {"kernel_size", 2}, {"stride", 2}});
  taken("keras",
        {{"layer", "Conv2D"}, {"strides", {2, 2}}, {"padding", "same"}, {"activation", "relu"}});
  taken("keras", {{"layer", "Dense"}, {"name", "first"}, {"kernel_regularizer", "l2"}});
  CHECK(shapes_of("torch", {{"layer", "LayerNorm"}, {"bias", "false"}}) == "weight 64;");
  const auto refused = [](const char* framework, const Spec& layer, const char* field) {
    CHECK(issue_of(framework, layer).field == std::string("layers.0.") + field);
  };
  refused("torch", {{"layer", "Conv2d"}, {"strides", 2}}, "strides");
  refused("torch", {{"layer", "Linear"}, {"stride", 2}}, "stride");
  refused("torch", {{"layer", "ReLU"}, {"device", "cpu"}}, "device");
  refused("torch", {{"layer", "Conv2d"}, {"dtype", "float64"}}, "dtype");
  refused("keras", {{"layer", "Dense"}, {"stride", 2}}, "stride");
  refused("keras", {{"layer", "Dense"}, {"kernel_initializer", "he_normal"}}, "kernel_initializer");
}

TEST_CASE("Packed projections say what a unit of each has") {
  const auto check = [](const char* framework, const Spec& layer, const char* name, double in,
                        double out) {
    const auto all = parameters(model_of(framework, {layer}));
    CHECK(named(all, name).connections.in == in);
    CHECK(named(all, name).connections.out == out);
  };
  check("torch", {{"layer", "MultiheadAttention"}, {"embed_dim", 12}}, "in_proj_weight", 12, 12);
  check("torch", {{"layer", "TransformerEncoderLayer"}, {"d_model", 12}},
        "self_attn.in_proj_weight", 12, 12);
  check("keras", {{"layer", "LSTM"}, {"input_dim", 3}, {"units", 5}}, "kernel", 3, 5);
  check("keras", {{"layer", "ConvLSTM2D"}, {"channels", 3}, {"filters", 5}}, "kernel", 27, 45);
}

TEST_CASE("Layers and their arguments have one name each") {
  std::set<std::string> ids;
  for (const LibraryLayer& layer : library_layers()) {
    INFO(layer.id);
    CHECK(ids.insert(layer.framework + (' ' + layer.id)).second);
    std::set<std::string> names;
    for (const Field& field : layer.fields) CHECK(names.insert(field.id).second);
    std::istringstream inert(layer.inert);
    for (std::string name; inert >> name;) CHECK(names.insert(name).second);
  }
  CHECK(ids.size() > 200);
}

TEST_CASE("What does not divide is said the right way round") {
  const Issue issue =
      issue_of("torch", {{"layer", "GroupNorm"}, {"num_groups", 3}, {"num_channels", 8}});
  CHECK(issue.reason == Reason::not_divisible);
  CHECK(describe(issue) == "layers.0.num_channels = 8 is not divisible by num_groups = 3");
}

TEST_CASE("A list argument is as long as its layer has use for, or refused by name") {
  std::size_t lists = 0, refused = 0, accepted = 0;
  for (const LibraryLayer& layer : library_layers())
    for (const Field& field : layer.fields) {
      if (field.kind != Kind::shape) continue;
      ++lists;
      std::size_t good = 0;
      for (int length = 0; length <= 9; ++length) {
        // Rising, as cutoffs must be, and no two alike: an extent of another place would be seen.
        std::vector<double> list;
        for (int i = 0; i < length; ++i) list.push_back(2 + i);
        Spec spec{{"layer", layer.id}, {field.id, list}};
        for (const Field& other : layer.fields)
          if (other.required) spec.set(other.id, 3);
        INFO(layer.framework << ' ' << layer.id << ' ' << field.id << ' ' << length);
        ModelSpec model;
        const Issues issues = issues_of(layer.framework, {spec}, model);
        if (issues.empty()) {
          ++good;
          const auto all = parameters(model);
          REQUIRE_FALSE(all.empty());
          for (const LayerParameter& parameter : all)
            for (const std::int64_t extent : parameter.shape) {
              CHECK(extent >= 0);
              CHECK(static_cast<double>(extent) <= 4 * k_most_extent);
            }
          CHECK(initialize(model).size() == all.size());
          continue;
        }
        ++refused;
        const std::string name = std::string("layers.0.") + field.id;
        const auto issue = std::find_if(issues.begin(), issues.end(),
                                        [&](const Issue& each) { return each.field == name; });
        // A list of nine may also ask for more weights than a model has.
        REQUIRE((issue != issues.end() || issues[0].reason == Reason::too_many));
        if (issue == issues.end()) continue;
        CHECK(describe(*issue).find(name) != std::string::npos);
        CHECK_FALSE(issue->allowed.empty());
      }
      CHECK(good > 0);
      accepted += good;
      // The lengths that the layer's own shapes are of.
      if (std::string_view(field.id) == "kernel_size") CHECK(good == (field.most_rank > 1 ? 2 : 1));
    }
  CHECK(lists > 25);
  CHECK(refused > 200);
  CHECK(accepted > 40);
}

TEST_CASE("A kernel's list of another length is refused with the lengths that are allowed") {
  for (const auto& [framework, id, length] :
       {std::tuple{"torch", "Conv3d", 2}, std::tuple{"torch", "ConvTranspose3d", 2},
        std::tuple{"keras", "Conv3D", 2}, std::tuple{"keras", "Conv3DTranspose", 2},
        std::tuple{"keras", "ConvLSTM3D", 2}, std::tuple{"torch", "Conv3d", 4}}) {
    INFO(id << ' ' << length);
    const Issue issue = issue_of(
        framework, {{"layer", id}, {"kernel_size", std::vector<double>(std::size_t(length), 3)}});
    CHECK(issue.field == "layers.0.kernel_size");
    CHECK(issue.reason == Reason::not_a_shape);
    CHECK(describe(issue) == "layers.0.kernel_size must be whole numbers, 1 or 3 of 1..1024, not " +
                                 std::string(length == 2 ? "3,3" : "3,3,3,3"));
  }
  CHECK(shapes_of("torch", {{"layer", "Conv3d"}, {"kernel_size", {2, 3, 4}}}) ==
        "weight 64 3 2 3 4;bias 64;");
  CHECK(shapes_of("torch", {{"layer", "Conv3d"}, {"kernel_size", 2}}) ==
        "weight 64 3 2 2 2;bias 64;");
  CHECK(issue_of("keras", {{"layer", "EinsumDense"}, {"input_shape", {2, 3}}}).allowed ==
        "equation = ab,bc->ac, where it has 1 of them");
}

TEST_CASE("A layer is too large by itself, or the first with which all together are") {
  const auto linear = [](double in, double out) {
    return Spec{{"layer", "Linear"}, {"in_features", in}, {"out_features", out}, {"bias", "false"}};
  };
  const Issue alone = issue_of("torch", linear(16384, 16384));
  CHECK(describe(alone) ==
        "layers.0 = 268435456 asks for too much: at most 192 MB of memory, and this takes 1024");
  const Spec quarter = linear(4096, 4096);  // of what a model may have
  ModelSpec out;
  CHECK(issues_of("torch", {quarter, quarter, quarter, quarter}, out).empty());
  const Issues sum = issues_of(
      "torch", {quarter, quarter, {{"layer", "ReLU"}}, quarter, quarter, linear(8, 8), quarter},
      out);
  REQUIRE(sum.size() == 1);
  CHECK(describe(sum[0]) ==
        "layers.5 = 64 asks for too much: at most 67108864 elements of all layers, and up to this "
        "one they have 67108928");
  // One that is too large by itself is named, and the others are not blamed for it.
  const Issues each = issues_of("torch", {quarter, linear(16384, 16384), quarter}, out);
  REQUIRE(each.size() == 1);
  CHECK(each[0].field == "layers.1");
}
