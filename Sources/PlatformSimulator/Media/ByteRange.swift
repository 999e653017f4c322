/// What a request wants of a file (RFC 9110 §14).
enum ByteRange: Equatable {
    case whole
    case part(Range<Int>)
    /// Nothing of it exists.
    case unsatisfiable

    /// Reads `Range` and `If-Range`; anything but one range of bytes asks for the whole.
    ///
    /// - Parameters:
    ///   - validators: the strong entity tag and the date that `If-Range` may name (RFC 9110 §13.1.5).
    init(_ request: HTTPRequest, length: Int, validators: [String]) {
        self = .whole
        guard let header = request[header: "range"], header.hasPrefix("bytes=") else { return }
        if let condition = request[header: "if-range"], !validators.contains(condition) { return }
        let parts = header.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return }
        if parts[0].isEmpty {
            guard let suffix = Int(parts[1]), suffix >= 0 else { return }
            self = suffix == 0 || length == 0 ? .unsatisfiable : .part(max(0, length - suffix)..<length)
            return
        }
        guard let first = Int(parts[0]), first >= 0 else { return }
        let last = parts[1].isEmpty ? length - 1 : Int(parts[1])
        guard let last, parts[1].isEmpty || last >= first else { return }
        self = first < length ? .part(first..<(min(last, length - 1) + 1)) : .unsatisfiable
    }
}
