#pragma once

#include "library/sheet_content.h"
#include "report/sheet_setter.h"

namespace lacquer {

// How the forms of a section are set; those for a person with a pencil, and those to read. The section must
// outlive what is returned.

SheetBlock heading_block(SheetSetter& setter, const SheetSection& section, const SheetArea& area);

SheetBlocks question_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area);
SheetBlocks item_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area);
SheetBlocks box_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area);
SheetBlocks formula_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area);
SheetBlocks worksheet_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area);
SheetBlocks timeline_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area);

SheetBlocks card_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area);
SheetBlocks row_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area);
SheetBlocks point_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area);

}  // namespace lacquer
