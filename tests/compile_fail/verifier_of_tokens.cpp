// expect: this provider does not sign the body
#include <hookseal/providers/gitlab.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

void build(const secret& s) {
#ifdef CONTROL
    const verifier<providers::gitlab> v{s, accepting<weakness::body_not_signed>};
#else
    const verifier<providers::gitlab> v{s};
#endif
    static_cast<void>(v);
}
