import RecordingHost

/// A request for a file on its way to the loop.
struct MediaOrder: TransferOrder {
    let request: WireRequest
    let addresses: AddressPolicy
    let receiver: any MediaReceiver
    let ticket: TransferTicket
    let continuation: CheckedContinuation<Void, any Error>

    func makeExchange() -> any Exchange {
        let addresses = AddressGuard(policy: addresses, isProxied: !request.proxy.isDirect)
        return MediaExchange(receiver: receiver, addresses: addresses, continuation: continuation)
    }

    func refuse(_ error: any Error) {
        continuation.resume(throwing: error)
    }
}
