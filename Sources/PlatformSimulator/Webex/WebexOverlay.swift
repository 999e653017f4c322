/// What has changed in the Webex organization since the plan was laid out.
struct WebexOverlay: Sendable {
    struct Growth: Sendable {
        var views = 0
        var downloads = 0
    }

    var growth: [WebexKey: Growth] = [:]
    var addedRows: [WebexKey: [WebexAccessRow]] = [:]
    /// By site, in listing order.
    var late: [Int: [WebexRecording]] = [:]
    var lateCount = 0
    var deleted: Set<WebexKey> = []
}

/// The organization as it stands: generated data with the changes laid over it.
struct WebexView: Sendable {
    let world: WebexWorld
    let overlay: WebexOverlay

    /// A recording that exists and is not deleted.
    func recording(_ key: WebexKey) -> WebexRecording? {
        guard world.plan.sites.indices.contains(key.site), !overlay.deleted.contains(key) else { return nil }
        if key.ordinal < world.plan.sites[key.site].recordings {
            return grown(world.recording(site: key.site, ordinal: key.ordinal))
        }
        return overlay.late[key.site]?.first { $0.key == key }.map(grown)
    }

    func accessRowCount(_ recording: WebexRecording) -> Int {
        generatedRowCount(recording) + (overlay.addedRows[recording.key]?.count ?? 0)
    }

    func accessRow(_ recording: WebexRecording, _ ordinal: Int) -> WebexAccessRow {
        let generated = generatedRowCount(recording)
        if ordinal >= generated, let added = overlay.addedRows[recording.key] { return added[ordinal - generated] }
        return world.accessRow(recording, ordinal)
    }

    /// Visits the recordings of a site that started in an interval, newest first, until the closure says stop.
    ///
    /// - Parameters:
    ///   - range: the start is included, the end is not.
    ///   - after: where an earlier visit ended.
    func visit(
        site: Int,
        in range: Range<Int64>,
        after: WebexPosition?,
        _ body: (WebexRecording) -> Bool
    ) {
        var ordinal = world.firstOrdinal(site: site, before: range.upperBound)
        if let after {
            let resumed =
                after.ordinal < WebexKey.firstLate
                ? after.ordinal + 1 : world.firstOrdinal(site: site, before: after.time)
            ordinal = max(ordinal, resumed)
        }
        let count = world.plan.sites[site].recordings
        let late = (overlay.late[site] ?? []).filter { recording in
            range.contains(recording.time) && after.map { $0.precedes(recording.position) } ?? true
        }
        var nextLate = late.startIndex
        while true {
            let generated = ordinal < count ? world.recording(site: site, ordinal: ordinal) : nil
            var next = generated.flatMap { $0.time >= range.lowerBound ? $0 : nil }
            if nextLate < late.endIndex, next.map({ late[nextLate].position.precedes($0.position) }) ?? true {
                next = late[nextLate]
                nextLate += 1
            } else {
                ordinal += 1
            }
            guard let next else { return }
            if !overlay.deleted.isEmpty, overlay.deleted.contains(next.key) { continue }
            guard body(grown(next)) else { return }
        }
    }

    func summary(_ recording: WebexRecording) -> WebexSummary {
        WebexSummary(
            recordingID: recording.key.identifierText(seed: world.seed),
            topic: world.topics[recording.topic],
            timeRecorded: recording.time,
            siteURL: world.plan.sites[recording.key.site].recordingName,
            hostEmail: WebexWorld.hostEmail(site: recording.key.site, host: recording.host),
            viewCount: recording.views,
            downloadCount: recording.downloads
        )
    }

    private func generatedRowCount(_ recording: WebexRecording) -> Int {
        guard recording.key.ordinal < WebexKey.firstLate else { return 0 }
        let growth = overlay.growth[recording.key]
        var original = recording
        original.views -= growth?.views ?? 0
        original.downloads -= growth?.downloads ?? 0
        return world.accessRowCount(original)
    }

    private func grown(_ recording: WebexRecording) -> WebexRecording {
        guard !overlay.growth.isEmpty, let growth = overlay.growth[recording.key] else { return recording }
        var grown = recording
        grown.views += growth.views
        grown.downloads += growth.downloads
        return grown
    }
}

extension WebexRecording {
    var position: WebexPosition { WebexPosition(time: time, ordinal: key.ordinal) }
}
