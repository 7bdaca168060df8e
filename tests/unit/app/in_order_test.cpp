#include "app/in_order.h"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace lacquer {
namespace {

TEST(InOrder, ResultsComeInTheInputsOrderWhateverFinishesFirst) {
  std::vector<std::size_t> order;
  in_order(
      8,
      [](std::size_t i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(i % 2 == 0 ? 5 : 0));
        return i * 10;
      },
      [&](std::size_t i, std::future<std::size_t> result) {
        EXPECT_EQ(result.get(), i * 10);
        order.push_back(i);
      });
  EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(InOrder, AnErrorReachesItsOwnTurnAndTheRestGoOn) {
  int done = 0;
  int failed = 0;
  in_order(
      4,
      [](std::size_t i) -> int {
        if (i == 1) throw std::runtime_error("bad");
        return 1;
      },
      [&](std::size_t, std::future<int> result) {
        try {
          done += result.get();
        } catch (const std::runtime_error&) {
          ++failed;
        }
      });
  EXPECT_EQ(done, 3);
  EXPECT_EQ(failed, 1);
}

TEST(SideBySide, DoesEveryPieceOfWorkOnce) {
  std::vector<int> times(50);
  side_by_side(times.size(), [&](std::size_t i) { ++times[i]; });
  EXPECT_EQ(times, std::vector<int>(50, 1));
  side_by_side(0, [](std::size_t) { FAIL(); });
}

TEST(SideBySide, AnErrorIsRethrownWhenAllHasStopped) {
  std::atomic<int> running{0};
  EXPECT_THROW(side_by_side(20,
                            [&](std::size_t i) {
                              ++running;
                              std::this_thread::sleep_for(std::chrono::milliseconds(1));
                              --running;
                              if (i == 3) throw std::runtime_error("bad");
                            }),
               std::runtime_error);
  EXPECT_EQ(running, 0);
}

}  // namespace
}  // namespace lacquer
