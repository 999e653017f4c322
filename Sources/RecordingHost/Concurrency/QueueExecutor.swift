import Dispatch

/// Runs an actor's work on a serial queue of its own, so that its blocking calls do not hold a thread of the cooperative pool.
package final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// Makes the queue; `label` is what debuggers show.
    package init(label: String) { queue = DispatchQueue(label: label) }

    /// Runs the job after everything that was enqueued before it.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Traps when the caller is not on the queue.
    package func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}
