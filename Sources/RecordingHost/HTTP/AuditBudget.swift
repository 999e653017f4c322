import RecordingKit
import Synchronization

/// Counts the entries that a run leaves in customers' audit trails, refuses what goes beyond the limit, and notes each in the ledger
/// before it is caused.
///
/// Safe to use from any task.
final class AuditBudget: Sendable {
    private let limit: Int?
    private let ledger: any Ledger
    private let spent = Mutex(0)

    /// - Parameters:
    ///   - limit: how many entries the run may leave; nil for no limit.
    ///   - ledger: remembers each of them.
    init(limit: Int?, ledger: any Ledger) {
        self.limit = limit
        self.ledger = ledger
    }

    /// Counts a request and notes it, before it is sent: what a killed run has caused is known as well.
    ///
    /// - Returns: what was noted; nil for a request that leaves nothing.
    /// - Throws: `TapedeckError` with code `audit_budget_exhausted` when it would go beyond the limit, `ledger_failed` when it cannot be
    ///   noted.
    func spend(on prepared: PreparedRequest, of source: String, at time: Timestamp) async throws -> AuditRead? {
        let request = prepared.request
        guard request.auditCost > 0 else { return nil }
        let endpoint = "\(request.method) \(request.endpoint)"
        let isAllowed = spent.withLock { spent in
            if let limit, spent + request.auditCost > limit { return false }
            spent += request.auditCost
            return true
        }
        guard isAllowed else {
            var error = TapedeckError(
                .auditBudgetExhausted,
                "The run may leave no more entries in the customer's audit trail."
            )
            error.source = source
            error.endpoint = endpoint
            throw error
        }
        let read = AuditRead(
            source: source,
            recordingID: prepared.recordingID,
            endpoint: endpoint,
            sentAt: time.toMilliseconds,
            requestID: nil,
            cost: request.auditCost
        )
        var changes = LedgerChanges()
        changes.auditReads = [read]
        try await ledger.commit(changes)
        return read
    }

    /// Notes what the answer says: the platform's own id of the request, and what time it is there.
    func answered(_ read: AuditRead, requestID: String?, platformTime: Timestamp?) async throws {
        guard requestID != nil || platformTime != nil else { return }
        try await ledger.noteAnswer(to: read, requestID: requestID, platformTime: platformTime)
    }
}
