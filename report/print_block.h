#pragma once

#include <memory>
#include <vector>

#include "report/document.h"
#include "report/sheet_setter.h"

namespace lacquer {

// A part of a document that stands on one page as a whole.
struct PrintBlock {
  double height = 0.0;
  double gap = 0.0;    // above it, except at the top of a page
  bool keeps = false;  // on one page with the next
  std::function<void(SheetSetter& setter, double top)> draw;
  std::shared_ptr<PrintBlock>
      head{};             // what a page begins with where this is the first on it: a table's head
  std::string outline{};  // its name among the document's bookmarks
};
using PrintBlocks = std::vector<PrintBlock>;

// `setter` measures; the blocks may be drawn with another one of the same scale.
void add_table(PrintBlocks& blocks, const Table& table, SheetSetter& setter, const SheetArea& area);

}  // namespace lacquer
