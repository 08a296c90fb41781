// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_TOOLS_COMMANDS_HPP
#define HOOKSEAL_TOOLS_COMMANDS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

// The program's commands. Each gives the program's exit status, or throws `failure`.

namespace hookseal_cli {

/// Something that keeps a command from being carried out, in words for the user. Never holds a secret.
class failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct receive_options {
    std::vector<std::string> providers; ///< `stripe=env:A,env:B`
    std::vector<std::string> accepted;  ///< `gitlab:body_not_signed`
    std::string host = "127.0.0.1";
    int port = 0; ///< 0: any free one
    std::string port_file;
    std::string store = "memory";
    std::size_t capacity = 100'000;
    bool ledger = false; ///< whether handled events are written to a table of the store's database
    std::string journal; ///< a file to which handled events are appended
    int lease = 60;      ///< seconds
    std::size_t max_body = 25 * 1024 * 1024;
    bool explain = false;
    bool rehearse = false;
};

struct sign_options {
    std::string provider;
    std::string key; ///< `env:NAME` or `file:PATH`
    std::string id;
    std::string type;
    std::optional<std::int64_t> at; ///< Unix time; otherwise now
    std::string url;
};

struct send_options {
    sign_options sign;
    std::string content_type = "application/json";
};

/// Receives deliveries until it is told to stop (SIGTERM, SIGINT).
int receive(const receive_options& with);

/// Prints the headers that sign the body on standard input.
int sign(const sign_options& with);

/// Delivers the body on standard input; 0 if the receiver answered 2xx, else 1.
int send(const send_options& with);

/// Prints what each provider's scheme protects.
int list_providers();

} // namespace hookseal_cli

#endif
