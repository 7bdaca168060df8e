#pragma once

#include "report/sheet.h"
#include "report/sheet_setter.h"

namespace lacquer {

// The parts of the sheets that are drawn from measurements or from other content. What is passed must outlive
// what is returned; `track` may be null.

// The items of the diagnostic pass, numbered from `first`; with a track, ticked and answered.
SheetBlocks check_blocks(SheetSetter& setter, const SheetSection& section, int first, const SheetTrack* track,
                         const SheetArea& area);
// What the answers of a track come to: what to do first, what it measures, its spectrum.
SheetBlocks summary_blocks(SheetSetter& setter, const SheetTrack& track, const SheetArea& area);

SheetBlocks chain_blocks(SheetSetter& setter, const SheetSection& section, const SheetTrack* track,
                         const SheetArea& area);
SheetBlocks platform_blocks(SheetSetter& setter, const PrintedSheet& sheet, const SheetArea& area);
SheetBlocks word_map_blocks(SheetSetter& setter, const PrintedSheet& sheet, const SheetArea& area);
SheetBlocks word_table_blocks(SheetSetter& setter, const SheetSection& section, const PrintedSheet& sheet,
                              const SheetArea& area);

}  // namespace lacquer
