#include "app/sheets.h"

#include "api/version.h"
#include "app/file_error.h"
#include "app/knowledge.h"
#include "app/plan.h"
#include "audio_io/atomic_file.h"
#include "audio_io/local_file.h"

namespace lacquer {
namespace {

void write_page(const std::filesystem::path& file, std::string_view bytes,
                const std::filesystem::path& audio) {
  about(file, [&] {
    if (!audio.empty() && same_file(file, audio))
      throw Error("the sheet would replace the audio; choose another name");
    write_document(file, bytes);
  });
}

}  // namespace

const std::vector<Sheet>& all_sheets() {
  static const std::vector<Sheet> sheets = load_sheets();
  return sheets;
}

std::optional<PrintedSheet> sheet_named(const std::string& id) {
  std::string wanted = id;
  for (char& c : wanted)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const Sheet& sheet : all_sheets())
    if (sheet.id == wanted) return PrintedSheet{sheet, knowledge().platforms, knowledge().vocabulary};
  return std::nullopt;
}

void fill_sheet(PrintedSheet& sheet, const std::filesystem::path& file, const RoleRequest& role,
                const PastRequest& past, const ProgressCallback& progress) {
  about(file, [&] {
    if (sheet.sheet.id == "chain") {
      const PlannedFile planned = plan_file(file, role, past, {}, false, progress);
      sheet.track = SheetTrack{file.filename().string(), planned.checked.measurements,
                               planned.checked.diagnosis.value(), planned.plan};
      return;
    }
    CheckRequest request;
    request.role = role;
    request.past = past;
    const CheckedFile checked = check_file(file, request, progress);
    sheet.track =
        SheetTrack{file.filename().string(), checked.measurements, checked.diagnosis.value(), std::nullopt};
  });
}

std::filesystem::path write_sheet_pdf(const PrintedSheet& sheet, Paper paper,
                                      const std::filesystem::path& file, const std::filesystem::path& audio) {
  write_page(file, sheet_pdf(sheet, paper), audio);
  return file;
}

std::filesystem::path write_sheet_html(const PrintedSheet& sheet, Paper paper,
                                       const std::filesystem::path& file,
                                       const std::filesystem::path& audio) {
  write_page(file, sheet_html(sheet, std::string(version()), paper), audio);
  return file;
}

std::vector<std::filesystem::path> write_sheet_svgs(const PrintedSheet& sheet, Paper paper,
                                                    const std::filesystem::path& file,
                                                    const std::filesystem::path& audio) {
  const std::vector<std::string> svgs = sheet_svgs(sheet, paper);
  std::vector<std::filesystem::path> names;
  for (const std::string& svg : svgs) {
    std::filesystem::path name = file;
    if (svgs.size() > 1)
      name.replace_filename(file.stem().string() + "-" + std::to_string(names.size() + 1) +
                            file.extension().string());
    write_page(name, svg, audio);
    names.push_back(name);
  }
  return names;
}

}  // namespace lacquer
