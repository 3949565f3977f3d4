#ifndef FORUM_CCURL_H
#define FORUM_CCURL_H

#include <curl/curl.h>

/* curl_easy_setopt and curl_easy_getinfo are variadic, which the importer leaves out: one function for each type. */
static inline CURLcode forum_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode forum_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode forum_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode forum_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

typedef size_t (*forum_curl_transfer)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode forum_curl_set_transfer(CURL *handle, CURLoption option, forum_curl_transfer function) {
    return curl_easy_setopt(handle, option, function);
}

static inline CURLcode forum_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

#endif
