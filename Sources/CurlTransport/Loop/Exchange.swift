import CCurl
import RecordingHost

/// What one transfer is for: takes what comes in, and answers the caller.
///
/// Confined to the loop's thread. The loop forgets the transfer before it calls ``finish(_:on:)`` or ``abandon(_:)``, so that one of
/// them is called, once, and nothing after it.
protocol Exchange: AnyObject {
    /// Takes a part of the body; false when it must not go on.
    func receive(_ part: Span<UInt8>, on handle: EasyHandle) -> Bool

    /// Whether the request may go out on a connection to `address`, which is nil when libcurl does not tell it.
    func admits(_ address: NetworkAddress?) -> Bool

    /// Tells the caller how it ended; `failure` is why the loop has ended it.
    func finish(_ result: CURLcode, failure: TransportError?, on handle: EasyHandle)

    /// Tells the caller that it was ended from this side.
    func abandon(_ error: any Error)
}
