// Layers without parameters, as one table of names: what stands between layers in a Sequential.
#include "libraries/parts.hpp"

namespace initscope::layer_tables {
namespace {

/// Names of layers, a colon, and the arguments that their constructors have.
constexpr const char* k_torch[] = {
    "Identity Tanh Sigmoid Softsign Tanhshrink LogSigmoid Softmax2d:",
    "ReLU ReLU6 SELU SiLU Mish Hardswish Hardsigmoid:inplace",
    "LeakyReLU:negative_slope inplace",
    "ELU CELU:alpha inplace",
    "GELU:approximate",
    "Softplus:beta threshold",
    "Hardtanh:min_val max_val inplace min_value max_value",
    "Hardshrink Softshrink:lambd",
    "Threshold:threshold value inplace",
    "RReLU:lower upper inplace",
    "Softmax Softmin LogSoftmax GLU:dim",
    "Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout:p inplace",
    "Flatten:start_dim end_dim",
    "Unflatten:dim unflattened_size",
    "MaxPool1d MaxPool2d MaxPool3d:kernel_size stride padding dilation return_indices ceil_mode",
    "MaxUnpool1d MaxUnpool2d MaxUnpool3d:kernel_size stride padding",
    "AvgPool1d:kernel_size stride padding ceil_mode count_include_pad",
    "AvgPool2d AvgPool3d:kernel_size stride padding ceil_mode count_include_pad divisor_override",
    "AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d:output_size",
    "AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d:output_size return_indices",
    "FractionalMaxPool2d FractionalMaxPool3d:kernel_size output_size output_ratio return_indices",
    "LPPool1d LPPool2d LPPool3d:norm_type kernel_size stride ceil_mode",
    "ZeroPad1d ZeroPad2d ZeroPad3d ReflectionPad1d ReflectionPad2d ReflectionPad3d:padding",
    "ReplicationPad1d ReplicationPad2d ReplicationPad3d:padding",
    "CircularPad1d CircularPad2d CircularPad3d:padding",
    "ConstantPad1d ConstantPad2d ConstantPad3d:padding value",
    "Upsample:size scale_factor mode align_corners recompute_scale_factor",
    "UpsamplingNearest2d UpsamplingBilinear2d:size scale_factor",
    "PixelShuffle:upscale_factor",
    "PixelUnshuffle:downscale_factor",
    "ChannelShuffle:groups",
    "Fold:output_size kernel_size dilation padding stride",
    "Unfold:kernel_size dilation padding stride",
    "LocalResponseNorm:size alpha beta k",
};

constexpr const char* k_keras[] = {
    "Activation:activation",
    "ReLU:max_value negative_slope threshold",
    "LeakyReLU:negative_slope",
    "ELU:alpha",
    "Softmax:axis",
    "Dropout AlphaDropout:rate noise_shape seed",
    "SpatialDropout1D:rate seed",
    "SpatialDropout2D SpatialDropout3D:rate data_format seed",
    "GaussianDropout:rate seed",
    "GaussianNoise:stddev seed",
    "ActivityRegularization:l1 l2",
    "Identity:",
    "Flatten:data_format",
    "Reshape:target_shape",
    "Permute:dims",
    "RepeatVector:n",
    "Masking:mask_value",
    "Rescaling:scale offset",
    "UnitNormalization:axis",
    "MaxPooling1D MaxPooling2D MaxPooling3D:pool_size strides padding data_format",
    "AveragePooling1D AveragePooling2D AveragePooling3D:pool_size strides padding data_format",
    "GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D:data_format keepdims",
    "GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D:data_format keepdims",
    "ZeroPadding1D ZeroPadding2D ZeroPadding3D:padding data_format",
    "Cropping1D Cropping2D Cropping3D:cropping data_format",
    "UpSampling1D:size",
    "UpSampling2D:size data_format interpolation",
    "UpSampling3D:size data_format",
};

void add(std::vector<LibraryLayer>& all, const char* framework,
         std::span<const char* const> lines) {
  for (const std::string_view line : lines) {
    const std::size_t colon = line.find(':');
    const std::string arguments(line.substr(colon + 1));
    for_each_word(line.substr(0, colon), [&](std::string_view id) {
      all.push_back({std::string(id), framework, {}, nullptr, nullptr, arguments});
    });
  }
}

}  // namespace

void add_torch_plain(std::vector<LibraryLayer>& all) { add(all, "torch", k_torch); }
void add_keras_plain(std::vector<LibraryLayer>& all) { add(all, "keras", k_keras); }

}  // namespace initscope::layer_tables
