// expect: signed_content_has_an_unknown_placeholder
#include <hookseal/schemes/signed_scheme.hpp>

using namespace hookseal;

struct provider_of_mine {
    static constexpr signed_scheme scheme{
        .name = "mine",
        .signature = header("x-sig"),
#ifdef CONTROL
        .signed_content = "{body}",
#else
        .signed_content = "{payload}",
#endif
    };
};
