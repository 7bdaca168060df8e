#pragma once

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
