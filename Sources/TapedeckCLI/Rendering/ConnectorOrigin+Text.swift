import RecordingKit

extension ConnectorOrigin.Route {
    /// The route for people.
    var text: String {
        switch self {
        case .compiledIn: "compiled in"
        default: rawValue
        }
    }
}

extension ConnectorOrigin {
    /// The route, and where there is a file, which one.
    var text: String {
        let parts = [
            route.text, version.map { "version \($0)" }, path, sha256.map { "SHA-256 \($0)" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
