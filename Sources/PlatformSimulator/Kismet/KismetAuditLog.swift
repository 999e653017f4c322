extension KismetWorld {
    /// The generated audit rows of an egress, oldest first.
    func auditRows(of egress: KismetEgress) -> [KismetAuditRow] {
        var rows = [row(0, egress, "create", egress.createdAt, changes: createChanges(egress))]
        if let ended = egress.endedAt {
            rows.append(row(1, egress, "update", ended, changes: updateChanges(egress, ended: ended)))
        }
        let count = readCount(of: egress)
        guard count > 0, let first = egress.endedAt, first < anchor else { return rows }
        let step = max(1, (anchor - first) / Int64(count + 1))
        var previous = first
        for read in 0..<count {
            // Some reads share an instant, which is what the order by (created_at, id) is for.
            if read % 5 != 2 {
                let jitter = Int64(SeededHash.below(Int(step), seed, 21, UInt64(egress.id * Self.rowsPerEgress + read)))
                previous = first + step * Int64(read) + jitter
            }
            rows.append(row(2 + read, egress, "read", previous, changes: nil))
        }
        return rows
    }

    private func readCount(of egress: KismetEgress) -> Int {
        guard plan.readsPerEgress > 0 else { return 0 }
        if oddity(egress.callID - 1) == .manyReads { return 60 }
        return SeededHash.below(plan.readsPerEgress + 1, seed, 22, UInt64(egress.id))
    }

    private func row(
        _ ordinal: Int,
        _ egress: KismetEgress,
        _ event: String,
        _ time: Int64,
        changes: String?
    )
        -> KismetAuditRow
    {
        let id = egress.id * Self.rowsPerEgress + ordinal
        let person = 1 + SeededHash.below(plan.users + 2, seed, 23, UInt64(id))
        let user: KismetAuditRow.User =
            switch (egress.id + ordinal) % 5 {
            case 3: .integer(person)
            case 4: .null
            default: .string(String(person))
            }
        return KismetAuditRow(id: id, egressID: egress.id, event: event, user: user, changes: changes, createdAt: time)
    }

    private func createChanges(_ egress: KismetEgress) -> String {
        #"{"egress_id":[null,"\#(egress.egressID)"],"status":[null,"egress_starting"]}"#
    }

    private func updateChanges(_ egress: KismetEgress, ended: Int64) -> String {
        let error = egress.error.map { #","error":[null,"\#($0)"]"# } ?? ""
        return #"{"status":["egress_starting","\#(egress.status)"],"is_stopped":[false,true],"#
            + #""ended_at":[null,"\#(ended.utcTimestamp)"]\#(error)}"#
    }
}
