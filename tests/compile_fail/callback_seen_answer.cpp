// expect: seen is called as seen\(std::string_view key\) and returns bool
#include <hookseal/idempotency/callback_store.hpp>

#include <string_view>

using namespace hookseal;

int rows_with(std::string_view key);

void use() {
#ifdef CONTROL
    callback_store store{[](std::string_view key) { return rows_with(key) > 0; }, [](std::string_view) {}};
#else
    callback_store store{[](std::string_view key) { return rows_with(key); }, [](std::string_view) {}};
#endif
}
