#include <map>

#include "faces/cli/arguments.h"

namespace lacquer::cli {

const std::vector<Example>& examples(const std::string& command) {
  static const std::map<std::string, std::vector<Example>> all = {
      {"",
       {{"lacquer check mix.wav", "what the mix measures, and what to do before mastering"},
        {"lacquer master mix.wav", "the master beside the mix, as mix.master.wav"}}},
      {"check",
       {{"lacquer check mix.wav", "the twelve items, judged and explained"},
        {"lacquer check --as master --html master.html out.wav", "judged as a master, also as a page"},
        {"lacquer check mix.wav --reference record.flac", "judged against a record of your own"},
        {"lacquer check --only loudness --json album/",
         "loudness and peaks of a folder, a line of JSON each"},
        {"lacquer check mix.wav --rested 14", "you have rested 14 hours, whatever the history says"},
        {"lacquer check --strict master.flac || echo \"not ready\"", "in a script"}}},
      {"plan",
       {{"lacquer plan mix.wav", "what mastering this track would do, and why"},
        {"lacquer plan mix.wav --loudness gentle -o plan.toml", "the same as a file to edit and render"},
        {"lacquer plan album/", "an album, levelled as a whole"},
        {"lacquer plan mix.wav --html", "with the curve of what loudness costs, as mix.plan.html"}}},
      {"master",
       {{"lacquer master mix.wav", "the master beside the mix, as mix.master.wav"},
        {"lacquer master mix.wav --loudness -14 --ceiling -1.5", "at a loudness and ceiling of your own"},
        {"lacquer master mix.wav --ceiling auto",
         "under the ceiling that the platforms' codecs leave room for"},
        {"lacquer master mix.wav --plan plan.toml -o out.flac --bits 16",
         "a plan edited by hand, as 16-bit FLAC"},
        {"lacquer master mix.wav --html", "with the report as mix.master.html"},
        {"lacquer master one.wav two.wav three.wav", "an EP: one gain for all, so that they stay as mixed"},
        {"lacquer master mix.wav --preview 30", "its most telling 30 seconds only, to listen to"},
        {"lacquer master mix.wav --plan mix.master.plan.toml", "an earlier master once more, to the bit"}}},
      {"history",
       {{"lacquer history", "every song that was checked, and what is open"},
        {"lacquer history mix.wav", "its versions, and what changed from one to the next"},
        {"lacquer check mix-2.wav --song \"Blue\"", "checks a file as a version of the song Blue"}}},
      {"studio", {{"lacquer studio", "opens the browser on the studio"}}},
      {"clips", {{"lacquer clips mix.wav -o clips", "what to listen to, and for what"}}},
      {"systems",
       {{"lacquer systems mix.wav", "what a phone, a car or a club would lose of it"},
        {"lacquer systems mix.wav --render listen", "the same as audio, all equally loud"}}},
      {"words",
       {{"lacquer words boxy", "what it sounds like, where it sits, and what moves it"},
        {"lacquer words --file mix.wav", "the words that describe a mix, strongest first"}}},
      {"sheets",
       {{"lacquer sheets", "what there is to print"},
        {"lacquer sheets gear --pdf gear.pdf --paper letter",
         "the questions before a purchase, on US Letter"},
        {"lacquer sheets diagnostic --file mix.wav --pdf mix.pdf", "the twelve items, ticked for a mix"}}},
      {"gear",
       {{"lacquer gear limiter", "asks the five questions, one after the other"},
        {"lacquer gear --init limiter.toml", "a file to fill in instead, and to weigh with --answers"},
        {"lacquer gear --answers limiter.toml --ics test.ics",
         "the answers weighed, the test in your calendar"},
        {"lacquer gear --close 3 --outcome returned", "how it ended"}}},
      {"release",
       {{"lacquer release album/ --init", "album/release.toml, to fill in"},
        {"lacquer release album/ --pdf ready.pdf", "what is missing, also as a page to sign"},
        {"lacquer release --advance 2000 --share 50 --costs 1500 --per-stream 0.003",
         "how many streams earn back an advance"}}},
      {"workbook",
       {{"lacquer workbook", "what you answered, decided and noted so far"},
        {"lacquer workbook note \"the snare is right now, leave it\" --subject Blue", "a note to find later"},
        {"lacquer workbook --pdf workbook.pdf", "to print, with lines to write on"},
        {"lacquer workbook --export workbook.md", "all of it as text, which can be imported again"}}},
      {"find",
       {{"lacquer find why is my track quieter on spotify", "the pages that answer it"},
        {"lacquer find compressor --kind lesson", "lessons only"}}},
      {"learn",
       {{"lacquer learn", "the three courses, and how far you are"},
        {"lacquer learn 13", "a lesson to read"},
        {"lacquer learn 13 --run mix.wav -o ears", "its exercise on your own track"},
        {"lacquer learn 13 --score ears --say trial-01=boxy --say trial-02=air", "the answers, scored"},
        {"lacquer learn 1 --answer \"It is done when the chorus lifts\"", "a line for the workbook"}}},
      {"target",
       {{"lacquer target learn records/ -o mine.toml", "what your finished records have in common"},
        {"lacquer check mix.wav --target mine.toml", "a mix judged against it"}}},
      {"platforms",
       {{"lacquer platforms", "the rules of every service, with their sources"},
        {"lacquer platforms master.wav", "how loud each service plays it, and what holds it there"},
        {"lacquer platforms album/ --html album.html", "an album, measured as one, also as a page"},
        {"lacquer platforms master.wav --render listen", "what a listener hears on each service"}}},
      {"codecs",
       {{"lacquer codecs master.wav", "true peaks after decoding, and the ceiling this track needs"},
        {"lacquer codecs master.wav --codec vorbis-160 --codec aac-256", "two deliveries only"},
        {"lacquer codecs master.wav --render listen", "what was decoded beside the original, equally loud"}}},
  };
  return all.at(command);
}

const std::vector<ExitStatus>& exit_statuses() {
  static const std::vector<ExitStatus> all = {
      {0, "Done."},
      {1,
       "The work could not be done: audio that cannot be read, a plan that cannot hold, a loudness out of "
       "reach. "
       "In a batch the other files were still worked on."},
      {2, "Wrong usage."},
      {3, "With --strict, an item says fix."},
      {4, "master stopped because the mix must be fixed first; --anyway renders all the same."},
      {130, "Interrupted; nothing half-written was left."},
  };
  return all;
}

}  // namespace lacquer::cli
