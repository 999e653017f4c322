import RecordingHost
import RecordingKit

/// What a ledger in memory knows of media.
struct MediaBook {
    var entries: [MediaTaskKey: Entry] = [:]

    struct Entry {
        var number: Int64
        var demand: MediaDemand
        var isSettled = false
        var attempts = 0
        var notBefore: Timestamp?
        var files: [String: MediaFile] = [:]
    }

    mutating func note(_ demand: MediaDemand) {
        var demand = demand
        demand.recording.title = nil
        demand.recording.raw = nil
        let known = entries[demand.key]
        entries[demand.key] = Entry(
            number: known?.number ?? Int64(entries.count + 1),
            demand: demand,
            files: known?.files ?? [:]
        )
    }

    mutating func note(_ progress: MediaProgress) {
        guard var entry = entries[progress.key] else { return }
        for medium in progress.media {
            var file = entry.files[medium.rendition] ?? MediaFile(rendition: medium.rendition)
            file.medium = medium
            if medium.state != .failed { file.journal = nil }
            entry.files[medium.rendition] = file
        }
        switch progress.ending {
        case nil: break
        case .settled:
            entry.isSettled = true
            entry.notBefore = nil
        case .again(let notBefore):
            entry.attempts += 1
            entry.notBefore = notBefore
        }
        entries[progress.key] = entry
    }

    func tasks(of source: String, after number: Int64, at now: Timestamp, limit: Int) -> [MediaTask] {
        entries.filter { key, entry in
            key.source == source && !entry.isSettled && entry.number > number
                && (entry.notBefore.map { $0 <= now } ?? true)
        }
        .map { key, entry in
            MediaTask(
                key: key,
                number: entry.number,
                recording: entry.demand.recording,
                attempts: entry.attempts,
                files: entry.files.values.sorted { $0.rendition < $1.rendition }
            )
        }
        .sorted { $0.number < $1.number }.prefix(limit).map(\.self)
    }

    func stored(of source: String?, after number: Int64, limit: Int) -> [StoredMedium] {
        entries.filter { key, entry in
            (source ?? key.source) == key.source && entry.number > number
                && entry.files.values.contains { $0.medium?.state == .stored }
        }
        .sorted { $0.value.number < $1.value.number }.prefix(limit)
        .flatMap { key, entry in
            entry.files.values.sorted { $0.rendition < $1.rendition }.compactMap(\.medium)
                .filter { $0.state == .stored }
                .map {
                    StoredMedium(number: entry.number, key: key, medium: $0, date: entry.demand.recording.mediaDate)
                }
        }
    }

    func standing(of source: String) -> MediaStanding {
        var standing = MediaStanding()
        for (key, entry) in entries where key.source == source {
            let isStored = entry.files.values.contains { $0.medium?.state == .stored }
            if !entry.isSettled, !isStored { standing.waiting += 1 }
            for medium in entry.files.values.compactMap(\.medium) {
                standing.states[medium.state, default: 0] += 1
                if medium.state == .stored { standing.storedBytes += medium.bytes ?? 0 }
            }
        }
        return standing
    }
}
