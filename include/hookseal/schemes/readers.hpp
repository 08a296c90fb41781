// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_SCHEMES_READERS_HPP
#define HOOKSEAL_SCHEMES_READERS_HPP

// How requests are read by descriptions of every shape: for who verifies, and need not know which shapes there are. Providers
// include descriptions alone.

#include <hookseal/schemes/http_message_signature_reader.hpp>
#include <hookseal/schemes/jwt_reader.hpp>
#include <hookseal/schemes/numbered_signatures_reader.hpp>
#include <hookseal/schemes/signed_scheme_reader.hpp>

#endif
