// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_ENCODING_LIST_HPP
#define HOOKSEAL_ENCODING_LIST_HPP

#include <hookseal/encoding/ascii.hpp>

#include <cstddef>
#include <string_view>

namespace hookseal::inline v0_1 {

enum class list_step : unsigned char { element, end, malformed };

/// Walks the elements of a separated list, as `t=1,v1=ab,v1=cd` or `v1,ab v1,cd`.
///
/// A list separated by spaces may have empty elements, which are passed over. In any other list an empty element, or
/// white space at either end of one, is malformed: what looks like that was joined from two headers by somebody on
/// the way, and `t=1,v1=bad, t=1,v1=good` would hide its second `t` behind the space. So is an element with a comma where
/// the separator is another character: `t=1;v1=bad,t=1;v1=good`. `spaced` allows one space after
/// the separator, for the providers that write it.
class list_reader {
public:
    constexpr list_reader(std::string_view list, char separator, bool spaced = false) noexcept
        : rest_(list), separator_(separator), spaced_(spaced) {}

    [[nodiscard]] constexpr list_step next(std::string_view& element) noexcept {
        while (!done_) {
            const std::size_t end = rest_.find(separator_);
            element = rest_.substr(0, end);
            done_ = end == std::string_view::npos;
            rest_.remove_prefix(done_ ? rest_.size() : end + 1);
            if (spaced_ && !first_ && !element.empty() && element.front() == ' ') element.remove_prefix(1);
            first_ = false;
            if (separator_ == ' ' && element.empty()) continue;
            if (element.empty() || is_space(element.front()) || is_space(element.back()))
                return list_step::malformed;
            if (separator_ != ' ' && element.find(',') != std::string_view::npos) return list_step::malformed;
            return list_step::element;
        }
        return list_step::end;
    }

private:
    std::string_view rest_;
    char separator_;
    bool spaced_;
    bool first_ = true;
    bool done_ = false;
};

} // namespace hookseal::inline v0_1

#endif
