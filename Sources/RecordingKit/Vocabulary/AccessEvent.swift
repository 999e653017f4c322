public import RawJSON

/// One access to a recording, or one change of it: who, when, what.
///
/// The host adds `source`, `connector`, the final id and `self_induced`.
public struct AccessEvent: Sendable {
    /// How the event is told from others of the same recording.
    public var identity: EventIdentity
    /// The recording that was accessed.
    public var recordingID: String
    /// Who did it.
    public var actor: Person
    /// What was done; never empty.
    ///
    /// One row that says "viewed and downloaded" is one event with two actions.
    public var actions: [AccessAction]
    /// When it was done.
    public var occurredAt: Timestamp?
    /// The platform's object of changed fields, byte for byte (`{"field":[old,new]}`), or nil when it gives none.
    public var changes: JSONValue?
    /// The platform's own object, byte for byte.
    public var raw: JSONValue?

    /// Describes an event; what is not known stays nil.
    public init(identity: EventIdentity, recordingID: String, actor: Person, actions: [AccessAction]) {
        self.identity = identity
        self.recordingID = recordingID
        self.actor = actor
        self.actions = actions.isEmpty ? [.unknown] : actions
    }
}

/// How an access event is told from all others of its recording.
public enum EventIdentity: Sendable, Hashable {
    /// The platform's own id, as text.
    case platform(String)
    /// The platform gives no id: the host hashes these parts and numbers rows that are equal in all of them.
    case derived([String])
}

/// What was done to a recording.
public struct AccessAction: RawRepresentable, Sendable, Hashable {
    /// The name on the wire.
    public let rawValue: String

    /// Names an action; a platform's word that has no counterpart here is ``unknown``.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It was watched or listened to.
    public static let view = AccessAction(rawValue: "view")
    /// Its bytes were downloaded.
    public static let download = AccessAction(rawValue: "download")
    /// It was opened, without the platform saying whether it was watched or downloaded.
    public static let read = AccessAction(rawValue: "read")
    /// It was made.
    public static let create = AccessAction(rawValue: "create")
    /// Its entry was changed.
    public static let update = AccessAction(rawValue: "update")
    /// It was deleted.
    public static let delete = AccessAction(rawValue: "delete")
    /// The platform used a word that the connector does not know; the word is in `raw`.
    public static let unknown = AccessAction(rawValue: "unknown")
}
