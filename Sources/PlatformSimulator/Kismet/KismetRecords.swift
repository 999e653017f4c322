/// A call of the simulated Kismet organization.
package struct KismetCall: Sendable, Equatable {
    package var id: Int
    /// The users under which the call is listed: its own first.
    package var userIDs: [Int]
    package var name: String
    /// `nil` where the call's object has no such field.
    package var hasEgresses: Bool?
    package var isEnded: Bool
    package var createdAt: Int64
    package var updatedAt: Int64

    var position: Int { id - 1 }
}

/// A recording of a call, without its link.
package struct KismetEgress: Sendable, Equatable {
    package var id: Int
    package var callID: Int
    package var egressID: String
    package var status: String
    package var error: String?
    package var isStopped: Bool
    package var endedAt: Int64?
    package var createdAt: Int64
    package var updatedAt: Int64
}

/// A row of an egress's audit log.
package struct KismetAuditRow: Sendable, Equatable {
    /// The user as the wire has it: the documentation says integer and shows a string.
    package enum User: Sendable, Equatable {
        case string(String)
        case integer(Int)
        case null
    }

    package var id: Int
    package var egressID: Int
    package var event: String
    package var user: User
    /// The JSON text of `object_changes`; `nil` is null.
    package var changes: String?
    package var createdAt: Int64
}
