#include "library/sheet_content.h"

#include <array>
#include <set>

#include "core/error.h"
#include "library/content_figures.h"
#include "library/embedded.h"
#include "library/toml_check.h"

namespace lacquer {
namespace {

constexpr std::array<std::string_view, 6> kSheets = {"gear",      "label",      "chain",
                                                     "platforms", "diagnostic", "vocabulary"};
constexpr std::array<std::string_view, 2> kKinds = {"checklist", "chart"};
constexpr std::array<std::string_view, 4> kTopics = {"decisions", "mastering", "playback", "listening"};
constexpr std::array<std::string_view, 11> kForms = {"questions", "items",    "checks", "cards",
                                                     "rows",      "points",   "boxes",  "formula",
                                                     "worksheet", "timeline", "chart"};

template <std::size_t Count>
std::size_t place_of(const TableReader& table, std::string_view key,
                     const std::array<std::string_view, Count>& values) {
  const std::string text = table.text(key);
  std::string choices;
  for (std::size_t i = 0; i < Count; ++i) {
    if (values[i] == text) return i;
    choices += (choices.empty() ? "" : ", ") + std::string(values[i]);
  }
  table.fail(key, "it must be one of " + choices + "; write one of them");
}

// Reads one sheet; knows where figures come from and where to complain about them.
class SheetReader {
 public:
  explicit SheetReader(const ContentText& content) : content_(content) {}

  Sheet read(const TableReader& file, const std::string& id) const {
    file.allow_only({"schema", "kind", "topic", "title", "summary", "credits", "source", "side"});
    file.integer("schema", 1, 1);
    Sheet sheet;
    sheet.id = id;
    sheet.kind = kKinds[place_of(file, "kind", kKinds)];
    sheet.topic = kTopics[place_of(file, "topic", kTopics)];
    sheet.title = file.text("title");
    sheet.summary = file.text("summary");
    if (file.has("credits")) sheet.credits = file.texts("credits");
    for (const TableReader& source : file.tables("source")) {
      source.allow_only({"title", "url"});
      sheet.sources.push_back({source.text("title"), source.text_or_empty("url")});
    }
    std::set<std::string> ids;
    for (const TableReader& side : file.tables("side")) {
      sheet.sides.push_back(read_side(side));
      once(side, ids, sheet.sides.back().id);
    }
    if (sheet.sides.empty() || sheet.sides.size() > 2)
      file.fail("side", "a sheet has one or two sides; add or remove some");
    return sheet;
  }

 private:
  std::string filled(const TableReader& table, std::string_view key, const std::string& text) const {
    try {
      return with_figures(text, content_);
    } catch (const Error& error) {
      table.fail(key, error.what());
    }
  }
  std::string text_or_empty(const TableReader& table, std::string_view key) const {
    return filled(table, key, table.text_or_empty(key));
  }
  std::vector<std::string> texts_or_none(const TableReader& table, std::string_view key) const {
    if (!table.has(key)) return {};
    std::vector<std::string> texts = table.texts(key);
    for (std::string& text : texts) text = filled(table, key, text);
    return texts;
  }

  static void once(const TableReader& table, std::set<std::string>& ids, const std::string& id) {
    if (!ids.insert(id).second) table.fail("id", "another one has the id " + id + "; choose a new one");
  }

  SheetSide read_side(const TableReader& table) const {
    table.allow_only({"id", "title", "lead", "section"});
    SheetSide side{table.text("id"), table.text("title"), text_or_empty(table, "lead"), {}};
    std::set<std::string> ids;
    for (const TableReader& section : table.tables("section")) {
      side.sections.push_back(read_section(section));
      once(section, ids, side.sections.back().id);
    }
    return side;
  }

  SheetSection read_section(const TableReader& table) const {
    table.allow_only({"id", "form", "title", "lead", "columns", "item"});
    SheetSection section;
    section.id = table.text("id");
    section.form = static_cast<SheetForm>(place_of(table, "form", kForms));
    section.title = table.text_or_empty("title");
    section.lead = text_or_empty(table, "lead");
    if (table.has("columns")) section.columns = table.texts("columns");
    if (!table.has("item")) {
      if (section.form != SheetForm::kChart) table.fail("item", "this key is missing; add it");
      return section;
    }
    std::set<std::string> ids;
    for (const TableReader& item : table.tables("item")) {
      section.items.push_back(read_item(item, section));
      once(item, ids, section.items.back().id);
    }
    return section;
  }

  SheetItem read_item(const TableReader& table, const SheetSection& section) const {
    table.allow_only({"id", "title", "text", "ask", "cells", "boxes", "fields", "shared"});
    SheetItem item;
    item.id = table.text("id");
    item.title = table.text_or_empty("title");
    item.text = text_or_empty(table, "text");
    item.ask = text_or_empty(table, "ask");
    item.cells = texts_or_none(table, "cells");
    item.boxes = texts_or_none(table, "boxes");
    item.fields = texts_or_none(table, "fields");
    item.shared = table.has("shared") && table.boolean("shared");
    check_item(table, item, section);
    return item;
  }

  static void check_item(const TableReader& table, const SheetItem& item, const SheetSection& section) {
    const SheetForm form = section.form;
    const auto needs = [&](std::string_view key, bool there) {
      if (!there) table.fail(key, "this form of section needs it; add it");
    };
    needs("title", form == SheetForm::kChart || !item.title.empty());
    const bool asks =
        form == SheetForm::kQuestions || form == SheetForm::kItems || form == SheetForm::kChecks;
    needs("ask", !asks || !item.ask.empty());
    needs("text", !(asks || form == SheetForm::kPoints || form == SheetForm::kTimeline ||
                    form == SheetForm::kCards) ||
                      !item.text.empty());
    needs("boxes", form != SheetForm::kBoxes || !item.boxes.empty());
    const bool writes =
        form == SheetForm::kQuestions || form == SheetForm::kFormula || form == SheetForm::kWorksheet;
    needs("fields", !writes || !item.fields.empty());
    if (item.cells.size() != section.columns.size())
      table.fail("cells", "each column needs a text, and each text a column; the section has " +
                              std::to_string(section.columns.size()) + " columns");
  }

  const ContentText& content_;
};

std::string_view built_in(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.ends_with(".toml") && file.path.substr(0, file.path.size() - 5) == path) return file.text;
  return {};
}

}  // namespace

Sheet parse_sheet(std::string_view text, const std::string& name, const std::string& id,
                  const ContentText& content) {
  const toml::table parsed = parse_toml(text, name);
  return SheetReader(content).read({parsed, name, ""}, id);
}

std::vector<Sheet> load_sheets() {
  std::vector<Sheet> sheets;
  for (const std::string_view id : kSheets) {
    const std::string path = "sheets/" + std::string(id);
    sheets.push_back(parse_sheet(built_in(path), path + ".toml", std::string(id), built_in));
  }
  return sheets;
}

}  // namespace lacquer
