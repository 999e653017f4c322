import Digest
import RecordingKit

/// Signs requests with HMAC-SHA256 as a platform wants it (`HMACSettings`).
struct RequestSigner: Sendable {
    let settings: HMACSettings
    let key: Secret.Bytes
    /// The values of the settings that the templates name.
    let values: [String: Secret]
    let now: @Sendable () -> Timestamp
    /// Random numbers, 0 ..< 1, for nonces.
    let random: @Sendable () -> Double

    /// The header fields that sign a request now.
    ///
    /// - Throws: `TapedeckError` with code `configuration_invalid` when a field would hold what cannot be sent.
    func fields(method: String, url: HTTPURL, body: [UInt8]?) throws -> [HTTPHeaders.Field] {
        var names = values.mapValues(\.revealed)
        names.merge(try describe(method: method, url: url, body: body ?? [])) { _, described in described }
        let message = settings.message.text { names[$0] ?? "" }
        names[HMACSettings.signatureName] = text(
            of: try digest { try HMACSHA256.authenticate(Array(message.utf8), key: key.bytes) }
        )
        return try settings.fields.map { field in
            let value = field.value.text { names[$0] ?? "" }
            guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
                throw TapedeckError(
                    .configurationInvalid,
                    "The header field \(field.name) of signed requests would hold a character that cannot be sent."
                )
            }
            return HTTPHeaders.Field(name: field.name, value: value)
        }
    }

    private func describe(method: String, url: HTTPURL, body: [UInt8]) throws -> [String: String] {
        let time = now()
        return [
            "request.method": method,
            "request.host": String(url.origin.description.dropFirst(url.origin.scheme.count + 3)),
            "request.path": url.path,
            "request.query": url.query ?? "",
            "request.target": url.query.map { "\(url.path)?\($0)" } ?? url.path,
            "request.body": String(decoding: body, as: UTF8.self),
            "request.bodySHA256": text(of: try digest { try SHA256.hash(body) }),
            "request.timestamp": text(of: time),
            "request.nonce": nonce(),
        ]
    }

    private func digest(_ make: () throws -> [UInt8]) throws -> [UInt8] {
        do {
            return try make()
        } catch {
            throw TapedeckError(.connectorFailed, "The request could not be signed.")
        }
    }

    private func text(of bytes: [UInt8]) -> String {
        settings.encoding == .base64 ? Base64.encode(bytes) : bytes.lowercaseHex
    }

    private func text(of time: Timestamp) -> String {
        let sinceStart = time.duration(since: Timestamp(secondsSince1970: 0)).components
        let milliseconds = sinceStart.attoseconds / 1_000_000_000_000_000
        return switch settings.timestamp {
        case .unixMilliseconds: String(sinceStart.seconds * 1_000 + milliseconds)
        case .rfc3339: time.wholeSeconds.description
        default: String(sinceStart.seconds)
        }
    }

    private func nonce() -> String {
        let bytes = (0..<4).flatMap { _ in
            let word = UInt32(min(max(random(), 0), 1) * Double(UInt32.max))
            return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
        }
        return bytes.lowercaseHex
    }
}

extension Secret {
    /// Bytes that must not be shown.
    struct Bytes: Sendable, CustomStringConvertible, CustomReflectable {
        let bytes: [UInt8]

        /// Always `[hidden]`.
        var description: String { "[hidden]" }

        /// A mirror without children.
        var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }

        /// The bytes that `text` stands for; nil when it does not.
        init?(_ text: String, as encoding: HMACSettings.Encoding?) {
            let found: [UInt8]?
            switch encoding {
            case nil: found = Array(text.utf8)
            case .base64: found = Base64.decode(text)
            default: found = Bytes.hexadecimal(text)
            }
            guard let found else { return nil }
            bytes = found
        }

        private static func hexadecimal(_ text: String) -> [UInt8]? {
            let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
            guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
            let values = digits.compactMap { $0.map { UInt8($0) } }
            return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
        }
    }
}
