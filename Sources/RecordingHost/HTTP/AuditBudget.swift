import RecordingKit
import Synchronization

/// Counts the entries that a run leaves in customers' audit trails, refuses what goes beyond the limit, and keeps what is to be
/// noted in the ledger.
///
/// Safe to use from any task.
final class AuditBudget: Sendable {
    private struct State {
        var spent = 0
        var unnoted: [AuditRead] = []
    }

    private let limit: Int?
    private let state = Mutex(State())

    /// - Parameter limit: how many entries the run may leave; nil for no limit.
    init(limit: Int?) { self.limit = limit }

    /// Counts a request before it is sent.
    ///
    /// - Throws: `TapedeckError` with code `audit_budget_exhausted` when it would go beyond the limit.
    func spend(on request: APIRequest, of source: String, at time: Timestamp) throws {
        guard request.auditCost > 0 else { return }
        let endpoint = "\(request.method) \(request.endpoint)"
        let isAllowed = state.withLock { state in
            if let limit, state.spent + request.auditCost > limit { return false }
            state.spent += request.auditCost
            state.unnoted.append(
                AuditRead(source: source, endpoint: endpoint, sentAt: time, requestID: nil, cost: request.auditCost)
            )
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
    }

    /// Hands over what is not in the ledger yet.
    func takeUnnoted() -> [AuditRead] {
        state.withLock { state in
            defer { state.unnoted = [] }
            return state.unnoted
        }
    }
}
