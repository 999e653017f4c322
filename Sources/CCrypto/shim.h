#if __has_include(<openssl/evp.h>)
#include <openssl/evp.h>
#include <openssl/hmac.h>
#else
#error "OpenSSL's header is missing: run `make setup` (Debian: apt-get install libssl-dev; macOS: brew install openssl@3)"
#endif
