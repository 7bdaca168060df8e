#include "report/format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "chain/stage_parameters.h"
#include "measure/spectrum_bands.h"

namespace lacquer {
namespace {

constexpr std::string_view kMinus = "\u2212";
constexpr std::string_view kNoValue = "\u2014";
constexpr std::string_view kTo = "\u2013";

bool has_value(std::optional<double> value) { return value.has_value() && std::isfinite(*value); }

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

// The unit of a difference of two values in `unit`.
std::string_view difference_unit(std::string_view unit) {
  if (unit == "dBTP" || unit == "dBFS") return "dB";
  if (unit == "LUFS") return "LU";
  return unit;
}

// Commas between thousands, from five digits on: "44,100", "4000".
std::string grouped(std::string_view digits) {
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (whole > 4 && i > 0 && i < whole && (whole - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

bool is_abbreviation(std::string_view word) {
  for (const std::string_view known :
       {"plr", "psr", "psr5", "lra", "lufs", "dc", "rms", "dbtp", "dbfs", "tp"}) {
    if (word == known) return true;
  }
  return false;
}

// Units close a name, after an underscore.
constexpr std::pair<std::string_view, std::string_view> kUnitSuffixes[] = {
    {"_dbtp", "dBTP"}, {"_dbfs", "dBFS"}, {"_db", "dB"}, {"_lufs", "LUFS"}, {"_lu", "LU"},
    {"_hz", "Hz"},     {"_ms", "ms"},     {"_s", "s"},   {"_pct", "%"}};

std::string_view without_unit(std::string_view id) {
  for (const auto& [suffix, unit] : kUnitSuffixes) {
    if (id.size() > suffix.size() && id.substr(id.size() - suffix.size()) == suffix) {
      return id.substr(0, id.size() - suffix.size());
    }
  }
  return id;
}

std::string rate_text(double rate_hz) {
  const double khz = rate_hz / 1000.0;
  const bool whole = std::abs(khz - std::round(khz)) < 0.005;
  const bool tenths = std::abs(khz * 10.0 - std::round(khz * 10.0)) < 0.05;
  return quantity(khz, "kHz", whole ? 0 : tenths ? 1 : 2);
}

std::string channels_text(const SourceInfo& source) {
  if (!source.channel_layout.empty()) return source.channel_layout;
  if (source.channels == 1) return "mono";
  if (source.channels == 2) return "stereo";
  return counted(static_cast<std::size_t>(std::max(source.channels, 0)), "channel", "channels");
}

}  // namespace

std::string number(std::optional<double> value, int decimals) {
  if (!has_value(value)) return std::string(kNoValue);
  char digits[400];  // the largest double has 309 digits
  std::snprintf(digits, sizeof digits, "%.*f", decimals, std::abs(*value));
  const bool is_zero = std::string_view(digits).find_first_not_of("0.") == std::string_view::npos;
  return (std::signbit(*value) && !is_zero ? std::string(kMinus) : std::string()) + grouped(digits);
}

std::string signed_number(std::optional<double> value, int decimals) {
  const std::string text = number(value, decimals);
  const bool positive = has_value(value) && *value > 0.0 && text.find_first_not_of("0.") != std::string::npos;
  return positive ? "+" + text : text;
}

std::string quantity(std::optional<double> value, std::string_view unit, int decimals) {
  std::string text = number(value, decimals);
  if (!has_value(value) || unit.empty()) return text;
  return text + (unit == "%" ? "\u202f" : " ") + std::string(unit);
}

std::string signed_quantity(std::optional<double> value, std::string_view unit, int decimals) {
  const std::string text = signed_number(value, decimals);
  return has_value(value) && !unit.empty() ? text + " " + std::string(unit) : text;
}

std::string plain_number(std::optional<double> value) {
  std::string text = number(value, 2);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

namespace {

const ParameterInfo* described(Stage stage, const std::string& id) {
  for (const ParameterInfo& info : parameters_of(stage))
    if (info.id == id) return &info;
  return nullptr;
}

std::string parameter_name(Stage stage, const std::string& id) {
  const ParameterInfo* info = described(stage, id);
  return info != nullptr ? info->name : label(id);
}

// With the unit of its description, else that which closes its id.
std::string value_text(Stage stage, const PlanParameter& parameter) {
  const std::string number = plain_number(parameter.value);
  if (const ParameterInfo* info = described(stage, parameter.id))
    return info->unit.empty() ? number : number + (info->unit == ":1" ? "" : " ") + std::string(info->unit);
  const std::string_view id = parameter.id;
  for (const auto& [suffix, unit] : kUnitSuffixes)
    if (id.size() > suffix.size() && id.substr(id.size() - suffix.size()) == suffix)
      return number + " " + std::string(unit);
  return number;
}

// "band_2_" of "band_2_gain_db"; empty for what belongs to no band.
std::string band_of(const std::string& id) {
  if (id.rfind("band_", 0) != 0) return {};
  const std::size_t end = id.find('_', 5);
  return end == std::string::npos ? std::string() : id.substr(0, end + 1);
}

// Of an equaliser: its shape, place, height and width, in the order in which people say them.
std::string equaliser_band_text(const PlanStage& stage, const std::string& band) {
  const auto value = [&](const char* what) { return parameter_value(stage, band + what); };
  const PlanParameter shape{band + "shape", value("shape")};
  const PlanParameter channels{band + "channels", value("channels")};
  std::string text(choice_of(stage.stage, shape));
  text += " at " + quantity(value("frequency_hz"), "Hz", 0) + ", " +
          signed_quantity(value("gain_db"), text == "tilt" ? "dB an octave" : "dB", 1);
  if (text.rfind("tilt", 0) != 0) text += ", Q " + plain_number(value("q"));
  if (channels.value != 0.0) text += ", " + std::string(choice_of(stage.stage, channels)) + " only";
  return text;
}

// Of a matching curve with points all over: how far it reaches to either side, and where.
std::string match_text(const PlanStage& stage, const std::string& channels) {
  struct Point {
    double hz = 0.0;
    double db = 0.0;
  };
  Point lowest;
  Point highest;
  int points = 0;
  for (std::size_t band = 0; band < kThirdOctaveHz.size(); ++band) {
    const auto set = stage.parameter(match_id(channels, band));
    if (!set) continue;
    ++points;
    if (*set < lowest.db) lowest = {kThirdOctaveHz[band], *set};
    if (*set > highest.db) highest = {kThirdOctaveHz[band], *set};
  }
  std::string text;
  for (const Point& one : {lowest, highest})
    if (one.db != 0.0)
      text +=
          (text.empty() ? "" : ", ") + signed_quantity(one.db, "dB", 1) + " at " + quantity(one.hz, "Hz", 0);
  return "Match, " + channels + ": " + std::to_string(points) + " points" +
         (text.empty() ? "" : " (" + text + ")");
}

bool is_match_point(const std::string& id, const std::string& channels) {
  return id.rfind("match_" + channels + "_", 0) == 0;
}

}  // namespace

std::string parameter_text(Stage stage, const PlanParameter& parameter) {
  if (const std::string_view word = choice_of(stage, parameter); !word.empty())
    return parameter_name(stage, parameter.id) + " " + std::string(word);
  return parameter_name(stage, parameter.id) + " " + value_text(stage, parameter);
}

std::string settings_text(const PlanStage& stage) {
  const bool equaliser = stage.stage == Stage::kCorrectiveEq || stage.stage == Stage::kEnhancingEq;
  std::string all;
  std::string last_band;
  for (const std::string channels : {"mid", "side"})
    if (std::any_of(stage.parameters.begin(), stage.parameters.end(),
                    [&](const auto& one) { return is_match_point(one.id, channels); }))
      all += (all.empty() ? "" : "; ") + match_text(stage, channels);
  for (const PlanParameter& parameter : stage.parameters) {
    if (is_match_point(parameter.id, "mid") || is_match_point(parameter.id, "side")) continue;
    const std::string band = band_of(parameter.id);
    const bool goes_on = !band.empty() && band == last_band;
    last_band = band;
    if (equaliser && !band.empty()) {
      if (!goes_on) all += (all.empty() ? "" : "; ") + equaliser_band_text(stage, band);
      continue;
    }
    all += (all.empty() ? "" : goes_on ? ", " : "; ");
    std::string text = parameter_text(stage.stage, parameter);
    // "Band 1, threshold −20 dBFS" goes on with "ratio 2:1".
    if (goes_on) text.erase(0, text.find(", ") + 2);
    all += text;
  }
  return all;
}

std::string clock(double seconds) {
  if (!std::isfinite(seconds)) return std::string(kNoValue);
  // A hundred days is more than any file holds; the bound keeps the conversion defined.
  const auto whole = static_cast<long>(std::clamp(seconds, 0.0, 8640000.0) + 1e-6);
  char text[32];
  if (whole >= 3600) {
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  } else {
    std::snprintf(text, sizeof text, "%ld:%02ld", whole / 60, whole % 60);
  }
  return text;
}

std::string duration(double seconds) {
  return std::isfinite(seconds) && seconds < 10.0 ? quantity(seconds, "s", 2) : clock(seconds);
}

std::string time_range(const TimeRange& when) {
  const std::string from = clock(when.from_s);
  const std::string to = clock(when.to_s);
  return from == to || !(when.to_s > when.from_s) ? from : from + std::string(kTo) + to;
}

std::string times(const std::vector<TimeRange>& when, std::size_t most) {
  std::vector<TimeRange> merged;  // where one ends in the second in which the next begins
  for (const TimeRange& range : when) {
    if (!merged.empty() && range.from_s >= merged.back().from_s &&
        clock(range.from_s) == clock(merged.back().to_s)) {
      merged.back().to_s = std::max(merged.back().to_s, range.to_s);
    } else {
      merged.push_back(range);
    }
  }
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(most, merged.size()); ++i) shown.push_back(time_range(merged[i]));
  const std::size_t left = merged.size() - shown.size();
  std::string text = join(shown, ", ");
  if (left > 0) text += " and " + std::to_string(left) + " more";
  return text;
}

namespace {

std::string plain_label(std::string_view rest) {
  std::string text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of("_-"), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (word.empty()) continue;
    if (!text.empty()) text += ' ';
    text += is_abbreviation(word) ? upper(word) : std::string(word);
  }
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

bool is_number(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

// "level_40_125_hz" ends in a band: ", 40–125 Hz". "below_120_hz": " below 120 Hz".
std::string band_label(const std::vector<std::string_view>& words, std::size_t first_number) {
  std::string text = first_number > 0 && words[first_number - 1] == "below" ? " " : ", ";
  for (std::size_t i = first_number; i + 1 < words.size(); ++i)
    text += (i > first_number ? std::string(kTo) : std::string()) + std::string(words[i]);
  return text + " Hz";
}

}  // namespace

std::string label(std::string_view id) {
  std::vector<std::string_view> words;
  for (std::string_view rest = id; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of("_-"), rest.size());
    if (end > 0) words.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  std::size_t last = words.empty() ? 0 : words.size() - 1;
  while (last > 0 && is_number(words[last - 1])) --last;
  const bool has_band = !words.empty() && words.back() == "hz" && last + 1 < words.size();
  if (!has_band) return plain_label(without_unit(id));
  std::string text;
  for (std::size_t i = 0; i < last; ++i) text += (i == 0 ? "" : "_") + std::string(words[i]);
  return plain_label(text) + band_label(words, last);
}

int decimals_for(std::string_view unit) {
  constexpr std::string_view kWhole[] = {"Hz",    "bit",    "bits",     "runs", "overs",
                                         "count", "clicks", "dropouts", "peaks"};
  if (std::find(std::begin(kWhole), std::end(kWhole), unit) != std::end(kWhole)) return 0;
  if (unit.empty() || unit == "s") return 2;
  return 1;
}

namespace {

// A share is shown as people say it, in per cent.
std::string evidence_quantity(std::optional<double> value, std::string_view unit) {
  if (unit != "share") return quantity(value, unit, decimals_for(unit));
  if (value) *value *= 100.0;
  return quantity(value, "%", 1);
}

}  // namespace

std::string value_text(const Evidence& evidence) { return evidence_quantity(evidence.value, evidence.unit); }

std::string threshold_text(const Evidence& evidence) {
  return evidence_quantity(evidence.threshold, evidence.unit);
}

std::pair<std::string, std::string> value_and_unit(const Evidence& evidence) {
  if (evidence.unit == "share") return {number(evidence.value * 100.0, 1), "%"};
  return {number(evidence.value, decimals_for(evidence.unit)), evidence.unit};
}

bool is_near_miss(const Evidence& evidence) {
  if (!has_value(evidence.distance) || !has_value(evidence.threshold)) return false;
  const std::string_view difference = difference_unit(evidence.unit);
  double near = std::abs(*evidence.threshold) / 5.0;
  // Levels have no natural zero to take a share of; 1 dB is about what a listener notices.
  if (difference == "dB" || difference == "LU") near = std::clamp(near, 0.2, 1.0);
  return *evidence.distance != 0.0 && std::abs(*evidence.distance) <= near;
}

std::string distance_text(const Evidence& evidence) {
  if (!has_value(evidence.distance)) return std::string(kNoValue);
  const double distance = *evidence.distance;
  if (distance == 0.0) return evidence.value == 0.0 ? "none" : "at the limit";
  const std::string amount = evidence_quantity(std::abs(distance), difference_unit(evidence.unit));
  const std::string side = distance < 0.0 ? "past" : "inside";
  return is_near_miss(evidence) ? "just " + side + " by " + amount : amount + " " + side;
}

std::string_view confidence_words(double confidence) {
  if (!std::isfinite(confidence)) return {};
  if (confidence >= 0.95) return "certain";
  if (confidence >= 0.8) return "sure";
  if (confidence >= 0.55) return "fairly sure";
  return confidence >= 0.4 ? "not sure" : "a guess";
}

std::string hz_text(double hz) {
  return hz >= 1000.0 ? plain_number(std::round(hz / 100.0) / 10.0) + " kHz" : quantity(hz, "Hz", 0);
}

std::string band_text(double low_hz, double high_hz) {
  if (low_hz >= 1000.0 && high_hz >= 1000.0)
    return plain_number(std::round(low_hz / 100.0) / 10.0) + std::string(kTo) + hz_text(high_hz);
  if (high_hz < 1000.0) return number(low_hz, 0) + std::string(kTo) + hz_text(high_hz);
  return hz_text(low_hz) + std::string(kTo) + hz_text(high_hz);
}

std::string describe_format(const SourceInfo& source) {
  std::vector<std::string> parts;
  if (!source.container.empty()) parts.push_back(upper(source.container));
  if (source.bits) {
    parts.push_back(std::to_string(*source.bits) + (source.is_float ? "-bit float" : "-bit"));
  } else if (!source.codec.empty()) {
    parts.push_back(source.codec);
  }
  if (source.sample_rate_hz > 0.0) parts.push_back(rate_text(source.sample_rate_hz));
  if (source.channels > 0) parts.push_back(channels_text(source));
  return join(parts, " \u00b7 ");
}

std::string describe(const SourceInfo& source) {
  const std::string format = describe_format(source);
  return format + (format.empty() ? "" : " \u00b7 ") + duration(source.duration_s);
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += between;
    text += part;
  }
  return text;
}

std::string join_and(const std::vector<std::string>& parts) {
  if (parts.size() < 2) return join(parts, "");
  return join({parts.begin(), parts.end() - 1}, ", ") + " and " + parts.back();
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

}  // namespace lacquer
