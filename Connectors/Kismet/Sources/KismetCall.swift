import RecordingKit

/// A call, by the ids that lead to it; the same call may be reached through several users.
struct KismetCall: Sendable, Hashable {
    let user: String
    let call: String

    init(user: String, call: String) {
        self.user = user
        self.call = call
    }

    /// Reads one element of the setting `calls`.
    init?(setting: [String: SettingValue]) {
        guard case .string(let user) = setting["organizationUserID"], case .string(let call) = setting["callID"] else {
            return nil
        }
        self.init(user: user, call: call)
    }

    /// Reads the ids back from a listing; nil when it is not one of this connector's.
    init?(_ listing: Listing) {
        guard let user = listing.parameters["user"], let call = listing.parameters["call"] else { return nil }
        self.init(user: user, call: call)
    }

    /// Reads the ids back from a recording's context; nil when it did not come from a listing.
    init?(_ recording: Recording) {
        guard let user = recording.context("organization_user_id"), let call = recording.context("call_id") else {
            return nil
        }
        self.init(user: user, call: call)
    }

    /// The part of the source that is this call.
    ///
    /// - Parameter settlesAt: from when on a call without recordings is taken to stay without; nil for never.
    func listing(settlesAt: Timestamp? = nil) -> Listing {
        Listing(
            key: "user/\(user)/call/\(call)",
            label: "user \(user), call \(call)",
            parameters: ["user": user, "call": call],
            settlesAt: settlesAt
        )
    }

    /// The ids as a recording carries them.
    var context: [ContextEntry] {
        [ContextEntry("organization_user_id", user), ContextEntry("call_id", call)]
    }

    /// The ids as path parameters.
    var pathParameters: [String: String] { ["organization_user_id": user, "call_id": call] }
}
