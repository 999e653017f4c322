import CCurl
import RecordingHost

/// What runs on the loop's thread, and everything that belongs to that thread alone.
final class LoopWorker {
    /// How many unused handles are kept.
    private static let pooledHandles = 64

    let inbox: LoopInbox
    private let options: LoopOptions
    private let multi: MultiHandle
    private var transfers: [ObjectIdentifier: Transfer] = [:]
    private var pool: [EasyHandle] = []
    /// No transfer can be idle for too long before this.
    private var nextIdleCheck: ContinuousClock.Instant?

    init(options: LoopOptions) throws(TransportError) {
        try GlobalLibrary.start()
        self.options = options
        multi = try MultiHandle(connections: options.connections)
        inbox = LoopInbox(alarm: multi.alarm)
    }

    /// Runs until the inbox says stop; at the end every call has been answered.
    func run() {
        var commands: [LoopInbox.Command] = []
        while inbox.take(&commands) {
            for command in commands { obey(command) }
            commands.removeAll(keepingCapacity: true)
            do {
                try multi.perform()
                finishCompleted()
                endIdle()
                try multi.wait(milliseconds: longestWait())
            } catch {
                endAll(error)
            }
        }
        let end = TransportError(.transportFailed, "the transport was shut down")
        for case .begin(let order) in commands { order.continuation.resume(throwing: end) }
        endAll(end)
        pool = []
    }

    private func obey(_ command: LoopInbox.Command) {
        switch command {
        case .begin(let order):
            begin(order)
        case .cancel(let ticket):
            if let transfer = transfers[ObjectIdentifier(ticket)] {
                detach(transfer)
                transfer.abandon(CancellationError())
            }
        }
    }

    private func begin(_ order: TransferOrder) {
        guard !order.ticket.isCancelled else {
            order.continuation.resume(throwing: CancellationError())
            return
        }
        do {
            let transfer = Transfer(order, handle: try pool.popLast() ?? EasyHandle())
            try transfer.configure(order.request, options: options)
            try multi.add(transfer.handle)
            transfers[ObjectIdentifier(order.ticket)] = transfer
            let deadline = transfer.idle.deadline(from: .now)
            nextIdleCheck = nextIdleCheck.map { min($0, deadline) } ?? deadline
        } catch {
            order.continuation.resume(throwing: error)
        }
    }

    private func finishCompleted() {
        while let (transfer, result) = multi.nextFinished() {
            transfers[ObjectIdentifier(transfer.ticket)] = nil
            multi.remove(transfer.handle)
            transfer.finish(result)
            // A plain GET sets nothing but what the next request sets anew; to reset a handle costs a tenth of a request.
            if result != CURLE_OK || !transfer.isPlainGet { transfer.handle.reset() }
            recycle(transfer.handle)
        }
    }

    private func endIdle() {
        guard let check = nextIdleCheck else { return }
        let now = ContinuousClock.now
        guard now >= check else { return }
        let idle = transfers.values.filter { $0.isIdle(at: now) }
        for transfer in idle {
            detach(transfer)
            transfer.abandon(TransportError(.timedOut, "no byte came for the whole idle time-out"))
        }
        nextIdleCheck = transfers.values.lazy.map { $0.idle.deadline(from: now) }.min()
    }

    private func endAll(_ error: TransportError) {
        let ended = transfers.values
        for transfer in ended {
            detach(transfer)
            transfer.abandon(error)
        }
    }

    private func detach(_ transfer: Transfer) {
        transfers[ObjectIdentifier(transfer.ticket)] = nil
        multi.remove(transfer.handle)
        transfer.handle.reset()
        recycle(transfer.handle)
    }

    private func recycle(_ handle: EasyHandle) {
        guard pool.count < Self.pooledHandles else { return }
        pool.append(handle)
    }

    private func longestWait() -> Int32 {
        guard let check = nextIdleCheck else { return .max }
        let (seconds, attoseconds) = (check - .now).components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }
}
