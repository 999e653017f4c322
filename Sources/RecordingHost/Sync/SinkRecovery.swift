import RecordingKit

/// Brings every sink of a run to where the ledger says it is, and fills a sink that lacks records from one that has them.
struct SinkRecovery: Sendable {
    let ledger: any Ledger
    let sinks: [any Sink]
    /// Whether the run before this one ended in order, so that the sinks are exactly where the ledger says.
    let lastRunEndedInOrder: Bool

    /// Makes the sinks ready to be written to.
    ///
    /// - Throws: `TapedeckError`: `sink_failed` when a sink is not what the ledger says, `configuration_invalid` when a sink lacks
    ///   records that no other sink can give back, `ledger_failed`.
    func perform() async throws {
        let states = try await ledger.sinkStates()
        var behind: [(sink: any Sink, state: SinkState)] = []
        for sink in sinks {
            if let state = states[sink.id] {
                var position = state.position
                position.isBeforeFilling = state.lacksSince != nil
                position.isFinal = lastRunEndedInOrder && state.lacksSince == nil
                _ = try await sink.recover(to: position)
                if state.lacksSince != nil { behind.append((sink, state)) }
            } else {
                behind += try await adopt(sink).map { [(sink, $0)] } ?? []
            }
        }
        let sound = sinks.filter { sink in !behind.contains { $0.sink.id == sink.id } }
        for (sink, state) in behind { try await fill(sink, state, from: sound, states) }
        // Only now that something will be written: a run that is refused must not make sound sinks lack anything.
        try await noteAbsence(try await ledger.sinkStates())
    }

    /// A sink that the ledger has never seen begins empty, and that is noted before anything is written to it, so that whatever a
    /// crash leaves in it can be told from a stranger's data.
    ///
    /// - Returns: its state when it lacks what the others hold; nil when there is nothing yet.
    private func adopt(_ sink: any Sink) async throws -> SinkState? {
        let held = try await ledger.sourceStatuses().contains { $0.recordings > 0 || $0.events > 0 }
        let position = try await sink.recover(to: nil)
        let state = SinkState(position: position, lacksSince: held ? [:] : nil)
        try await ledger.setSinkState(state, of: sink.id)
        return held ? state : nil
    }

    /// Remembers of the sinks that this run leaves out where the others are now.
    private func noteAbsence(_ states: [String: SinkState]) async throws {
        let sound = states.filter { $0.value.lacksSince == nil }.mapValues(\.position)
        for (id, state) in states where state.lacksSince == nil && !sinks.contains(where: { $0.id == id }) {
            let others = sound.filter { $0.key != id }
            try await ledger.setSinkState(SinkState(position: state.position, lacksSince: others), of: id)
        }
    }

    /// Writes into a sink what it lacks, and notes only at the end that it has it: a run that is cut begins this again.
    private func fill(
        _ sink: any Sink,
        _ state: SinkState,
        from sound: [any Sink],
        _ states: [String: SinkState]
    ) async throws {
        let since = state.lacksSince ?? [:]
        let givers = sound.compactMap { $0 as? any ReplayableSink }.filter { since.isEmpty || since[$0.id] != nil }
        guard let giver = givers.first, let end = states[giver.id]?.position else { throw Self.cannotBeFilled(sink) }
        try await giver.replay(from: since[giver.id], through: end) { batch in
            try Task.checkCancellation()
            try await sink.write(batch)
            _ = try await sink.commit()
        }
        try await ledger.setSinkState(SinkState(position: try await sink.commit()), of: sink.id)
    }

    private static func cannotBeFilled(_ sink: any Sink) -> TapedeckError {
        TapedeckError(
            .configurationInvalid,
            """
            The sink \(sink.id) lacks records that earlier runs have written to others, and none of the sinks in the \
            configuration can give them back. Configure a "jsonl" sink that has them beside it, or leave this one out, or begin \
            with a new ledger, which reads everything anew.
            """
        )
    }
}
