public import RawJSON

/// One recording of a call or meeting.
///
/// Its key is the source and `id`.
///
/// The host adds `source`, `connector` and `observed_at`.
public struct Recording: Sendable {
    /// The platform's id, as text whatever the platform used; unique within the source.
    public var id: String
    /// What the meeting was called.
    ///
    /// Personal data: never in a log or an error.
    public var title: String?
    /// When recording began.
    public var startedAt: Timestamp?
    /// When recording ended.
    public var endedAt: Timestamp?
    /// When the platform made the recording's entry or file.
    public var createdAt: Timestamp?
    /// When the platform last changed the entry.
    public var updatedAt: Timestamp?
    /// The normalised status.
    public var status: RecordingStatus
    /// The platform's own word for the status.
    public var rawStatus: String?
    /// Why it failed, in the platform's words.
    public var error: String?
    /// Who hosted the meeting.
    public var host: Person
    /// The site or tenant part that the platform names.
    public var site: String?
    /// Platform ids that lead to the recording, such as `call_id`, in a fixed order.
    public var context: [ContextEntry]
    /// The platform's own object, byte for byte.
    public var raw: JSONValue?
    /// What the connector needs in order to read more about the recording and ``context`` must not hold, such as the host's
    /// e-mail that the listing was asked with.
    ///
    /// Not part of the record: the host hands it back and neither writes nor shows it.
    public var parameters: [String: String]

    /// Describes a recording by its id; everything else is set where the platform tells it.
    public init(id: String, status: RecordingStatus = .unknown) {
        self.id = id
        self.status = status
        host = Person()
        context = []
        parameters = [:]
    }

    /// The context value called `name`, or nil.
    public func context(_ name: String) -> String? {
        context.first { $0.name == name }?.value
    }
}

/// A platform id that leads to a recording, with its name in `snake_case`.
public struct ContextEntry: Sendable, Hashable {
    /// The name on the wire, such as `organization_user_id`.
    public var name: String
    /// The id, as text.
    public var value: String

    /// Names a platform id.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
