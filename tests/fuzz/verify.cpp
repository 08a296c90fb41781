// SPDX-License-Identifier: MIT
#include <hookseal/core/error.hpp>
#include <hookseal/dynamic_verifier.hpp>
#include <hookseal/providers/catalog.hpp>

#include "fuzz/fuzz.hpp"
#include "fuzz/http_text.hpp"
#include "fuzz/keys.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

/// A provider's verifier, under keys that no input knows; null where there is none of this name.
const dynamic_verifier<>* verifier_of(std::string_view name) {
    static std::map<std::string_view, result<dynamic_verifier<>>> all;
    const scheme_ref* const scheme = find_provider(name);
    if (scheme == nullptr) return nullptr;
    const std::string_view own_name = scheme->info().name;
    const auto found = all.find(own_name);
    const result<dynamic_verifier<>>& made =
        found != all.end() ? found->second : all.emplace(own_name, make_verifier(*scheme)).first->second;
    return made ? &*made : nullptr;
}

} // namespace

/// A provider's name in the first line, and a request to it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    input from(data, size);
    const dynamic_verifier<>* const verifier = verifier_of(from.until('\n'));
    if (verifier == nullptr) return 0;
    const http_text request(from);

    const result<verified_event> event = verifier->verify(request.whole());
    require(!event, "what nobody has signed is refused");
    require(event.error() != error::internal_failure, "and not for want of memory");
    static_cast<void>(verifier->challenge_response(request.whole(), event));

    auto running = verifier->begin(request.head());
    for (std::string_view rest = request.body; !rest.empty();
         rest.remove_prefix(std::min<std::size_t>(7, rest.size())))
        running.update(rest.substr(0, 7));
    const error in_pieces = std::move(running).finish(request.body).error();
    require(in_pieces == event.error() || in_pieces == error::whole_body_needed,
            "in pieces, for the same reason");
    return 0;
}
