// expect: (no matching function|cannot convert|could not convert|no viable conversion|no matching constructor)
#include <hookseal/providers/github.hpp>
#include <hookseal/verifier.hpp>

#include <string>

using namespace hookseal;

void build(const std::string& text) {
#ifdef CONTROL
    const verifier<providers::github> v{secret(text)};
#else
    const verifier<providers::github> v{text};
#endif
    static_cast<void>(v);
}
