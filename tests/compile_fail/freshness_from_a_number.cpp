// expect: (no match|cannot convert|could not convert|no viable)
#include <hookseal/core/freshness.hpp>

using namespace hookseal;

#ifdef CONTROL
constexpr freshness off = freshness::unchecked;
#else
constexpr freshness off = 0;
#endif
static_assert(off.is_unchecked());
