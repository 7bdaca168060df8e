#include "app/clip_file.h"

#include <string>

#include "app/file_error.h"
#include "audio_io/local_file.h"
#include "audio_io/write.h"
#include "session/clips.h"

namespace lacquer {

void write_clip(const ClipPlace& place, const AudioBuffer& audio, double gain_db, double sample_rate_hz) {
  about(place.to, [&] {
    if (same_file(place.to, place.source))
      throw Error("this is the file itself; choose another folder with " + std::string(place.option));
    WriteSettings settings;
    settings.bits = 24;
    settings.sample_rate_hz = sample_rate_hz;
    settings.channels = audio.channels();
    settings.frames = audio.frames();
    settings.overwrite = place.overwrite;
    FileSink sink(place.to, settings);
    const AudioBuffer ready = finished(audio, gain_db, sample_rate_hz);
    sink.write(ready.block());
    sink.commit();
  });
}

}  // namespace lacquer
