#include "dsp/waveshaper.h"

#include <cmath>
#include <cstddef>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "dsp/waveshaper.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <hwy/contrib/math/math-inl.h>

HWY_BEFORE_NAMESPACE();
namespace lacquer {
namespace HWY_NAMESPACE {  // NOLINT(modernize-concat-nested-namespaces)
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

template <class F>
HWY_INLINE void over(float* HWY_RESTRICT samples, std::size_t count, const F& f) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) hn::StoreU(f(hn::LoadU(d, samples + i)), d, samples + i);
  if (i == count) return;
  HWY_ALIGN float rest[HWY_MAX_BYTES / sizeof(float)] = {};
  for (std::size_t k = 0; i + k < count; ++k) rest[k] = samples[i + k];
  hn::Store(f(hn::Load(d, rest)), d, rest);
  for (std::size_t k = 0; i + k < count; ++k) samples[i + k] = rest[k];
}

void bend_by(int curve, float* samples, std::size_t count, float offset_of_tanh) {
  const D d;
  const auto one = hn::Set(d, 1.0F);
  switch (static_cast<Bend>(curve)) {
    case Bend::kTanh:
      return over(samples, count, [&](V u) { return hn::Sub(hn::Tanh(d, u), u); });
    case Bend::kAsymmetric: {
      const auto b = hn::Set(d, kAsymmetry), offset = hn::Set(d, offset_of_tanh),
                 scale = hn::Set(d, 1.0F / (1.0F - offset_of_tanh * offset_of_tanh));
      return over(samples, count, [&](V u) {
        return hn::Sub(hn::Mul(scale, hn::Sub(hn::Tanh(d, hn::Add(u, b)), offset)), u);
      });
    }
    case Bend::kRoot:
      return over(samples, count,
                  [&](V u) { return hn::Sub(hn::Div(u, hn::Sqrt(hn::MulAdd(u, u, one))), u); });
    case Bend::kTop: {
      const auto knee = hn::Set(d, kTopKnee), room = hn::Set(d, 1.0F - kTopKnee);
      const auto per_room = hn::Set(d, 1.0F / (1.0F - kTopKnee));
      return over(samples, count, [&](V u) {
        const auto above = hn::Max(hn::Sub(hn::Abs(u), knee), hn::Zero(d));
        const auto less = hn::Sub(hn::Mul(room, hn::Tanh(d, hn::Mul(above, per_room))), above);
        return hn::CopySignToAbs(hn::Abs(less), hn::Neg(u));
      });
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace lacquer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lacquer {

HWY_EXPORT(bend_by);

void bend(Bend curve, std::span<float> samples) noexcept {
  static const float offset = std::tanh(kAsymmetry);
  HWY_DYNAMIC_DISPATCH(bend_by)
  (static_cast<int>(curve), samples.data(), samples.size(), offset);
}

}  // namespace lacquer
#endif
