import RecordingKit

extension HTTPURL {
    /// Whether the query has a parameter called `name`, with or without a value.
    func hasQuery(_ name: String) -> Bool { queryPairs.contains { isNamed($0, name) } }

    /// The decoded value of the first parameter called `name`; empty when it has none, nil when there is no such parameter.
    func queryValue(of name: String) -> String? {
        guard let pair = queryPairs.first(where: { isNamed($0, name) }) else { return nil }
        guard let mark = pair.firstIndex(of: "=") else { return "" }
        return PercentEncoding.decode(pair[pair.index(after: mark)...], plusIsSpace: true)
    }

    /// The same URL with one more parameter.
    func addingQuery(_ name: String, _ value: String) -> HTTPURL {
        let pair = "\(PercentEncoding.encode(name))=\(PercentEncoding.encode(value))"
        var url = self
        url.query = query.flatMap { $0.isEmpty ? nil : "\($0)&\(pair)" } ?? pair
        return url
    }

    /// The same URL with the parameter `name` set; everything else stays byte for byte.
    func replacingQueryValue(of name: String, with value: String) -> HTTPURL {
        guard hasQuery(name) else { return addingQuery(name, value) }
        let pair = "\(PercentEncoding.encode(name))=\(PercentEncoding.encode(value))"
        var url = self
        url.query = queryPairs.map { isNamed($0, name) ? pair : String($0) }.joined(separator: "&")
        return url
    }

    /// The same URL without the parameters called `name`; everything else stays byte for byte.
    func removingQuery(_ name: String) -> HTTPURL { removing { isNamed($0, name) } }

    /// The same URL without the parameters whose value is `value`, whatever they are called.
    func removingQueryValue(_ value: String) -> HTTPURL {
        removing { pair in
            guard let mark = pair.firstIndex(of: "=") else { return false }
            let text = pair[pair.index(after: mark)...]
            return PercentEncoding.decode(text, plusIsSpace: true) == value || PercentEncoding.decode(text) == value
        }
    }

    private func removing(_ isMeant: (Substring) -> Bool) -> HTTPURL {
        guard queryPairs.contains(where: isMeant) else { return self }
        let kept = queryPairs.filter { !isMeant($0) }
        var url = self
        url.query = kept.isEmpty ? nil : kept.joined(separator: "&")
        return url
    }

    /// The decoded names of all parameters, or nil when one cannot be decoded.
    var queryNames: [String]? {
        let names = queryPairs.filter { !$0.isEmpty }.map { pair in
            PercentEncoding.decode(pair.prefix { $0 != "=" }, plusIsSpace: true) as String?
        }
        return names.contains(nil) ? nil : names.compactMap { $0 }
    }

    private var queryPairs: [Substring] {
        (query ?? "").utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).map { Substring($0) }
    }

    private func isNamed(_ pair: Substring, _ name: String) -> Bool {
        let shown = Substring(pair.utf8.prefix { $0 != UInt8(ascii: "=") })
        // Most names are written without escapes.
        guard shown.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return shown.utf8.elementsEqual(name.utf8)
        }
        return PercentEncoding.decode(shown, plusIsSpace: true) == name
    }
}
