/// Finds parameters with which a template gives a path: what a filled-in request no longer says.
enum PathParameters {
    /// Values for the names in `template` with which it becomes `path`; nil when there are none.
    ///
    /// Where several would do, any of them is as good as the other, because they give the same path.
    static func read(_ path: String, template: String) -> [String: String]? {
        let parts = split(template)
        return match(Array(path.utf8)[...], parts[...], [:])?.mapValues(decode)
    }

    private enum Part {
        case literal([UInt8])
        case name(String)
    }

    private static func split(_ template: String) -> [Part] {
        var parts: [Part] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            parts.append(.literal(Array(rest[..<open].utf8)))
            parts.append(.name(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        return parts + [.literal(Array(rest.utf8))]
    }

    private static func match(
        _ path: ArraySlice<UInt8>,
        _ parts: ArraySlice<Part>,
        _ found: [String: [UInt8]]
    ) -> [String: [UInt8]]? {
        guard let part = parts.first else { return path.isEmpty ? found : nil }
        let later = parts.dropFirst()
        switch part {
        case .literal(let bytes):
            return path.starts(with: bytes) ? match(path.dropFirst(bytes.count), later, found) : nil
        case .name(let name):
            if let value = found[name] {
                return path.starts(with: value) ? match(path.dropFirst(value.count), later, found) : nil
            }
            // An encoded value holds no slash.
            let longest = path.prefix { $0 != UInt8(ascii: "/") }.count
            for length in 0...longest {
                var found = found
                found[name] = Array(path.prefix(length))
                if let all = match(path.dropFirst(length), later, found) { return all }
            }
            return nil
        }
    }

    private static func decode(_ bytes: [UInt8]) -> String {
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let value = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                decoded.append(value)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}
