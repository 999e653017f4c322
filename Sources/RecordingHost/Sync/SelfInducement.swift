import RecordingKit

/// Tells which entries of a recording's audit trail the host has left itself: a pure value.
///
/// An entry is the host's own only when no more entries than the host has left stand at that time; where that cannot be told, it says
/// so. It sees the events that are handed over together: of entries within seconds of each other all should be.
struct SelfInducement {
    /// The reads of the recording that the host has caused.
    let reads: [AuditRead]

    /// How far an entry's time may lie before the platform's time in the answer.
    private static let before = Duration.seconds(5)
    /// How far it may lie behind: the time in an answer is cut to whole seconds.
    private static let after = Duration.seconds(3)
    /// Without the platform's time the clocks may differ by so much.
    private static let skew = Duration.seconds(86_400)

    /// For each event whether the host caused it; nil where that cannot be told.
    func verdicts(_ events: [AccessEvent]) -> [Bool?] {
        var verdicts: [Bool?] = events.map { event in
            guard event.actions.contains(.read) else { return false }
            guard let time = event.occurredAt else { return reads.isEmpty ? false : nil }
            return reads.contains { $0.platformTime == nil && Self.distance(time, $0.sentAt) <= Self.skew }
                ? nil : false
        }
        for read in reads {
            guard let moment = read.platformTime else { continue }
            let near = events.indices.filter { index in
                guard events[index].actions.contains(.read), let time = events[index].occurredAt else { return false }
                return time >= moment.advanced(by: .zero - Self.before) && time <= moment.advanced(by: Self.after)
            }
            let rivals = reads.filter { other in
                other.platformTime.map { Self.distance($0, moment) <= Self.before + Self.after } ?? false
            }
            // As many reads as entries: each entry is the host's. More entries: one of them is somebody else's.
            let isCertain = near.count <= rivals.reduce(0) { $0 + $1.cost }
            for index in near { verdicts[index] = isCertain ? true : nil }
        }
        return verdicts
    }

    private static func distance(_ first: Timestamp, _ second: Timestamp) -> Duration {
        let duration = first.duration(since: second)
        return duration < .zero ? .zero - duration : duration
    }
}
