#include "api/text.h"
#include "app/history.h"
#include "app/moment.h"
#include "app/song_history.h"
#include "faces/cli/commands.h"
#include "faces/cli/exit_status.h"
#include "faces/cli/terminal.h"
#include "report/text_page.h"

namespace lacquer::cli {
namespace {

std::string all_songs(const Arguments& a) {
  const std::vector<KnownSong> songs = a.no_history ? std::vector<KnownSong>{} : known_songs(workbook_file());
  return a.json ? dump(songs_json(songs)) + "\n" : songs_text(songs, now_ms(), text_style());
}

std::string one_song(const Arguments& a) {
  const std::string file = a.files.empty() ? "" : a.files.front();
  const SongKey key{file.empty() ? "" : known_path(file), well_formed_utf8(a.song)};
  const std::optional<SongHistory> song = a.no_history ? std::nullopt : song_history(workbook_file(), key);
  if (a.json) return dump(song ? song_json(*song) : items_json(Json::array())) + "\n";
  if (song) return song_text(*song, now_ms(), text_style());
  TextPage page(text_style());
  page.paragraph(0, "",
                 (file.empty() ? a.song : file) + " was not checked before; lacquer check remembers it.");
  return page.take();
}

}  // namespace

int run_history(const Arguments& a) {
  print(a.files.empty() && a.song.empty() ? all_songs(a) : one_song(a));
  return kDone;
}

}  // namespace lacquer::cli
