package import RecordingKit

/// What the host makes of one answer, or of there being none.
package struct Verdict: Sendable, Hashable {
    /// What to do about it.
    package enum Action: Sendable, Hashable {
        /// Hand it to the connector.
        case accept
        /// Send again after a back-off.
        case retry
        /// Everyone waits, then send again.
        case waitUntil
        /// Renew the credentials once and send again; without that they are rejected.
        case refreshCredential
        /// Ask for smaller pages if the request allows it, else retry.
        case shrinkPage
        /// Give up on what the request was about.
        case fail
    }

    /// What to do.
    package var action: Action
    /// The failure's class; nil when the answer is accepted.
    package var code: TapedeckError.Code?
    /// How long the server asks to wait, where it does.
    package var serverWish: Duration?
    /// One safe sentence.
    package var reason: String
    /// Whether the platform refused it for there being too many requests, so that the pacer learns from it.
    package var isAboutRate = false

    /// Accepts the answer.
    package static let accepted = Verdict(action: .accept, code: nil, serverWish: nil, reason: "")

    /// Describes a failure; one with code `rate_limited` is about the rate.
    static func failure(
        _ action: Action,
        _ code: TapedeckError.Code,
        _ reason: String,
        serverWish: Duration? = nil
    ) -> Verdict {
        Verdict(
            action: action,
            code: code,
            serverWish: serverWish,
            reason: reason,
            isAboutRate: code == .rateLimited
        )
    }
}
