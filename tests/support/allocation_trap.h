#pragma once

// The thread sanitizer brings global operators of its own and will not have them replaced.
#if defined(__has_feature)
#define LACQUER_COUNTS_ALLOCATIONS !__has_feature(thread_sanitizer)
#else
#define LACQUER_COUNTS_ALLOCATIONS 1
#endif

namespace lacquer::test {

// While one of these lives, allocations on this thread are counted: for the promise that process() makes
// none.
class AllocationTrap {
 public:
  AllocationTrap();
  ~AllocationTrap();
  AllocationTrap(const AllocationTrap&) = delete;
  AllocationTrap& operator=(const AllocationTrap&) = delete;
  long count() const;
};

}  // namespace lacquer::test
