// expect: description_has_a_header_name_that_is_not_lower_case
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

struct mine {
    static constexpr signed_scheme scheme{
        .name = "mine",
#ifdef CONTROL
        .signature = header("x-sig"),
#else
        .signature = header("X-Sig"),
#endif
        .signed_content = "{body}",
    };
};

bool receive(const verifier<mine>& v, const request& from) { return v.verify(from).has_value(); }
