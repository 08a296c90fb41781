// expect: (no match for .operator==|invalid operands to binary expression)
#include <hookseal/crypto/secret.hpp>

using namespace hookseal;

bool same(const secret& a, const secret& b) {
#ifdef CONTROL
    return a.problem() == b.problem();
#else
    return a == b;
#endif
}
