#pragma once

#include <filesystem>
#include <string>

#include "audio_io/tags.h"
#include "core/stream_format.h"
#include "judge/plan.h"

namespace lacquer {

// What a master tells of how it was made, so that it can be made again: in its tags, and in a plan beside it.

// The SHA-256 of the plan as one line of JSON, its path empty and `rendered` null: the same decisions for the
// same audio have the same, wherever the files lie and however the plan's file is laid out.
std::string plan_sha256(Plan plan);

// "Lacquer 0.1.0; plan sha256 …; mix sha256 …": as the field AS_WORKED, and as a line of the coding history
// of Broadcast Wave (EBU R 98-1999), the one place where a WAV file holds it.
void tag_as_worked(Tags& tags, const Plan& plan, const StreamFormat& format, int bits);

}  // namespace lacquer
