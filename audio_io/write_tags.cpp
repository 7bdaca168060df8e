#include "audio_io/write_tags.h"

#include <aifffile.h>
#include <attachedpictureframe.h>
#include <flacfile.h>
#include <id3v2tag.h>
#include <tpropertymap.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

#include "audio_io/local_file.h"
#include "core/error.h"

namespace lacquer {
namespace {

struct InfoField {
  const char* name;
  int sndfile;
};

constexpr InfoField kInfoFields[] = {
    {"TITLE", SF_STR_TITLE},       {"ARTIST", SF_STR_ARTIST},           {"ALBUM", SF_STR_ALBUM},
    {"DATE", SF_STR_DATE},         {"TRACKNUMBER", SF_STR_TRACKNUMBER}, {"GENRE", SF_STR_GENRE},
    {"COMMENT", SF_STR_COMMENT},   {"COPYRIGHT", SF_STR_COPYRIGHT},     {"LICENSE", SF_STR_LICENSE},
    {"ENCODEDBY", SF_STR_SOFTWARE}};

template <std::size_t size>
void fill(char (&field)[size], const std::string& text) {
  std::memcpy(field, text.data(), std::min(size, text.size()));
}

void put_broadcast(SNDFILE* file, const BroadcastInfo& info, double sample_rate_hz) {
  SF_BROADCAST_INFO_VAR(8192) bext = {};
  fill(bext.description, info.description);
  fill(bext.originator, info.originator);
  fill(bext.originator_reference, info.originator_reference);
  fill(bext.origination_date, info.origination_date);
  fill(bext.origination_time, info.origination_time);
  const auto reference =
      static_cast<std::uint64_t>(std::llround(std::clamp(info.time_reference_s, 0.0, 1e9) * sample_rate_hz));
  bext.time_reference_low = static_cast<std::uint32_t>(reference);
  bext.time_reference_high = static_cast<std::uint32_t>(reference >> 32U);
  bext.version = 1;  // no loudness fields, which came with version 2
  // libsndfile adds its own line to the history and needs room for it.
  const std::size_t history = std::min(info.coding_history.size(), sizeof bext.coding_history - 512);
  std::memcpy(bext.coding_history, info.coding_history.data(), history);
  bext.coding_history_size = static_cast<std::uint32_t>(history);
  sf_command(file, SFC_SET_BROADCAST_INFO, &bext, sizeof bext);
}

TagLib::PropertyMap properties_of(const Tags& tags) {
  TagLib::PropertyMap properties;
  for (const auto& [name, values] : tags.fields) {
    TagLib::StringList list;
    for (const std::string& value : values) list.append(TagLib::String(value, TagLib::String::UTF8));
    properties.insert(TagLib::String(name, TagLib::String::UTF8), list);
  }
  return properties;
}

TagLib::ByteVector bytes_of(const std::string& bytes) {
  return {bytes.data(), static_cast<unsigned>(bytes.size())};
}

bool nothing_to_write(const Tags& tags) { return tags.fields.empty() && !tags.cover; }

// TagLib does not report a failed write, so what it wrote is read back.
void require_written(const std::filesystem::path& path, const Tags& tags) {
  const Tags found = read_tags(path);
  const bool picture = !tags.cover || (found.cover && found.cover->bytes == tags.cover->bytes);
  // Each container renames or joins some fields, so only their presence is compared.
  if (!picture || (found.fields.empty() && !tags.fields.empty()))
    throw Error("the tags could not be written into the output; check that the disk is not full");
}

constexpr std::size_t kTailBytes = 65536;

std::string tail_of(const std::filesystem::path& path) {
  const LocalFile file(path);
  return file.bytes_at(std::max<std::int64_t>(0, file.size_bytes() - static_cast<std::int64_t>(kTailBytes)),
                       kTailBytes);
}

}  // namespace

void put_tags_in_wav_header(SNDFILE* file, const Tags& tags, double sample_rate_hz) {
  for (const InfoField& field : kInfoFields) {
    const auto found = tags.fields.find(field.name);
    if (found != tags.fields.end() && !found->second.empty())
      sf_set_string(file, field.sndfile, found->second.front().c_str());
  }
  if (tags.broadcast) put_broadcast(file, *tags.broadcast, sample_rate_hz);
}

void tag_flac(const std::filesystem::path& path, const Tags& tags) {
  if (nothing_to_write(tags)) return;
  const std::string tail = tail_of(path);
  {
    TagLib::FLAC::File file(path.c_str(), false);
    file.setProperties(properties_of(tags));
    if (tags.cover) {
      auto picture = std::make_unique<TagLib::FLAC::Picture>();
      picture->setMimeType(TagLib::String(tags.cover->mime_type, TagLib::String::UTF8));
      picture->setDescription(TagLib::String(tags.cover->description, TagLib::String::UTF8));
      picture->setType(static_cast<TagLib::FLAC::Picture::Type>(std::clamp(tags.cover->type, 0, 20)));
      picture->setData(bytes_of(tags.cover->bytes));
      file.addPicture(picture.release());  // the file owns it
    }
    file.save();
  }
  // The metadata stands in front and moves the audio back; its last bytes show whether all of it moved.
  const std::string moved = tail_of(path);
  const std::size_t same = std::min(tail.size(), moved.size()) / 2;
  if (tail.compare(tail.size() - same, same, moved, moved.size() - same, same) != 0)
    throw Error("the tags could not be written into the output; check that the disk is not full");
  require_written(path, tags);
}

void tag_aiff(const std::filesystem::path& path, const Tags& tags) {
  if (nothing_to_write(tags)) return;
  {
    TagLib::RIFF::AIFF::File file(path.c_str(), false);
    file.setProperties(properties_of(tags));
    if (tags.cover) {
      auto picture = std::make_unique<TagLib::ID3v2::AttachedPictureFrame>();
      picture->setMimeType(TagLib::String(tags.cover->mime_type, TagLib::String::UTF8));
      picture->setDescription(TagLib::String(tags.cover->description, TagLib::String::UTF8));
      picture->setTextEncoding(TagLib::String::UTF8);
      picture->setType(
          static_cast<TagLib::ID3v2::AttachedPictureFrame::Type>(std::clamp(tags.cover->type, 0, 20)));
      picture->setPicture(bytes_of(tags.cover->bytes));
      file.tag()->addFrame(picture.release());  // the tag owns it
    }
    file.save();
  }
  require_written(path, tags);
}

}  // namespace lacquer
