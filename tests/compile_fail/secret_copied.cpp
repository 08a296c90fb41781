// expect: (use of deleted function|call to implicitly-deleted copy constructor)
#include <hookseal/crypto/secret.hpp>

#include <utility>

using namespace hookseal;

secret handed_on(secret& s) {
#ifdef CONTROL
    return std::move(s);
#else
    secret copy = s;
    return copy;
#endif
}
