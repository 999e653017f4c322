/// Bytes that gzip made.
enum Gzip {
    /// `gzip says hello, hello, hello`.
    static let hello: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 75, 175, 202, 44, 80, 40, 78, 172, 44, 86, 200, 72, 205, 201, 201, 215, 65,
        161, 0,
        89, 111, 140, 72, 29, 0, 0, 0,
    ]

    /// 1 MiB of zeros in about 1 KB.
    static let bomb: [UInt8] =
        [31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 49, 1, 0, 0, 0, 194, 160, 245, 79, 109, 8, 95, 160]
        + [UInt8](repeating: 0, count: 1016) + [62, 3, 28, 234, 56, 167, 0, 0, 16, 0]
}
