// A network as its reader writes it: the field "net", "depth*(res(ln,dense;out:4x,phi,dense))".
//
//   net     = item { "," item }
//   item    = block | count "*(" net ")" | "res" options "(" net [ "|" net ] ")"
//   block   = id options
//   options = { ";" name ":" value }       a scheme's parameters follow it as [name:value;...]
//   count   = whole number | "depth"
//
// White space means nothing. What each block is, and its options, is in the catalogue `blocks()`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "initscope/schemes.hpp"

namespace initscope {

class Lowering;
struct NetItem;

/// A kind of block.
struct BlockInfo {
  const char* id;
  std::vector<Field> fields;  ///< its options; those that are left out hold their fallback
  const char* torch;          ///< PyTorch's layer; empty where it has none
  const char* keras;          ///< Keras's layer
  const char* formula;        ///< what it does to one sample, in TeX
  /// Appends the block's operations, or refuses by what it needs.
  void (*lower)(const NetItem&, Lowering&);
};

/// Every block, in the order of the catalogue.
const std::vector<BlockInfo>& blocks();
/// The block with this id, or null.
const BlockInfo* find_block(std::string_view id);

/// A block, or a repetition of items.
struct NetItem {
  const BlockInfo* block = nullptr;  ///< null for a repetition
  Spec options;                      ///< the block's, none missing; schemes left out
  SchemeSpec weight, bias;           ///< the block's own; no scheme: the network's
  std::size_t count = 0;             ///< of a repetition; 0 is the field "depth"
  std::vector<NetItem> inside;       ///< what is repeated, or the branch of a residual block
  std::vector<NetItem> shortcut;     ///< its projection; empty where the trunk passes as it is
  std::size_t column = 1;            ///< in the text, from 1

  /// How often it is repeated, where the field "depth" is this.
  std::size_t times(std::size_t depth) const noexcept { return count == 0 ? depth : count; }
};
using Net = std::vector<NetItem>;

/// The network where none is given, from which the fields "depth", "width" and "widths" make one.
inline constexpr const char* k_plain_net = "depth*(dense,phi)";

inline constexpr double k_most_net_text = 2048;  ///< bytes
inline constexpr double k_most_blocks = 2000;    ///< once repetitions are written out
inline constexpr int k_most_net_nesting = 8;
inline constexpr double k_most_units = 4096;  ///< of any signal of a net
/// Entries of all weights of a net, which are drawn and checked one by one.
inline constexpr double k_most_net_weights = 268435456;
inline constexpr double k_most_net_work = 274877906944;  ///< multiplications on the way forward

/// Where a text goes wrong: the column from 1, what stands there, and what might.
struct NetFault {
  std::size_t column = 0;
  std::string found, allowed;
};

/// Reads a text. False, and the first fault, where it is none.
bool read_net(std::string_view text, Net& out, NetFault& fault);

/// The canonical text, which reads back as the same net: no white space, options that are left at
/// their fallback left out.
std::string to_text(const Net& net);
std::string to_text(const NetItem& item);

/// How often the depth stands under the root that a residual block's branch is divided by; 0 for
/// one whose scale is a number, and for other blocks.
double depths_under_root(const NetItem& item) noexcept;

/// By what a block multiplies E[h^2] in training mode: 1, or 1 / (1 - p) for dropout, which is the
/// identity in evaluation.
double growth_in_training(const NetItem& item) noexcept;

}  // namespace initscope
