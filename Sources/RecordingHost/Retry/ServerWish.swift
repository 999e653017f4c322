import RawJSON
import RecordingKit

/// How long one answer asks to wait, from all places where it may say so.
struct ServerWish: Sendable {
    private let response: TransportResponse
    private let signals: RateSignals
    private let now: Timestamp

    init(_ response: TransportResponse, signals: RateSignals, now: Timestamp) {
        self.response = response
        self.signals = signals
        self.now = now
    }

    /// What the platform's own fields or `Retry-After` say.
    var wait: Duration? {
        if let declared = first(of: signals.retryAfter, as: signals.retryAfterUnit) { return declared }
        return RetryAfter(response.headers.values(of: "Retry-After"), date: response.headers["Date"], now: now).duration
    }

    /// The same for a refusal for there being too many requests: without a wait, it ends with the window.
    var waitAfterRefusal: Duration? { wait ?? first(of: signals.reset, as: signals.resetUnit) }

    /// What a rule's own place says.
    func wait(at signal: WaitSignal, in body: JSONValue?) -> Duration? {
        switch signal.place {
        case .header(let name): first(of: [name], as: signal.unit)
        case .body(let pointer):
            body?.value(at: pointer)?.scalarText.flatMap { signal.unit.wait(in: $0, serverNow: serverNow) }
        }
    }

    private func first(of names: [String], as unit: WaitUnit) -> Duration? {
        names.lazy.compactMap { response.headers[$0] }.first.flatMap { unit.wait(in: $0, serverNow: serverNow) }
    }

    /// The platform's clock where it shows one: times that it names are by that.
    private var serverNow: Timestamp { response.headers["Date"].flatMap { HTTPDate.parse($0, now: now) } ?? now }
}
