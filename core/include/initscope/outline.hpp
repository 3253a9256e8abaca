// A network as its reader sees it: the blocks of its text, where each stands in the text and in the
// plan, and how many units pass through it. Drawings, editors and programs are made of it.
#pragma once

#include <string>
#include <vector>

#include "initscope/plan.hpp"

namespace initscope {

/// A block, or a repetition, of the text.
struct OutlineItem {
  const NetItem* item = nullptr;   ///< in the outline's net
  Index parent = k_none;           ///< what it stands in; none at the top
  bool shortcut = false;           ///< whether it stands in its parent's shortcut
  std::size_t begin = 0, end = 0;  ///< its place in the outline's text, from 0
  std::size_t count = 1;           ///< how often it is repeated, with "depth" as a number
};

/// A block where it stands once repetitions are written out; a residual block stands at its end.
struct PlacedBlock {
  Index item = k_none;                  ///< of the outline
  std::size_t inputs = 0, outputs = 0;  ///< units before and after it
  std::uint32_t weight = 0;             ///< Weight::number of its product; 0 for none
  Index row = k_none;                   ///< the row of the plan that it leads to
};

/// It can be moved, not copied: its items and the plan's weights lie in its net.
struct Outline {
  Outline() = default;
  Outline(Outline&&) noexcept = default;
  Outline& operator=(Outline&&) noexcept = default;

  Net net;
  std::string text;                 ///< canonical; that of a network of widths too
  std::vector<OutlineItem> items;   ///< parents before what they hold, in the order of the text
  std::vector<PlacedBlock> blocks;  ///< in forward order
  Plan plan;
};

/// The outline of a spec that was read without issues. A network without `net` is that of its
/// widths as a text. Microseconds.
Outline outline_of(const NetworkSpec& spec);

}  // namespace initscope
