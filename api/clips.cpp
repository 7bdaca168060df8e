#include "api/clips.h"

#include "api/json_values.h"

namespace lacquer {

Json clips_json(const std::vector<ClipFile>& clips) {
  Json items = Json::array();
  for (const ClipFile& clip : clips) {
    Json one = {{"id", text(clip.id)},
                {"kind", clip.mono ? "mono" : "clip"},
                {"topic", text(clip.topic)},
                {"title", text(clip.title)},
                {"summary", text(clip.summary)}};
    put_path(one, clip.path);
    one["item"] = clip.item;
    one.update(times(clip.when));
    one["gain_db"] = level(clip.gain_db);
    items.push_back(one);
  }
  return items_json(items);
}

}  // namespace lacquer
