import RawJSON

/// What a run would ask for of a source's media, as far as that is known before.
struct MediaPlan: Sendable, Hashable {
    /// Recordings that are known and whose media are still to be asked for.
    let waiting: Int
    /// How many entries asking for one recording leaves in the customer's audit trail.
    let auditCost: Int

    /// Entries that asking for these would leave.
    var auditReads: Int { waiting * auditCost }

    /// The lines about media and audit reads, for people.
    ///
    /// - Parameter others: the audit reads that have nothing to do with media.
    static func lines(_ plan: MediaPlan?, besides others: Int) -> [String] {
        guard let plan else { return ["audit reads: \(others)"] }
        let waiting = plan.waiting == 1 ? "1 recording waits for its own" : "\(plan.waiting) recordings wait for theirs"
        let each = plan.auditCost == 1 ? "one" : "\(plan.auditCost)"
        let more = plan.auditCost > 0 ? ", and \(each) for each recording that is new" : ""
        return ["media: \(waiting), and so does each that is new", "audit reads: \(plan.auditReads + others)\(more)"]
    }

    /// The plan as an object, or null where no media are read.
    static func write(_ plan: MediaPlan?, to writer: inout JSONWriter) {
        guard let plan else { return writer.null() }
        writer.beginObject()
        writer.member("waiting", plan.waiting)
        writer.member("audit_cost", plan.auditCost)
        writer.endObject()
    }
}
