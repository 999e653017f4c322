import RecordingKit

/// One parameter of a query, not yet encoded; one without a value, such as `uploads`, has an empty one.
struct S3Parameter: Sendable, Hashable {
    let name: String
    let value: String

    init(_ name: String, _ value: String = "") {
        self.name = name
        self.value = value
    }

    /// The query as it is both sent and signed: every byte that is not unreserved escaped, sorted by name and then value.
    static func canonicalQuery(_ parameters: [S3Parameter]) -> String {
        parameters.map { (name: PercentEncoding.encode($0.name), value: PercentEncoding.encode($0.value)) }
            .sorted { left, right in
                left.name == right.name
                    ? left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
                    : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
            }
            .map { "\($0.name)=\($0.value)" }
            .joined(separator: "&")
    }
}
