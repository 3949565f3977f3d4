#ifndef FORUM_CCRYPTO_H
#define FORUM_CCRYPTO_H

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

/*
 * A parameter keeps the address of its name until the call is over, which a Swift string does not have. What is empty
 * gets an address too: OpenSSL takes a null pointer for a fault.
 */
static inline int forum_hkdf_sha256(
    EVP_KDF_CTX *context, const void *key, size_t key_bytes, const void *salt, size_t salt_bytes,
    const void *info, size_t info_bytes, unsigned char *derived, size_t derived_bytes) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)key, key_bytes),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)(salt_bytes ? salt : ""), salt_bytes),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)(info_bytes ? info : ""), info_bytes),
        OSSL_PARAM_construct_end(),
    };
    return EVP_KDF_derive(context, derived, derived_bytes, parameters);
}

#endif
