/// How a connector came into a program, for people who want to know what they run.
public struct ConnectorOrigin: Sendable, Hashable {
    /// One of the ways in which a connector can be made.
    public struct Route: RawRepresentable, Sendable, Hashable {
        /// The name in output.
        public let rawValue: String

        /// Names a route.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A Swift type that is part of the program.
        public static let compiledIn = Route(rawValue: "compiled_in")
        /// A file that declares everything.
        public static let manifest = Route(rawValue: "manifest")
        /// A program of its own.
        public static let executable = Route(rawValue: "executable")
    }

    /// How it was made.
    public var route: Route
    /// The connector's own version; nil when it has none.
    public var version: String?
    /// The path of its file; nil when it is part of the program.
    public var path: String?
    /// The SHA-256 of its file, 64 lower-case hexadecimal digits; nil when it is part of the program.
    public var sha256: String?

    /// Describes an origin.
    public init(route: Route, version: String? = nil, path: String? = nil, sha256: String? = nil) {
        self.route = route
        self.version = version
        self.path = path
        self.sha256 = sha256
    }

    /// Part of the program, without a version of its own.
    public static let compiledIn = ConnectorOrigin(route: .compiledIn)
}
