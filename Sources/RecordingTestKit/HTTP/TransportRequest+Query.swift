public import RecordingHost
import RecordingKit

extension TransportRequest {
    /// The parameters of the query, decoded, in order; a name without `=` has an empty value.
    public var queryParameters: [(name: String, value: String)] {
        (url.query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = parts.map { PercentEncoding.decode($0, plusIsSpace: true) ?? String($0) }
            return (name: decoded[0], value: decoded.count > 1 ? decoded[1] : "")
        }
    }

    /// The first value of a parameter of the query, decoded, or nil.
    public func queryValue(_ name: String) -> String? {
        queryParameters.first { $0.name == name }?.value
    }
}
