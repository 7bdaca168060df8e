#include "app/workers.h"

#include <gtest/gtest.h>

#include <atomic>

#include "core/error.h"

namespace lacquer {
namespace {

TEST(Workers, DoEveryJobOnceAndReturnWhenAllAreDone) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    Workers pool(threads);
    for (int round = 0; round < 200; ++round) {
      std::vector<std::atomic<int>> done(static_cast<std::size_t>(round % 9));
      std::vector<Executor::Job> jobs;
      for (auto& one : done) jobs.emplace_back([&one] { ++one; });
      pool.run(jobs);
      for (const auto& one : done) ASSERT_EQ(one, 1);
    }
  }
}

TEST(Workers, AJobMayHaveJobsOfItsOwn) {
  for (const unsigned threads : {1U, 2U, 4U}) {
    Workers pool(threads);
    std::atomic<int> done{0};
    const std::vector<Executor::Job> leaves(5, [&] { ++done; });
    const std::vector<Executor::Job> branches(5, [&] { pool.run(leaves); });
    const std::vector<Executor::Job> trees(3, [&] { pool.run(branches); });
    pool.run(trees);
    EXPECT_EQ(done, 75);
  }
}

TEST(Workers, SeveralMayAskAtOnce) {
  Workers pool(3);
  std::atomic<int> done{0};
  std::vector<std::thread> askers;
  for (int i = 0; i < 4; ++i)
    askers.emplace_back([&] {
      const std::vector<Executor::Job> jobs(7, [&] { ++done; });
      for (int round = 0; round < 50; ++round) pool.run(jobs);
    });
  for (std::thread& asker : askers) asker.join();
  EXPECT_EQ(done, 4 * 50 * 7);
}

TEST(Workers, TheFirstErrorByPlaceComesOutAfterAllHaveEnded) {
  Workers pool(2);
  std::atomic<int> ended{0};
  const std::vector<Executor::Job> jobs = {[&] { ++ended; },
                                           [&] {
                                             ++ended;
                                             throw Error("first");
                                           },
                                           [&] {
                                             ++ended;
                                             throw Error("second");
                                           }};
  try {
    pool.run(jobs);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "first");
  }
  EXPECT_EQ(ended, 3);
}

}  // namespace
}  // namespace lacquer
