import RecordingKit

/// The recordings of one source that a batch is about: each has a place, found by hashing its id once.
struct RecordingSlots: Sendable {
    /// What is known of one recording.
    struct Slot: Sendable {
        let id: String
        /// What the ledger knows, and what the batch has made of it; nil for a recording that is new.
        var entry: KnownRecording?
        /// Whether the ledger is to remember the entry.
        var isChanged = false
    }

    private var places: [String: Int] = [:]
    private(set) var slots: [Slot] = []

    /// Where a recording is, which it is from now on.
    mutating func place(of id: String) -> Int {
        let next = slots.count
        let place = Self.keep(next, in: &places[id, default: -1])
        if place == next { slots.append(Slot(id: id)) }
        return place
    }

    private static func keep(_ next: Int, in place: inout Int) -> Int {
        if place < 0 { place = next }
        return place
    }

    /// Where a recording is; nil when the batch is not about it.
    func knownPlace(of id: String) -> Int? { places[id] }

    subscript(place: Int) -> Slot {
        _read { yield slots[place] }
        _modify { yield &slots[place] }
    }

    /// Takes over what the ledger knows.
    mutating func fill(with known: [String: KnownRecording]) {
        guard !known.isEmpty else { return }
        for place in slots.indices { slots[place].entry = known[slots[place].id] }
    }
}
