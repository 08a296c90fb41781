// expect: description_has_a_timestamp_that_signed_content_does_not_hold
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

struct mine {
    static constexpr signed_scheme scheme{
        .name = "mine",
        .signature = header("x-sig"),
        .timestamp = header("x-time"),
#ifdef CONTROL
        .signed_content = "{timestamp}.{body}",
#else
        .signed_content = "{body}",
#endif
    };
};

bool receive(const verifier<mine>& v, const request& from) { return v.verify(from).has_value(); }
