// SPDX-License-Identifier: MIT
// The same description, filled at run time: a gateway adds a provider without being compiled again.
#include <hookseal/dynamic_verifier.hpp>
#include <hookseal/schemes/signed_scheme.hpp>
#include <hookseal/signer.hpp>

#include <string>

int main() {
    // From a configuration file, which must outlive what is made of it.
    const std::string name = "acme", header_name = "x-acme-signature", signed_content = "{body}";
    // [runtime]
    hookseal::signed_scheme described{
        .name = name,
        .encoding = hookseal::encoding::base64,
        .signature = hookseal::header(header_name),
    };
    if (hookseal::content_template::parse(signed_content, described.signed_content)
        != hookseal::template_problem::none)
        return 1;
    const hookseal::scheme_info info = described.info();
    const auto verifier =
        hookseal::dynamic_verifier<>::make({described, info}, hookseal::secret("acme's secret"));
    if (!verifier) return 1; // verifier.error() says why
    // [/runtime]

    const std::string body = "{}";
    const auto sender = hookseal::basic_signer::make({described, info}, hookseal::secret("acme's secret"));
    const auto headers = sender->sign({.body = body});
    return verifier->verify(hookseal::request{*headers, body}) ? 0 : 1;
}
