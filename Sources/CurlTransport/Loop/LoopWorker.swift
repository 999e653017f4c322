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
    private var gate: BandwidthGate?
    /// No transfer can be silent or slow for too long before this.
    private var nextProgressCheck: ContinuousClock.Instant?

    init(options: LoopOptions) throws(TransportError) {
        try GlobalLibrary.start()
        self.options = options
        multi = try MultiHandle(connections: options.connections)
        inbox = LoopInbox(alarm: multi.alarm)
        gate = options.bytesPerSecond.map { BandwidthGate(bytesPerSecond: $0, at: .now) }
    }

    /// Runs until the inbox says stop; at the end every call has been answered.
    func run() {
        var commands: [LoopInbox.Command] = []
        while inbox.take(&commands) {
            for command in commands { obey(command) }
            commands.removeAll(keepingCapacity: true)
            do {
                try multi.perform()
                let received = charge()
                finishCompleted()
                regulate(received)
                endStalled()
                try multi.wait(milliseconds: longestWait())
            } catch {
                endAll(error)
            }
        }
        let end = TransportError(.transportFailed, "the transport was shut down")
        for case .begin(let order) in commands { order.refuse(end) }
        endAll(end)
        pool = []
    }

    private func obey(_ command: LoopInbox.Command) {
        switch command {
        case .begin(let order):
            begin(order)
        case .cancel(let ticket):
            if let transfer = transfers[ObjectIdentifier(ticket)] { end(transfer, CancellationError()) }
        }
    }

    private func begin(_ order: any TransferOrder) {
        guard !order.ticket.isCancelled else { return order.refuse(CancellationError()) }
        do {
            let handle = try pool.popLast() ?? EasyHandle()
            let transfer = Transfer(order, handle: handle, isMetered: gate != nil)
            try transfer.configure(order.request, options: options)
            if gate?.isClosed(at: .now) == true {
                hold(transfer, at: .now)
            } else {
                try add(transfer)
            }
            transfers[ObjectIdentifier(order.ticket)] = transfer
            let deadline = transfer.watch.deadline(from: .now)
            nextProgressCheck = nextProgressCheck.map { min($0, deadline) } ?? deadline
        } catch {
            order.refuse(error)
        }
    }

    private func add(_ transfer: Transfer) throws(TransportError) {
        try multi.add(transfer.handle)
        transfer.isAdded = true
    }

    private func finishCompleted() {
        while let (transfer, result) = multi.nextFinished() {
            forget(transfer)
            transfer.finish(result)
            // A plain GET sets nothing but what the next request sets anew; to reset a handle costs a tenth of a request.
            if result != CURLE_OK || !transfer.isPlainGet { transfer.handle.reset() }
            recycle(transfer.handle)
        }
    }

    private func endStalled() {
        guard let check = nextProgressCheck else { return }
        let now = ContinuousClock.now
        guard now >= check else { return }
        for transfer in Array(transfers.values) {
            if let error = transfer.verdict(at: now) { end(transfer, error) }
        }
        nextProgressCheck = transfers.values.lazy.map { $0.watch.deadline(from: now) }.min()
    }

    private func endAll(_ error: TransportError) {
        for transfer in Array(transfers.values) { end(transfer, error) }
    }

    /// Ends a transfer from this side.
    private func end(_ transfer: Transfer, _ error: any Error) {
        forget(transfer)
        transfer.handle.reset()
        recycle(transfer.handle)
        transfer.exchange.abandon(error)
    }

    private func forget(_ transfer: Transfer) {
        let key = ObjectIdentifier(transfer.ticket)
        transfers[key] = nil
        if transfer.isHeld { gate?.remove(key) }
        if transfer.isAdded { multi.remove(transfer.handle) }
    }

    private func recycle(_ handle: EasyHandle) {
        guard pool.count < Self.pooledHandles else { return }
        pool.append(handle)
    }

    private func longestWait() -> Int32 {
        let now = ContinuousClock.now
        guard let next = [nextProgressCheck, gate?.opening(from: now)].compactMap(\.self).min() else { return .max }
        let (seconds, attoseconds) = (next - now).components
        guard seconds > 0 || attoseconds > 0 else { return 0 }
        return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }
}

// The bandwidth limit.
extension LoopWorker {
    /// Charges for what has come, and returns who has received.
    private func charge() -> [Transfer] {
        guard gate != nil else { return [] }
        let now = ContinuousClock.now
        return transfers.values.filter { transfer in
            let bytes = transfer.takeUncharged()
            gate?.charge(bytes: bytes, at: now)
            return bytes > 0
        }
    }

    /// Holds back those who have `received` if more has come than may or others wait, and lets the next one go on.
    private func regulate(_ received: [Transfer]) {
        guard gate != nil else { return }
        let now = ContinuousClock.now
        let mustWait = gate?.isClosed(at: now) == true
        for transfer in received where transfers[ObjectIdentifier(transfer.ticket)] != nil {
            if mustWait { hold(transfer, at: now) } else { transfer.resume() }
        }
        if let key = gate?.next(at: now), let transfer = transfers[key] { release(transfer, at: now) }
    }

    private func hold(_ transfer: Transfer, at now: ContinuousClock.Instant) {
        transfer.isHeld = true
        transfer.watch.hold(at: now)
        gate?.enqueue(ObjectIdentifier(transfer.ticket))
    }

    private func release(_ transfer: Transfer, at now: ContinuousClock.Instant) {
        transfer.isHeld = false
        transfer.watch.release(at: now)
        guard !transfer.isAdded else { return transfer.resume() }
        do {
            try add(transfer)
        } catch {
            end(transfer, error)
        }
    }
}
