// expect: description_has_no_signed_content
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

struct mine {
    static constexpr signed_scheme scheme{
        .name = "mine",
        .signature = header("x-sig"),
#ifdef CONTROL
        .signed_content = "{body}",
#endif
    };
};

bool receive(const secret& s, const request& from) {
    return verifier<mine>{s, accepting<weakness::body_not_signed>}.verify(from).has_value();
}
