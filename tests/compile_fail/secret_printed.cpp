// expect: (no match for .operator<<|invalid operands to binary expression)
#include <hookseal/crypto/secret.hpp>

#include <ostream>

using namespace hookseal;

void log(std::ostream& out, const secret& s) {
#ifdef CONTROL
    out << message(s.problem());
#else
    out << s;
#endif
}
