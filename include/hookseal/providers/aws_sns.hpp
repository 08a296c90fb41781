// SPDX-License-Identifier: MIT
#ifndef HOOKSEAL_PROVIDERS_AWS_SNS_HPP
#define HOOKSEAL_PROVIDERS_AWS_SNS_HPP

#include <hookseal/schemes/either.hpp>
#include <hookseal/schemes/signed_scheme.hpp>

namespace hookseal::inline v0_1::providers {

/// Amazon SNS over HTTP: the body's `Signature` in base64, RSA PKCS#1 v1.5 with SHA-256 (`SignatureVersion` 2) or SHA-1 (1)
/// over the body's named fields, each with its name, by a certificate that the body names.
///
/// `remote_keys` fetch the certificate from `SigningCertURL`, which must be SNS's own in the region of the topic; it has the
/// name `sns.amazonaws.com`. Any AWS account can have SNS sign: **compare `TopicArn` with your own** before believing a message, and
/// confirm a subscription (`SubscribeURL`) only then. Signed are `Message`, `MessageId`, `Subject`, `Timestamp`, `TopicArn`, `Type`
/// and, in confirmations, `SubscribeURL` and `Token`, not `MessageAttributes` and `UnsubscribeURL`; events of different types have
/// different fields, so take each for what its `Type` says. Set the topic's `SignatureVersion` to 2. Messages that are delivered
/// raw carry no signature. A retry has the time of the first attempt: hence the wide tolerance.
/// Source: docs.aws.amazon.com/sns, "Verifying the signatures of Amazon SNS messages" (read 2026-11-21).
struct aws_sns {
    static constexpr signed_scheme version_2{
        .name = "aws_sns",
        .proof = proof::rsa,
        .encoding = encoding::base64,
        .signature = json("Signature"),
        .timestamp = json("Timestamp"),
        .timestamp_form = timestamp_form::rfc3339,
        .signed_content = "Message\n{json:Message|free}\nMessageId\n{json:MessageId}\n"
                          "[Subject\n{json:Subject}\n][SubscribeURL\n{json:SubscribeURL}\n]"
                          "Timestamp\n{timestamp}\n[Token\n{json:Token}\n]"
                          "TopicArn\n{json:TopicArn}\nType\n{json:Type}\n",
        .required = json("SignatureVersion").after("2"),
        .certificate =
            {.at = json("SigningCertURL"),
             .or_at = json("SigningCertUrl"), // as functions of AWS Lambda get it
             .beside = json("TopicArn"),
             .allowed = {{"https://sns.{region}.amazonaws.com/SimpleNotificationService-{hex}.pem",
                          "arn:aws:sns:{region}:{rest}", "sns.amazonaws.com"},
                         {"https://sns.{region}.amazonaws.com/SimpleNotificationService-{hex}.pem",
                          "arn:aws-us-gov:sns:{region}:{rest}", "sns.amazonaws.com"},
                         {"https://sns.{region}.amazonaws.com.cn/SimpleNotificationService-{hex}.pem",
                          "arn:aws-cn:sns:{region}:{rest}", "sns.amazonaws.com.cn"}}},
        .event_id = json("MessageId"),
        .event_type = json("Type"),
        .tolerance = hours(1),
        .retry_window = days(23),
    };
    static constexpr signed_scheme version_1 = [] {
        signed_scheme older = version_2;
        older.digest = digest::sha1;
        older.required = json("SignatureVersion").after("1");
        return older;
    }();
    static constexpr either scheme{version_2, version_1};
};

} // namespace hookseal::inline v0_1::providers

#endif
