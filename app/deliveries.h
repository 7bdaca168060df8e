#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/progress.h"
#include "playback/deliveries.h"
#include "session/codec_study.h"

namespace lacquer {

struct Deliveries {
  std::vector<Delivery> all;         // that can be tried here
  std::vector<std::string> missing;  // ids of those that the FFmpeg libraries here cannot encode
};
// Those chosen by their ids, or all where none is. Throws Error where none of them can be tried.
Deliveries deliveries_to_try(const std::vector<std::string>& chosen);

// Encoder and decoder of a delivery, as the engine takes them.
RoundTrip codec_of(const Delivery& delivery);

// work(i) for every delivery, two at a time, those that take longest first; each result depends on its
// delivery alone. `progress` is told the share of all.
using DeliveryWork = std::function<void(std::size_t index, const ProgressCallback& progress)>;
void for_each_delivery(const std::vector<Delivery>& deliveries, const DeliveryWork& work,
                       const ProgressCallback& progress);

// The highest true peak that any delivery of a file decodes to, in dBTP; empty in silence.
std::optional<double> highest_decoded_dbtp(const std::filesystem::path& file,
                                           const std::vector<Delivery>& deliveries,
                                           const ProgressCallback& progress);

}  // namespace lacquer
