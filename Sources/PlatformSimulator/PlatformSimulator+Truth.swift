import Synchronization

/// What a complete archive of Kismet holds: what can be reached through the API, each thing once.
package struct KismetTruth: Sendable, Equatable {
    package var calls: [KismetCall] = []
    package var egresses: [KismetEgress] = []
    /// Of all egresses, newest first within each.
    package var auditRows: [KismetAuditRow] = []
}

/// What a complete archive of Webex holds.
package struct WebexTruth: Sendable, Equatable {
    /// Of all sites and hosts, newest first within each site.
    package var summaries: [WebexSummary] = []
    /// By recording id, in the order in which the platform gives them.
    package var accessRows: [String: [WebexAccessRow]] = [:]
}

extension PlatformSimulator {
    /// The Kismet organization as it stands, as values.
    ///
    /// Costs memory in proportion.
    package func kismetTruth() -> KismetTruth {
        let view = KismetView(world: kismet, overlay: state.withLock { $0.kismet })
        var truth = KismetTruth()
        let hidden = Set(plan.kismet.unreachableUsers.map { KismetWorld.firstUserID + $0 })
        for position in 0..<plan.kismet.calls where !plan.kismet.unreachableCalls.contains(position) {
            let call = view.call(position)
            guard !hidden.isSuperset(of: call.userIDs) else { continue }
            truth.calls.append(call)
            for egress in view.egresses(of: call) {
                truth.egresses.append(egress)
                truth.auditRows += view.auditRows(of: egress)
            }
        }
        return truth
    }

    /// The Webex organization as it stands, as values.
    ///
    /// Costs memory in proportion.
    ///
    /// - Parameters:
    ///   - range: the starts that count, seconds since 1970; everything unless given.
    ///   - accessRows: whether the rows of the detail report are wanted.
    package func webexTruth(in range: Range<Int64>? = nil, accessRows: Bool = true) -> WebexTruth {
        let view = WebexView(world: webex, overlay: state.withLock { $0.webex })
        var truth = WebexTruth()
        for site in plan.webex.sites.indices {
            view.visit(site: site, in: range ?? Int64.min..<Int64.max, after: nil) { recording in
                let summary = view.summary(recording)
                truth.summaries.append(summary)
                let count = accessRows ? view.accessRowCount(recording) : 0
                if count > 0 {
                    truth.accessRows[summary.recordingID] = (0..<count).map { view.accessRow(recording, $0) }
                }
                return true
            }
        }
        return truth
    }
}
