#include "api/sheets.h"

#include "api/json_values.h"

namespace lacquer {
namespace {

Json texts(const std::vector<std::string>& all) {
  Json list = Json::array();
  for (const std::string& one : all) list.push_back(text(one));
  return list;
}

Json heading(const Sheet& sheet) {
  return {{"id", text(sheet.id)},
          {"kind", text(sheet.kind)},
          {"topic", text(sheet.topic)},
          {"title", text(sheet.title)},
          {"summary", text(sheet.summary)}};
}

Json item_json(const SheetItem& item) {
  return {{"id", text(item.id)},          {"title", text(item.title)},  {"text", text(item.text)},
          {"ask", text(item.ask)},        {"cells", texts(item.cells)}, {"boxes", texts(item.boxes)},
          {"fields", texts(item.fields)}, {"shared", item.shared}};
}

Json section_json(const SheetSection& section) {
  Json items = Json::array();
  for (const SheetItem& item : section.items) items.push_back(item_json(item));
  return {{"id", text(section.id)},
          {"title", text(section.title)},
          {"lead", text(section.lead)},
          {"columns", texts(section.columns)},
          {"items", items}};
}

Json side_json(const SheetSide& side) {
  Json sections = Json::array();
  for (const SheetSection& section : side.sections) sections.push_back(section_json(section));
  return {
      {"id", text(side.id)}, {"title", text(side.title)}, {"lead", text(side.lead)}, {"sections", sections}};
}

}  // namespace

Json sheets_json(const std::vector<Sheet>& sheets) {
  Json items = Json::array();
  for (const Sheet& sheet : sheets) items.push_back(heading(sheet));
  return items_json(items);
}

Json sheet_json(const Sheet& sheet) {
  Json one = heading(sheet);
  Json sides = Json::array();
  for (const SheetSide& side : sheet.sides) sides.push_back(side_json(side));
  one["sides"] = sides;
  one["credits"] = texts(sheet.credits);
  Json sources = Json::array();
  for (const SheetSource& source : sheet.sources)
    sources.push_back(
        {{"title", text(source.title)}, {"url", source.url.empty() ? Json() : text(source.url)}});
  one["sources"] = sources;
  return items_json(Json::array({one}));
}

}  // namespace lacquer
