#include "support/allocation_trap.h"

#include <cstdlib>
#include <new>

namespace {
thread_local bool armed = false;
thread_local long allocations = 0;

[[maybe_unused]] void* counted(std::size_t size) {
  if (armed) ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
}  // namespace

#if LACQUER_COUNTS_ALLOCATIONS
// The global operators of the test program; the aligned ones fall back on the library's own, which FFT
// buffers use only in prepare().
void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
#endif

namespace lacquer::test {

AllocationTrap::AllocationTrap() {
  allocations = 0;
  armed = true;
}
AllocationTrap::~AllocationTrap() { armed = false; }
long AllocationTrap::count() const { return allocations; }

}  // namespace lacquer::test
