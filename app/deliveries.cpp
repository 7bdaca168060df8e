#include "app/deliveries.h"

#include <algorithm>
#include <mutex>
#include <numeric>

#include "app/in_order.h"
#include "app/knowledge.h"
#include "audio_io/codec_round_trip.h"
#include "audio_io/open.h"
#include "library/codec_content.h"

namespace lacquer {
namespace {

// FFmpeg's AAC encoder takes about twice as long as the others; whoever comes last should be short.
int how_long(const Delivery& delivery) {
  if (delivery.codec == "aac") return 2;
  return delivery.codec == "opus" ? 0 : 1;
}

// Progress of several at once as one share.
class SharedProgress {
 public:
  SharedProgress(std::size_t count, const ProgressCallback& progress) : done_(count), progress_(progress) {}
  bool told(std::size_t index, std::string_view doing, double done) {
    if (!progress_) return true;
    const std::lock_guard lock(mutex_);
    done_[index] = std::max(done_[index], done);
    const double all = std::accumulate(done_.begin(), done_.end(), 0.0);
    return progress_(doing, all / static_cast<double>(done_.size()));
  }

 private:
  std::mutex mutex_;
  std::vector<double> done_;
  const ProgressCallback& progress_;
};

}  // namespace

Deliveries deliveries_to_try(const std::vector<std::string>& chosen) {
  Deliveries deliveries;
  for (const Delivery& delivery : deliveries_of(load_codecs(), knowledge().platforms)) {
    if (!chosen.empty() && std::find(chosen.begin(), chosen.end(), delivery.id()) == chosen.end()) continue;
    if (codec_is_available(delivery.codec))
      deliveries.all.push_back(delivery);
    else
      deliveries.missing.push_back(delivery.id());
  }
  if (deliveries.all.empty())
    throw Error(
        "FFmpeg's libraries here have none of these encoders; install libavcodec with libvorbis, libopus "
        "and libmp3lame");
  return deliveries;
}

RoundTrip codec_of(const Delivery& delivery) {
  return [settings = CodecSettings{delivery.codec, delivery.bitrate_kbps}](AudioSource& source) {
    return round_trip(source, settings);
  };
}

void for_each_delivery(const std::vector<Delivery>& deliveries, const DeliveryWork& work,
                       const ProgressCallback& progress) {
  std::vector<std::size_t> order(deliveries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return how_long(deliveries[a]) > how_long(deliveries[b]);
  });
  SharedProgress shared(deliveries.size(), progress);
  side_by_side(order.size(), [&](std::size_t i) {
    const std::size_t index = order[i];
    work(index,
         [&shared, index](std::string_view doing, double done) { return shared.told(index, doing, done); });
  });
}

std::optional<double> highest_decoded_dbtp(const std::filesystem::path& file,
                                           const std::vector<Delivery>& deliveries,
                                           const ProgressCallback& progress) {
  std::vector<std::optional<double>> peaks(deliveries.size());
  for_each_delivery(
      deliveries,
      [&](std::size_t i, const ProgressCallback& told) {
        const auto source = open_audio(file);
        peaks[i] = decoded_peak(*source, codec_of(deliveries[i]), told);
      },
      progress);
  return *std::max_element(peaks.begin(), peaks.end());  // an empty one is less than any level
}

}  // namespace lacquer
