// SPDX-License-Identifier: MIT
#include <hookseal/crypto/random.hpp>
#include <hookseal/dynamic_verifier.hpp>
#include <hookseal/schemes/content_template.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

#include "fuzz/fuzz.hpp"
#include "fuzz/http_text.hpp"
#include "schemes/at_run_time.hpp"

#include <array>
#include <string>
#include <string_view>

using namespace hookseal;
using namespace hookseal_fuzz;

namespace {

constexpr std::string_view special = "{}[]";

void literals_are_themselves(std::string_view text) {
    std::string doubled;
    for (const char c : text)
        doubled.append(special.find(c) == std::string_view::npos ? 1 : 2, c);
    content_template made;
    const template_problem problem = content_template::parse(doubled, made);
    if (problem != template_problem::none) {
        require(problem == template_problem::too_many_parts || problem == template_problem::too_long,
                "any text can be a literal");
        return;
    }
    std::string all;
    for (const content_op& op : made) {
        require(op.what == content_op::kind::literal, "and nothing else");
        all += made.text_of(op);
    }
    require(all == text, "which stands for itself");
}

void steps_are_within(const content_template& made) {
    std::size_t in_group = 0;
    for (const content_op& op : made) {
        require(std::size_t{op.at} + op.size <= made.text().size(), "a step is a part of the text");
        require(op.group_size == 0 || in_group == 0, "groups do not overlap");
        if (op.group_size != 0) in_group = op.group_size;
        if (in_group > 0) --in_group;
    }
    require(in_group == 0, "groups end before the template does");
}

} // namespace

/// A template in the first line, and a request, which nobody has signed with the key.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const secret key = [] {
        std::array<unsigned char, 32> bytes{};
        require(random_bytes(bytes), "there are random numbers");
        return secret::from_bytes(bytes);
    }();
    input from(data, size);
    const std::string_view text = from.until('\n');
    literals_are_themselves(text);
    signed_scheme scheme;
    if (content_template::parse(text, scheme.signed_content) != template_problem::none) return 0;
    steps_are_within(scheme.signed_content);

    scheme.name = "fuzzed";
    scheme.signature = header("x-signature");
    scheme.timestamp = header("x-timestamp");
    scheme.event_id = header("x-id");
    const hookseal_tests::at_run_time described(scheme);
    const auto verifier = dynamic_verifier<>::make(described.ref(), key, hookseal_tests::all_weaknesses,
                                                   {.tolerance = freshness::unchecked});
    if (!verifier) return 0;
    const http_text request(from);
    require(!verifier->verify(request.whole()), "what nobody has signed is refused");
    auto running = verifier->begin(request.head());
    for (std::string_view rest = request.body; !rest.empty();
         rest.remove_prefix(std::min<std::size_t>(7, rest.size())))
        running.update(rest.substr(0, 7));
    require(!std::move(running).finish(request.body), "in pieces, too");
    return 0;
}
