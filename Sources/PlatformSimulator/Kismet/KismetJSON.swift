extension JSONBytes {
    mutating func kismetUser(_ world: KismetWorld, position: Int) {
        let id = KismetWorld.firstUserID + position
        let created = world.anchor - Int64(400 - position % 100) * CivilTime.secondsPerDay
        raw("{\"id\":")
        integer(id)
        raw(",\"email\":")
        string("clinician\(position + 1)@clinic.example")
        raw(",\"is_admin\":")
        boolean(position == 0)
        raw(",\"display_name\":")
        string("Clinician \(position + 1)")
        raw(",\"waiting_room_url\":")
        string("https://app.kismethealth.example/room/\(id)")
        raw(",\"created_at\":")
        timestamp(created)
        raw(",\"updated_at\":")
        timestamp(created + 3600)
        raw("}")
    }

    mutating func kismetCall(_ call: KismetCall) {
        raw("{\"id\":")
        integer(call.id)
        raw(",\"name\":")
        string(call.name)
        raw(",\"livekit_session_id\":")
        string("lk-session-\(call.id)")
        raw(",\"state\":")
        if call.isEnded { raw("\"ended\"") } else { raw("\"active\"") }
        if let hasEgresses = call.hasEgresses {
            raw(",\"has_egresses\":")
            boolean(hasEgresses)
        }
        raw(",\"is_recording\":")
        boolean(!call.isEnded)
        raw(",\"is_canvas_locked\":false,\"is_ended\":")
        boolean(call.isEnded)
        raw(",\"created_at\":")
        timestamp(call.createdAt)
        raw(",\"updated_at\":")
        timestamp(call.updatedAt)
        raw(",\"participants\":[{\"id\":")
        integer(call.id * 2)
        raw(",\"participant_type\":\"Recipient\",\"name\":\"Dave\"}]}")
    }

    /// - Parameter url: the member `url`, which only *show* has: `.some(nil)` is null.
    mutating func kismetEgress(_ egress: KismetEgress, url: String?? = nil) {
        raw("{\"id\":")
        integer(egress.id)
        raw(",\"egress_id\":")
        string(egress.egressID)
        raw(",\"status\":")
        string(egress.status)
        raw(",\"error\":")
        stringOrNull(egress.error)
        raw(",\"is_stopped\":")
        boolean(egress.isStopped)
        raw(",\"ended_at\":")
        if let ended = egress.endedAt { timestamp(ended) } else { raw("null") }
        if let url {
            raw(",\"url\":")
            stringOrNull(url)
        }
        raw(",\"created_at\":")
        timestamp(egress.createdAt)
        raw(",\"updated_at\":")
        timestamp(egress.updatedAt)
        raw("}")
    }

    mutating func kismetAuditRow(_ row: KismetAuditRow) {
        raw("{\"id\":")
        integer(row.id)
        raw(",\"event\":")
        string(row.event)
        raw(",\"user_id\":")
        switch row.user {
        case .string(let text): string(text)
        case .integer(let number): integer(number)
        case .null: raw("null")
        }
        raw(",\"object_changes\":")
        if let changes = row.changes { raw(Array(changes.utf8)) } else { raw("null") }
        raw(",\"created_at\":")
        timestamp(row.createdAt)
        raw("}")
    }

    mutating func kismetPagination(_ page: KismetPage, total: Int) {
        raw(",\"pagination\":{\"current_page\":")
        integer(page.number)
        raw(",\"per_page\":")
        integer(page.size)
        raw(",\"total_pages\":")
        integer((total + page.size - 1) / page.size)
        raw(",\"total_count\":")
        integer(total)
        raw("}")
    }

    mutating func stringOrNull(_ text: String?) {
        if let text { string(text) } else { raw("null") }
    }
}

/// The page that a request asks for: `per_page` is 25 unless given and at most 100, `page` is 1 unless given.
struct KismetPage: Sendable {
    let number: Int
    let size: Int

    init(_ query: QueryParameters) {
        number = max(1, query["page"].flatMap { Int($0) } ?? 1)
        let asked = query["per_page"].flatMap { Int($0) } ?? 25
        size = asked < 1 ? 25 : min(asked, 100)
    }

    /// The part of a list of so many items that the page holds; empty past the end.
    func range(of total: Int) -> Range<Int> {
        let (start, overflow) = (number - 1).multipliedReportingOverflow(by: size)
        guard !overflow, start < total else { return 0..<0 }
        return start..<min(total, start + size)
    }
}
