#if __has_include(<zlib.h>)
#include <zlib.h>
#else
#error "zlib's header is missing: run `make setup` (Debian: apt-get install zlib1g-dev; macOS: brew install zlib)"
#endif

// Swift cannot call macros with a sizeof in them. A window of 15 bits plus 16 is the gzip format.

static inline int cz_deflate_init(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

static inline int cz_inflate_init(z_stream *stream) {
    return inflateInit2(stream, 15 + 16);
}
