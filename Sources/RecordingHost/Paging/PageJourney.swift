import RecordingKit
import Synchronization

/// Follows the pages of one listing, so that it is known where to continue when the reading is cut.
///
/// A page counts as taken over only when the connector asks for the next one after having handed something over: what it held back
/// would be lost otherwise. A connector that does not keep to that order has no place to continue at, and is read from its start.
/// Safe to use from any task.
final class PageJourney: Sendable {
    private struct State {
        var resumingAt: PagePlace?
        var hasResumed = false
        var pagers = 0
        var delivered = 0
        var handedOver = 0
        var isInStep = true
    }

    private let state: Mutex<State>
    private let onAdvance: @Sendable (PagePlace) async throws -> Void

    /// - Parameters:
    ///   - place: where an earlier reading was cut; nil for a reading from the start.
    ///   - onAdvance: told of each place before its page is asked for; returns when that is durable.
    init(resumingAt place: PagePlace? = nil, onAdvance: @escaping @Sendable (PagePlace) async throws -> Void) {
        state = Mutex(State(resumingAt: place))
        self.onAdvance = onAdvance
    }

    /// Whether no page has come since the reading went to the place of an earlier one.
    var isAtResumedPlace: Bool { state.withLock { $0.hasResumed && $0.delivered == 0 } }

    /// Whether the last page of everything that was paged through has come.
    var isAtEnd: Bool { state.withLock { $0.pagers == 0 && $0.delivered > 0 } }

    /// Notes that paging begins, and tells where: nil for its start.
    func begin(_ request: APIRequest) -> PagePlace? {
        state.withLock { state in
            state.pagers += 1
            guard let place = state.resumingAt, place.request == request.placeKey else { return nil }
            state.resumingAt = nil
            state.hasResumed = true
            state.delivered = 0
            return place
        }
    }

    /// Notes that a page was handed to the connector.
    func deliver(isEmpty: Bool) {
        state.withLock { state in
            state.delivered += 1
            // Nothing has to be handed over of a page without items.
            state.handedOver = isEmpty ? 1 : 0
        }
    }

    /// Notes that the last page of a request was handed to the connector.
    func end() { state.withLock { $0.pagers -= 1 } }

    /// Notes that the connector handed rows over, and that they are durable.
    func handOver() { state.withLock { $0.handedOver += 1 } }

    /// Keeps the place from moving on: not everything of a page could be used, and that must be found again.
    func hold() { state.withLock { $0.isInStep = false } }

    /// Notes that the connector asks for the page at `place`.
    func ask(for place: PagePlace?) async throws {
        let isInStep = state.withLock { state in
            state.isInStep = state.isInStep && state.pagers == 1 && state.handedOver > 0
            return state.isInStep
        }
        if isInStep, let place { try await onAdvance(place) }
    }
}
