// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_CORE_EVENT_PARTS_HPP
#define HOOKSEAL_CORE_EVENT_PARTS_HPP

#include <hookseal/core/batch.hpp>
#include <hookseal/core/error.hpp>
#include <hookseal/core/field.hpp>
#include <hookseal/core/owned_array.hpp>
#include <hookseal/core/result.hpp>
#include <hookseal/core/verified_event.hpp>
#include <hookseal/encoding/chars.hpp>
#include <hookseal/encoding/form.hpp>
#include <hookseal/encoding/json_field.hpp>
#include <hookseal/encoding/json_items.hpp>

#include <cstddef>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

namespace hookseal::inline v0_1 {

/// Most events that one delivery may have.
inline constexpr std::size_t max_parts = 4096;

/// The events of one verified delivery, each still verified: with its own id, type and body, under the delivery's
/// signature, time and key. Stores and receivers take a part as they take a delivery.
///
///     const auto parts = event->parts();
///     if (!parts) return http_status(parts.error());
///     for (const verified_event& part : *parts) …
///
/// Parts view the request and this object, which must both outlive them.
class event_parts {
public:
    class iterator {
    public:
        using value_type = verified_event;
        using difference_type = std::ptrdiff_t;

        [[nodiscard]] verified_event operator*() const noexcept { return all_->part(item_); }
        iterator& operator++() noexcept {
            ++index_;
            static_cast<void>(items_.next(item_));
            return *this;
        }
        void operator++(int) noexcept { ++*this; }
        friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.index_ == b.index_; }

    private:
        friend class event_parts;
        iterator(const event_parts& all, std::size_t index) noexcept
            : all_(&all), items_(all.list_), index_(index) {
            if (index == 0) static_cast<void>(items_.next(item_));
        }

        const event_parts* all_;
        json_items items_;
        std::string_view item_{};
        std::size_t index_;
    };

    [[nodiscard]] static result<event_parts> of(const verified_event& whole) noexcept {
        event_parts made(whole);
        if (const error e = made.find(whole.scheme_->batch.at); e != error::none) return e;
        return made;
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] iterator begin() const noexcept { return {*this, 0}; }
    [[nodiscard]] iterator end() const noexcept { return {*this, size_}; }

private:
    explicit event_parts(const verified_event& whole) noexcept : whole_(whole) {}

    [[nodiscard]] verified_event part(std::string_view item) const noexcept {
        return is_batch_ ? verified_event(whole_, item) : whole_;
    }

    [[nodiscard]] error find(const field& at) noexcept {
        if (!at || whole_.is_part_) return error::none;
        if (!whole_.has_body()) return error::whole_body_needed;
        std::string_view document = whole_.body();
        if (at.where == field::place::form) {
            if (const error e = decode(at.name); e != error::none)
                return e == error::missing_field ? error::none : e;
            document = chars(decoded_.get(), decoded_size_);
        }
        const json_value found = find_json_field(document, at.where == field::place::form ? "" : at.name);
        if (found.kind == json_kind::malformed) return error::malformed_field;
        if (found.kind != json_kind::array) return error::none;
        is_batch_ = true;
        list_ = found.raw;
        size_ = 0;
        std::string_view item;
        for (json_items items(list_); items.next(item); ++size_) {
            if (size_ == max_parts) return error::too_large;
            if (!item.starts_with('{')) return error::malformed_field;
        }
        return error::none;
    }

    /// A form's field as it reads.
    [[nodiscard]] error decode(std::string_view name) noexcept {
        const form_value found = find_form_field(whole_.body(), name);
        text value = text::of({});
        if (const error e = detail::of_form(found, value); e != error::none) return e;
        decoded_.reset(new (std::nothrow) char[found.raw.size()]);
        if (!decoded_) return error::internal_failure;
        const bool whole = decode_form(found.raw, [&](std::string_view bytes) noexcept {
            std::memcpy(decoded_.get() + decoded_size_, bytes.data(), bytes.size());
            decoded_size_ += bytes.size();
            return true;
        });
        return whole ? error::none : error::malformed_field;
    }

    verified_event whole_;
    detail::owned_array<char> decoded_;
    std::size_t decoded_size_ = 0;
    std::string_view list_{};
    std::size_t size_ = 1;
    bool is_batch_ = false;
};

inline result<event_parts> verified_event::parts() const noexcept { return event_parts::of(*this); }

} // namespace hookseal::inline v0_1

#endif
