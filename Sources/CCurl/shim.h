#if __has_include(<curl/curl.h>)
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#else
#error "libcurl's header is missing: run `make setup` (Debian: apt-get install libcurl4-openssl-dev; macOS: brew install curl)"
#endif
