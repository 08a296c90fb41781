// expect: binds the body with a checksum alone
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

struct by_checksum {
    static constexpr signed_scheme scheme{
        .name = "by_checksum",
        .signature = header("x-sig"),
        .signed_content = "{body|crc32}",
    };
};

bool build(const secret& s) {
#ifdef CONTROL
    return verifier<by_checksum>::make(s, accepting<weakness::body_bound_by_crc>).has_value();
#else
    return verifier<by_checksum>::make(s, accepting<weakness::body_not_signed>).has_value();
#endif
}
