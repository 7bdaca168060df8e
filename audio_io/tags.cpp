#include "audio_io/tags.h"

#include <aifffile.h>
#include <attachedpictureframe.h>
#include <fileref.h>
#include <flacfile.h>
#include <id3v2tag.h>
#include <mp4file.h>
#include <mpegfile.h>
#include <sndfile.h>
#include <tfilestream.h>
#include <tpropertymap.h>
#include <unistd.h>
#include <wavfile.h>
#include <xiphcomment.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <string_view>

#include "audio_io/header.h"
#include "audio_io/local_file.h"
#include "audio_io/sndfile_input.h"

namespace lacquer {
namespace {

constexpr std::size_t kMaxValues = 200;
constexpr std::size_t kMaxValueBytes = 4096;
constexpr std::size_t kMaxPictureBytes = std::size_t{16} << 20;

// Would be wrong on the master: they describe the mix's loudness, its length or its encoder.
constexpr std::string_view kNotCarried[] = {
    "REPLAYGAIN", "R128_",       "ITUNNORM", "ITUNSMPB", "ITUNPGAP", "MP3GAIN", "ENCODER", "ENCODING",
    "LENGTH",     "ACCURATERIP", "CUESHEET", "MD5",      "RVAD",     "RVA2",    "TRAKTOR", "SERATO"};

bool carried(std::string_view name) {
  // A comment with a description comes as COMMENT:ITUNNORM.
  if (const auto colon = name.rfind(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
  return std::none_of(std::begin(kNotCarried), std::end(kNotCarried),
                      [&](std::string_view prefix) { return name.substr(0, prefix.size()) == prefix; });
}

// Cut at a character's end: UTF-8 continuation bytes are 10xxxxxx (RFC 3629).
std::string bounded(std::string text) {
  text.resize(std::min(text.size(), text.find('\0')));
  if (text.size() <= kMaxValueBytes) return text;
  std::size_t end = kMaxValueBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text;
}

void read_fields(const TagLib::PropertyMap& properties, Tags& tags) {
  std::size_t values = 0;
  for (const auto& [key, list] : properties) {
    std::string name = key.to8Bit(true);
    if (name.empty() || name.size() > 100) continue;
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
    if (!carried(name)) continue;
    for (const TagLib::String& value : list) {
      if (values == kMaxValues) return;
      if (std::string text = bounded(value.to8Bit(true)); !text.empty()) {
        tags.fields[name].push_back(std::move(text));
        ++values;
      }
    }
  }
}

// The front cover when there is one, else the first picture.
void offer_picture(Tags& tags, const TagLib::ByteVector& bytes, const TagLib::String& mime_type,
                   const TagLib::String& description, int type) {
  const bool better = !tags.cover || (tags.cover->type != 3 && type == 3);
  if (!better || bytes.isEmpty() || bytes.size() > kMaxPictureBytes) return;
  tags.cover = Picture{bounded(mime_type.to8Bit(true)), bounded(description.to8Bit(true)), type,
                       std::string(bytes.data(), bytes.size())};
}

void read_id3_pictures(const TagLib::ID3v2::Tag* tag, Tags& tags) {
  if (tag == nullptr) return;
  for (const TagLib::ID3v2::Frame* frame : tag->frameList("APIC"))
    if (const auto* picture = dynamic_cast<const TagLib::ID3v2::AttachedPictureFrame*>(frame))
      offer_picture(tags, picture->picture(), picture->mimeType(), picture->description(), picture->type());
}

void read_flac_pictures(const TagLib::List<TagLib::FLAC::Picture*>& pictures, Tags& tags) {
  for (const TagLib::FLAC::Picture* picture : pictures)
    offer_picture(tags, picture->data(), picture->mimeType(), picture->description(), picture->type());
}

void read_mp4_pictures(const TagLib::MP4::Tag* tag, Tags& tags) {
  if (tag == nullptr || !tag->contains("covr")) return;
  for (const TagLib::MP4::CoverArt& art : tag->item("covr").toCoverArtList())
    offer_picture(tags, art.data(), art.format() == TagLib::MP4::CoverArt::PNG ? "image/png" : "image/jpeg",
                  "", 3);
}

void read_pictures(TagLib::File* file, Tags& tags) {
  if (auto* mpeg = dynamic_cast<TagLib::MPEG::File*>(file)) read_id3_pictures(mpeg->ID3v2Tag(), tags);
  if (auto* wav = dynamic_cast<TagLib::RIFF::WAV::File*>(file)) read_id3_pictures(wav->ID3v2Tag(), tags);
  if (auto* aiff = dynamic_cast<TagLib::RIFF::AIFF::File*>(file)) read_id3_pictures(aiff->tag(), tags);
  if (auto* mp4 = dynamic_cast<TagLib::MP4::File*>(file)) read_mp4_pictures(mp4->tag(), tags);
  if (auto* flac = dynamic_cast<TagLib::FLAC::File*>(file)) {
    read_flac_pictures(flac->pictureList(), tags);
    read_id3_pictures(flac->ID3v2Tag(), tags);
  }
  if (auto* xiph = dynamic_cast<TagLib::Ogg::XiphComment*>(file->tag()))
    read_flac_pictures(xiph->pictureList(), tags);
}

template <std::size_t size>
std::string fixed_text(const char (&field)[size]) {
  return {field, std::find(field, field + size, '\0')};
}

void read_broadcast(const std::shared_ptr<const LocalFile>& file, Tags& tags) {
  const SndfileInput input(file);
  SF_BROADCAST_INFO_VAR(8192) bext = {};
  if (input.handle() == nullptr || input.info().samplerate <= 0 ||
      sf_command(input.handle(), SFC_GET_BROADCAST_INFO, &bext, sizeof bext) != SF_TRUE)
    return;
  BroadcastInfo info;
  info.description = fixed_text(bext.description);
  info.originator = fixed_text(bext.originator);
  info.originator_reference = fixed_text(bext.originator_reference);
  info.origination_date = fixed_text(bext.origination_date);
  info.origination_time = fixed_text(bext.origination_time);
  const auto reference =
      (static_cast<std::uint64_t>(bext.time_reference_high) << 32U) | bext.time_reference_low;
  info.time_reference_s = static_cast<double>(reference) / input.info().samplerate;
  const std::size_t history = std::min<std::size_t>(bext.coding_history_size, sizeof bext.coding_history);
  info.coding_history.assign(bext.coding_history, history);
  info.coding_history.resize(std::min(info.coding_history.size(), info.coding_history.find('\0')));
  tags.broadcast = std::move(info);
}

}  // namespace

Tags read_tags(const std::filesystem::path& path) {
  const auto file = std::make_shared<const LocalFile>(path);
  Tags tags;
  const std::string container = read_header(*file).container;
  if (container == "wav" || container == "rf64") read_broadcast(file, tags);
  // TagLib closes the descriptor it is given.
  const int descriptor = ::dup(file->descriptor());
  if (descriptor < 0 || ::lseek(descriptor, 0, SEEK_SET) != 0) return tags;
  TagLib::FileStream stream(descriptor, true);
  const TagLib::FileRef reference(&stream, false);
  if (reference.isNull()) return tags;
  read_fields(reference.file()->properties(), tags);
  read_pictures(reference.file(), tags);
  return tags;
}

std::string made_by(const std::filesystem::path& path) noexcept {
  try {
    const Tags tags = read_tags(path);
    if (const auto found = tags.fields.find("ENCODEDBY"); found != tags.fields.end())
      return found->second.front();
    const SndfileInput input(std::make_shared<const LocalFile>(path));
    const char* software =
        input.handle() == nullptr ? nullptr : sf_get_string(input.handle(), SF_STR_SOFTWARE);
    return software == nullptr ? std::string() : bounded(software);
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace lacquer
