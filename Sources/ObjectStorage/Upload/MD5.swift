import CCrypto
import Digest

/// MD5 (RFC 1321), which object storage uses as the tag of a part that is not encrypted with a managed key.
///
/// It recognises what was sent before, and never protects anything.
enum MD5 {
    /// 32 hexadecimal digits; nil where the cryptographic library does not offer MD5.
    static func hash(_ bytes: [UInt8]) -> String? {
        var digest = [UInt8](repeating: 0, count: 16)
        let status = unsafe EVP_Digest(bytes, bytes.count, &digest, nil, EVP_md5(), nil)
        return status == 1 ? digest.lowercaseHex : nil
    }
}
