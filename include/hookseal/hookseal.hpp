// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_HOOKSEAL_HPP
#define HOOKSEAL_HOOKSEAL_HPP

// Everything that needs OpenSSL alone. For the price of less, include a provider and `verifier.hpp`.

#include <hookseal/dynamic_verifier.hpp>
#include <hookseal/idempotency/callback_store.hpp>
#include <hookseal/idempotency/lru_ttl_store.hpp>
#include <hookseal/providers/all.hpp>
#include <hookseal/providers/catalog.hpp>
#include <hookseal/receiver.hpp>
#include <hookseal/signer.hpp>
#include <hookseal/verifier.hpp>
#include <hookseal/version.hpp>

#endif
