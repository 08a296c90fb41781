// SPDX-License-Identifier: MIT
#include "commands.hpp"

#include <hookseal/version.hpp>

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <string>

namespace {

using namespace hookseal_cli;

void add_sign_options(CLI::App& to, sign_options& with) {
    to.add_option("--provider", with.provider, "Whose scheme to sign with")->required();
    to.add_option("--key", with.key, "The secret or private key: env:NAME or file:PATH")->required();
    to.add_option("--id", with.id, "The event's id, where the provider has a header for it");
    to.add_option("--type", with.type, "The event's type, where the provider has a header for it");
    to.add_option("--at", with.at, "When it is signed, in Unix time (default: now)");
}

int run(int argc, char** argv) {
    CLI::App app{"hookseal: receives, signs and sends webhook deliveries"};
    app.set_version_flag("--version", "hookseal " + std::to_string(HOOKSEAL_VERSION_MAJOR) + "."
                                          + std::to_string(HOOKSEAL_VERSION_MINOR) + "."
                                          + std::to_string(HOOKSEAL_VERSION_PATCH));
    app.require_subcommand(1);
    int status = 0;

    receive_options receiving;
    CLI::App* const receive_command = app.add_subcommand(
        "receive",
        "Receive deliveries at /hooks/PROVIDER, and say of each whether it is genuine, fresh and new");
    receive_command
        ->add_option(
            "--provider", receiving.providers,
            "PROVIDER=SOURCE: a provider and where its secret or public key is, env:NAME or file:PATH; "
            "several while rotating, env:NEW,env:OLD. May be repeated")
        ->required()
        ->allow_extra_args(false);
    receive_command
        ->add_option("--accept", receiving.accepted,
                     "PROVIDER:WEAKNESS: a weakness of a provider's scheme that you know of. May be repeated")
        ->allow_extra_args(false);
    receive_command->add_option("--host", receiving.host, "The address to listen at")->capture_default_str();
    receive_command->add_option("--port", receiving.port, "The port to listen at; 0: any free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    receive_command->add_option("--port-file", receiving.port_file,
                                "A file to write the port to, once it is open");
    receive_command
        ->add_option(
            "--store", receiving.store,
            "Where events are remembered: memory, sqlite:FILE, postgres:DSN, redis:URL, or env:NAME, "
            "a variable that holds one of these")
        ->capture_default_str();
    receive_command->add_option("--capacity", receiving.capacity, "How many events are remembered in memory")
        ->check(CLI::Range(1, 100'000'000))
        ->capture_default_str();
    receive_command
        ->add_option("--lease", receiving.lease, "For how many seconds a delivery has its event to itself")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    receive_command->add_option(
        "--journal", receiving.journal,
        "A file to which each event that is handled is appended, before it is completed");
    receive_command->add_flag("--ledger", receiving.ledger,
                              "Write each event to the table 'ledger' of the store's database, in the "
                              "transaction that completes it (sqlite, postgres)");
    receive_command->add_option("--max-body", receiving.max_body, "The longest body that is read, in bytes")
        ->capture_default_str();
    receive_command->add_flag("--explain", receiving.explain,
                              "Tell senders why they are refused (for demonstrations)");
    receive_command->add_flag("--rehearse", receiving.rehearse,
                              "Obey the header Hookseal-Rehearse: fail, throw or meet (for demonstrations)");
    receive_command->callback([&] { status = receive(receiving); });

    sign_options signing;
    CLI::App* const sign_command = app.add_subcommand(
        "sign", "Print the headers that sign the body on standard input, one a line, as for curl -H @FILE");
    add_sign_options(*sign_command, signing);
    sign_command->add_option("--url", signing.url, "The URL it is sent to, where the provider signs it");
    sign_command->callback([&] { status = sign(signing); });

    send_options sending;
    CLI::App* const send_command =
        app.add_subcommand("send", "Sign the body on standard input and deliver it");
    add_sign_options(*send_command, sending.sign);
    send_command->add_option("--content-type", sending.content_type, "The body's content type")
        ->capture_default_str();
    send_command->add_option("URL", sending.sign.url, "Where to deliver it")->required();
    send_command->callback([&] { status = send(sending); });

    app.add_subcommand("providers", "List the providers and what their schemes protect")->callback([&] {
        status = list_providers();
    });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : 2;
    }
    return status;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "hookseal: %s\n", e.what());
        return 2;
    }
}
