// expect: (is private within this context|calling a private constructor)
#include <hookseal/core/scheme.hpp>
#include <hookseal/core/verified_event.hpp>

#include <optional>

using namespace hookseal;

bool handle(const verified_event& event);

bool receive(const verified_event& genuine, const scheme_info& scheme, const request& from) {
#ifdef CONTROL
    static_cast<void>(scheme);
    return handle(genuine) && from.body().empty();
#else
    static_cast<void>(genuine);
    return handle(verified_event({}, scheme, {}, {}, from, {}, 0, true, std::nullopt));
#endif
}
