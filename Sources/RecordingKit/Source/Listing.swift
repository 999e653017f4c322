/// A part of a source that is read, resumed and reported as one: a call, or a site's 90 days.
///
/// A part without a range of time is named by its key alone, one with a range by both. The host may narrow the range before it
/// has the listing read, because some of it was read before.
public struct Listing: Sendable, CustomStringConvertible, CustomReflectable {
    /// Tells the part from all others of the source, whatever range of it is read, and is the same in every run.
    ///
    /// Two listings with one key must differ in their ``window``. May hold personal data such as a host's e-mail; the host
    /// never shows it.
    public let key: String
    /// What people are shown, without the range; must not hold names, titles, e-mails or secrets.
    public let label: String
    /// The range of time that is to be read, where the platform is asked for ranges.
    public let window: TimeWindow?
    /// What the connector needs in order to read the listing; the range is not among it.
    public let parameters: [String: String]
    /// From when on nothing more is expected in a part that turned out to be empty; nil when something may always come.
    public let settlesAt: Timestamp?
    /// Why the listing is known to be unreadable already; nil for one that is to be read.
    public let failure: TapedeckError?

    /// Describes a listing that is to be read.
    public init(
        key: String,
        label: String,
        window: TimeWindow? = nil,
        parameters: [String: String] = [:],
        settlesAt: Timestamp? = nil
    ) {
        self.key = key
        self.label = label
        self.window = window
        self.parameters = parameters
        self.settlesAt = settlesAt
        failure = nil
    }

    private init(key: String, label: String, failure: TapedeckError) {
        self.key = key
        self.label = label
        self.failure = failure
        window = nil
        parameters = [:]
        settlesAt = nil
    }

    /// A part that could not even be discovered; the run reports it as incomplete and goes on.
    public static func unreadable(key: String, label: String, because failure: TapedeckError) -> Listing {
        Listing(key: key, label: label, failure: failure)
    }

    /// The same part with another range.
    package func narrowed(to window: TimeWindow) -> Listing {
        Listing(key: key, label: label, window: window, parameters: parameters, settlesAt: settlesAt)
    }

    /// The label.
    public var description: String { label }

    /// A mirror without children, because the key and the parameters may hold personal data.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
