#pragma once

#include "core/lazy_library.h"

// FFmpeg's headers are C, and are not clean under this project's warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wignored-attributes"
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
}

namespace lacquer {

// FFmpeg's libraries in the versions of the headers, opened when the first of these functions is called.
inline constexpr const char* kNoLibav = "install FFmpeg's libraries, or convert the file to WAV or FLAC";
inline constinit const LazyLibrary libavutil("libavutil.so." AV_STRINGIFY(LIBAVUTIL_VERSION_MAJOR), kNoLibav);
inline constinit const LazyLibrary libavcodec("libavcodec.so." AV_STRINGIFY(LIBAVCODEC_VERSION_MAJOR),
                                              kNoLibav);
inline constinit const LazyLibrary libavformat("libavformat.so." AV_STRINGIFY(LIBAVFORMAT_VERSION_MAJOR),
                                               kNoLibav);

LACQUER_LAZY(libavcodec, av_get_exact_bits_per_sample);
LACQUER_LAZY(libavcodec, av_packet_alloc);
LACQUER_LAZY(libavcodec, av_packet_free);
LACQUER_LAZY(libavcodec, av_packet_unref);
LACQUER_LAZY(libavcodec, avcodec_alloc_context3);
LACQUER_LAZY(libavcodec, avcodec_descriptor_get);
LACQUER_LAZY(libavcodec, avcodec_find_decoder);
LACQUER_LAZY(libavcodec, avcodec_find_decoder_by_name);
LACQUER_LAZY(libavcodec, avcodec_find_encoder_by_name);
LACQUER_LAZY(libavcodec, avcodec_free_context);
LACQUER_LAZY(libavcodec, avcodec_get_name);
LACQUER_LAZY(libavcodec, avcodec_open2);
LACQUER_LAZY(libavcodec, avcodec_parameters_alloc);
LACQUER_LAZY(libavcodec, avcodec_parameters_free);
LACQUER_LAZY(libavcodec, avcodec_parameters_from_context);
LACQUER_LAZY(libavcodec, avcodec_parameters_to_context);
LACQUER_LAZY(libavcodec, avcodec_receive_frame);
LACQUER_LAZY(libavcodec, avcodec_receive_packet);
LACQUER_LAZY(libavcodec, avcodec_send_frame);
LACQUER_LAZY(libavcodec, avcodec_send_packet);
LACQUER_LAZY(libavformat, av_find_best_stream);
LACQUER_LAZY(libavformat, av_read_frame);
LACQUER_LAZY(libavformat, avformat_alloc_context);
LACQUER_LAZY(libavformat, avformat_close_input);
LACQUER_LAZY(libavformat, avformat_find_stream_info);
LACQUER_LAZY(libavformat, avformat_open_input);
LACQUER_LAZY(libavformat, avio_alloc_context);
LACQUER_LAZY(libavformat, avio_context_free);
LACQUER_LAZY(libavutil, av_channel_layout_copy);
LACQUER_LAZY(libavutil, av_channel_layout_default);
LACQUER_LAZY(libavutil, av_dict_free);
LACQUER_LAZY(libavutil, av_dict_set);
LACQUER_LAZY(libavutil, av_frame_alloc);
LACQUER_LAZY(libavutil, av_frame_free);
LACQUER_LAZY(libavutil, av_free);
LACQUER_LAZY(libavutil, av_freep);
LACQUER_LAZY(libavutil, av_get_bytes_per_sample);
LACQUER_LAZY(libavutil, av_get_packed_sample_fmt);
LACQUER_LAZY(libavutil, av_log_set_level);
LACQUER_LAZY(libavutil, av_malloc);
LACQUER_LAZY(libavutil, av_sample_fmt_is_planar);

}  // namespace lacquer
#pragma GCC diagnostic pop
