// expect: this scheme reads its statement from the body
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

struct in_body {
    static constexpr signed_scheme scheme{
        .name = "in_body",
        .signature = json("signature"),
        .signed_content = "{json:id}",
    };
};

bool receive(const verifier<in_body>& v, const request& from) {
#ifdef CONTROL
    return v.verify(from).has_value();
#else
    return v.begin(from).finish().has_value();
#endif
}
