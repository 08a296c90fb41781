// expect: uses a plain hash in place of a MAC
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/verifier.hpp>

using namespace hookseal;

struct by_hash {
    static constexpr signed_scheme scheme{
        .name = "by_hash",
        .proof = proof::keyed_hash,
        .signature = header("x-sig"),
        .signed_content = "{key}{body}",
    };
};

void build() {
#ifdef CONTROL
    const verifier<by_hash> v{keys_per_call, accepting<weakness::plain_hash>};
#else
    const verifier<by_hash> v{keys_per_call};
#endif
    static_cast<void>(v);
}
