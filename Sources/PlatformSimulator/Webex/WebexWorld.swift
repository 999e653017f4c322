/// The generated data of the Webex organization, each record computed from (seed, site, ordinal) when it is asked for.
struct WebexWorld: Sendable {
    let plan: WebexPlan
    let seed: UInt64
    let anchor: Int64
    /// The topics and host addresses as they stand in JSON, so that a page is made by appending bytes.
    let topics: [String]
    let topicBytes: [[UInt8]]
    let hostBytes: [[[UInt8]]]
    let siteBytes: [[UInt8]]
    let summaryWriter: WebexSummaryWriter
    /// How many recordings each site has, which is asked for with each of them.
    private let counts: [Int]

    init(plan: WebexPlan, seed: UInt64, anchor: Int64) {
        self.plan = plan
        self.seed = seed
        self.anchor = anchor
        topics = Self.topicNames
        topicBytes = Self.topicNames.map(Self.quoted)
        hostBytes = plan.sites.indices.map { site in
            (0..<max(1, plan.hosts)).map { Self.quoted(Self.hostEmail(site: site, host: $0)) }
        }
        siteBytes = plan.sites.map { Self.quoted($0.recordingName) }
        counts = plan.sites.map(\.recordings)
        summaryWriter = WebexSummaryWriter(seed: seed, topics: topicBytes, sites: siteBytes, hosts: hostBytes)
    }

    /// The address of a host; the first is the same on every site, as it is the token's owner.
    static func hostEmail(site: Int, host: Int) -> String {
        host == 0 ? "john.andersen@example.com" : "host\(host).site\(site + 1)@example.com"
    }

    func siteIndex(named name: String) -> Int? {
        plan.sites.firstIndex { $0.name == name || $0.recordingName == name }
    }

    // MARK: Recordings

    /// The start of a generated recording: never later for a larger ordinal.
    func time(site: Int, ordinal: Int) -> Int64 {
        let count = counts[site]
        let slot: Int
        let slots: Int
        if plan.hasTies {
            // Eight recordings on six starts: the second, third and fourth share one.
            slot = ordinal / 8 * 6 + max(0, min(ordinal % 8, 1)) + max(0, ordinal % 8 - 3)
            slots = (count / 8 + 1) * 6
        } else {
            (slot, slots) = (ordinal, max(1, count))
        }
        let span = Int64(plan.spanDays) * CivilTime.secondsPerDay
        let newest = anchor - span * Int64(slot) / Int64(slots)
        let width = max(1, newest - (anchor - span * Int64(slot + 1) / Int64(slots)))
        let random = SeededHash.value(seed, 41 + UInt64(site) << 8, UInt64(slot))
        let midnight = CivilTime.startOfDay(newest - 1)
        if plan.hasTies, random % 4 == 0, midnight >= newest - width { return midnight }
        return newest - 1 - Int64((random >> 8) % UInt64(width))
    }

    /// The first ordinal whose recording started before an instant.
    func firstOrdinal(site: Int, before time: Int64) -> Int {
        var low = 0
        var high = counts[site]
        while low < high {
            let middle = (low + high) / 2
            if self.time(site: site, ordinal: middle) < time { high = middle } else { low = middle + 1 }
        }
        return low
    }

    func recording(_ key: WebexKey) -> WebexRecording { recording(site: key.site, ordinal: key.ordinal) }

    func recording(site: Int, ordinal: Int) -> WebexRecording {
        let key = WebexKey(site: site, ordinal: ordinal)
        let time = time(site: site, ordinal: ordinal)
        let random = SeededHash.value(seed, 42, key.packed)
        let viewed = Int(random >> 16 & 0xff)
        var recording = WebexRecording(
            key: key,
            time: time,
            topic: Int(SeededHash.mix(UInt64(bitPattern: time) ^ seed) % UInt64(topics.count)),
            host: Int(random % UInt64(max(1, plan.hosts))),
            views: viewed < 64 ? 0 : viewed % 40,
            downloads: Int(random >> 24 & 0xff) % 4 == 0 ? Int(random >> 32 & 0xf) : 0
        )
        if ordinal % 97 == 5 { recording.views += 130 }
        return recording
    }

    // MARK: Access rows

    /// How many generated access rows a recording has: none exactly when both counters are zero, and never tied to them otherwise.
    func accessRowCount(_ recording: WebexRecording) -> Int {
        let total = recording.views + recording.downloads
        guard total > 0, plan.accessRowsPerRecording > 0 else { return 0 }
        if recording.key.ordinal % 97 == 5 { return 130 }
        return min(total, 1 + SeededHash.below(plan.accessRowsPerRecording, seed, 43, recording.key.packed))
    }

    func accessRow(_ recording: WebexRecording, _ ordinal: Int) -> WebexAccessRow {
        let random = SeededHash.value(seed, 44, recording.key.packed << 16 ^ UInt64(ordinal))
        if plan.hasOddRows, ordinal > 0, random % 9 == 0 { return accessRow(recording, ordinal - 1) }
        let person = Self.people[Int(random >> 8 % 64) % Self.people.count]
        let age = max(1, anchor - recording.time)
        let flags = random >> 40 % 3
        var row = WebexAccessRow(
            name: person.name,
            email: person.email,
            accessTime: recording.time + Int64((random >> 20) % UInt64(age)),
            viewed: flags != 1,
            downloaded: flags != 0
        )
        guard plan.hasOddRows else { return row }
        switch random >> 48 % 23 {
        case 1: row.name = nil
        case 2: row.name = ""
        case 3: row.email = nil
        case 4: row.email = ""
        case 5: (row.name, row.email) = (nil, nil)
        default: break
        }
        return row
    }

    private static func quoted(_ text: String) -> [UInt8] {
        var bytes = JSONBytes()
        bytes.string(text)
        return bytes.bytes
    }

    private static let topicNames = [
        "Example Topic", "Weekly \u{201c}Sync\u{201d}", "Q3 / planning: r\u{e9}sum\u{e9}", "All hands",
        "Kunden\u{fc}bersicht \u{1f4c8}",
        "Line\nbreak and \"quotes\" \\ in a topic", "",
    ]

    private static let people: [(name: String, email: String)] = [
        ("John Andersen", "john.andersen@example.com"), ("Brenda Song", "brenda.song@example.com"),
        ("Joe Doe", "joeDoe@example.com"), ("Zo\u{eb} Fran\u{e7}ois", "zoe@example.com"),
        ("Li Wei", "li.wei@example.org"),
        ("A. B", "a+b@example.com"), ("Connector", "recorder.bot@example.com"), ("Olu Ade", "olu@example.com"),
    ]
}
