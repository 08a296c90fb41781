// expect: (is private within this context|calling a private constructor)
#include <hookseal/core/verified_event.hpp>

using namespace hookseal;

#ifdef CONTROL
bool is_allowed(const detail::event_permit&) { return true; }
#else
bool is_allowed() {
    const detail::event_permit mine{};
    return sizeof mine == 1;
}
#endif
