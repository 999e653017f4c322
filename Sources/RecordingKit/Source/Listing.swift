/// A part of a source that is read, resumed and reported as one: a call, or a site's 90 days.
public struct Listing: Sendable, CustomStringConvertible, CustomReflectable {
    /// Tells the listing from all others of the source, and is the same in every run that reads the same part.
    ///
    /// May hold personal data such as a host's e-mail; the host never shows it.
    public let key: String
    /// What people are shown; must not hold names, titles, e-mails or secrets.
    public let label: String
    /// The range of time that the listing covers, where the platform is asked for ranges.
    public let window: TimeWindow?
    /// What the connector needs in order to read the listing.
    public let parameters: [String: String]
    /// Why the listing is known to be unreadable already; nil for one that is to be read.
    public let failure: TapedeckError?

    /// Describes a listing that is to be read.
    public init(key: String, label: String, window: TimeWindow? = nil, parameters: [String: String] = [:]) {
        self.key = key
        self.label = label
        self.window = window
        self.parameters = parameters
        failure = nil
    }

    private init(key: String, label: String, failure: TapedeckError) {
        self.key = key
        self.label = label
        self.failure = failure
        window = nil
        parameters = [:]
    }

    /// A part that could not even be discovered; the run reports it as incomplete and goes on.
    public static func unreadable(key: String, label: String, because failure: TapedeckError) -> Listing {
        Listing(key: key, label: label, failure: failure)
    }

    /// The label.
    public var description: String { label }

    /// A mirror without children, because the key and the parameters may hold personal data.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
