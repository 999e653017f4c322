import RecordingHost

/// A call on its way to the loop.
struct CallOrder: TransferOrder {
    let request: WireRequest
    let bodyLimit: Int
    let ticket: TransferTicket
    let continuation: CheckedContinuation<TransportResponse, any Error>

    func makeExchange() -> any Exchange {
        CallExchange(bodyLimit: bodyLimit, continuation: continuation)
    }

    func refuse(_ error: any Error) {
        continuation.resume(throwing: error)
    }
}
