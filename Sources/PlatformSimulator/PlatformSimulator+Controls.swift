import Synchronization

/// Changes to what the platforms hold, while they serve.
extension PlatformSimulator {
    /// Puts other faults in the place of those of the plan, and counts requests for them anew.
    ///
    /// - Parameter seed: decides the probabilities among them; the plan's unless given.
    package func setFaults(_ faults: [Fault], seed: UInt64? = nil) {
        state.withLock { $0.faults = FaultInjector(faults, seed: seed ?? plan.seed) }
    }

    // MARK: Webex

    /// Lets the counters of recordings grow, spread evenly over all that were generated, with one access row each.
    /// - Returns: the ids of the recordings.
    @discardableResult
    package func growCounters(ofRecordings count: Int, views: Int = 1, downloads: Int = 0) -> [String] {
        let total = plan.webex.sites.reduce(0) { $0 + $1.recordings }
        let row = WebexAccessRow(
            name: "Late Viewer",
            email: "late.viewer@example.com",
            accessTime: clock.wallSeconds,
            viewed: views > 0,
            downloaded: downloads > 0
        )
        return state.withLock { state in
            (0..<min(count, total)).map { index in
                let key = webex.key(at: index * total / max(1, min(count, total)))
                state.webex.growth[key, default: WebexOverlay.Growth()].views += views
                state.webex.growth[key, default: WebexOverlay.Growth()].downloads += downloads
                state.webex.addedRows[key, default: []].append(row)
                return key.identifierText(seed: plan.seed)
            }
        }
    }

    /// Adds a recording that becomes known only now, although it started at an earlier time.
    /// - Returns: its id.
    @discardableResult
    package func addLateRecording(site: Int = 0, startedAt: Int64, views: Int = 1) -> String {
        let row = WebexAccessRow(
            name: "Brenda Song",
            email: "brenda.song@example.com",
            accessTime: clock.wallSeconds,
            viewed: true,
            downloaded: false
        )
        return state.withLock { state in
            let key = WebexKey(site: site, ordinal: WebexKey.firstLate + state.webex.lateCount)
            state.webex.lateCount += 1
            let recording = WebexRecording(key: key, time: startedAt, topic: 0, host: 0, views: views, downloads: 0)
            state.webex.late[site, default: []].append(recording)
            state.webex.late[site]?.sort { $0.position.precedes($1.position) }
            if views > 0 { state.webex.addedRows[key] = [row] }
            return key.identifierText(seed: plan.seed)
        }
    }

    /// Deletes a recording: it leaves the listing and its details answer 404.
    /// - Returns: whether there was one of that id.
    @discardableResult
    package func deleteRecording(_ id: String) -> Bool {
        guard let key = WebexKey(identifier: id, seed: plan.seed) else { return false }
        return state.withLock { state in
            guard WebexView(world: webex, overlay: state.webex).recording(key) != nil else { return false }
            return state.webex.deleted.insert(key).inserted
        }
    }

    /// Lets every access token die, as if revoked.
    package func killAccessTokens() {
        state.withLock { $0.tokens.killAccessTokens() }
    }

    /// Lets every refresh token die, as if revoked.
    package func killRefreshTokens() {
        state.withLock { $0.tokens.killRefreshTokens() }
    }

    // MARK: Kismet

    /// Adds rows to an egress's audit log.
    /// - Parameter at: when the rows happened, seconds since 1970; now unless given.
    package func addAuditRows(_ count: Int, egress: Int, event: String = "read", at seconds: Int64? = nil) {
        let time = seconds ?? clock.wallSeconds
        state.withLock { state in
            for _ in 0..<count {
                state.kismet.addRow(egress: egress, event: event, user: .string("2"), at: time, world: kismet)
            }
        }
    }

    /// Lets all participants of a call consent, so that its egresses appear.
    package func giveConsent(call id: Int) {
        state.withLock { _ = $0.kismet.consentedCalls.insert(id - 1) }
    }

    /// Ends a call that was going on.
    package func endCall(_ id: Int) {
        state.withLock { _ = $0.kismet.endedCalls.insert(id - 1) }
    }

    /// Adds an egress to a call that had been listed without it.
    /// - Returns: its id, or `nil` after a thousand of them.
    @discardableResult
    package func addLateEgress(call id: Int) -> Int? {
        let created = clock.wallSeconds - 600
        return state.withLock { state in
            guard state.kismet.lateEgressCount < KismetWorld.lateEgressLimit else { return nil }
            let egressID = kismet.firstLateEgressID + state.kismet.lateEgressCount
            state.kismet.lateEgressCount += 1
            let egress = KismetEgress(
                id: egressID,
                callID: id,
                egressID: kismet.externalID(egressID),
                status: "egress_ended",
                error: nil,
                isStopped: true,
                endedAt: created + 300,
                createdAt: created,
                updatedAt: created + 300
            )
            state.kismet.lateEgresses[id - 1, default: []].append(egress)
            return egressID
        }
    }

    /// Deletes an egress: it leaves the listing, and everything under its id answers 404.
    package func deleteEgress(_ id: Int) {
        state.withLock { _ = $0.kismet.deletedEgresses.insert(id) }
    }
}

extension WebexWorld {
    /// The generated recording at a place in the order of sites, then of listings.
    func key(at index: Int) -> WebexKey {
        var rest = index
        for (site, entry) in plan.sites.enumerated() {
            if rest < entry.recordings { return WebexKey(site: site, ordinal: rest) }
            rest -= entry.recordings
        }
        return WebexKey(site: 0, ordinal: 0)
    }
}
