import RawJSON
import RecordingKit

/// A connector that asks nobody and hands over the strangest records that the vocabulary has room for.
struct ExtremeSource: Connector, AccessReporting {
    static let connector = ConnectorDescriptor(
        id: "extreme_2",
        name: "Extreme",
        summary: "Strange records.",
        baseURL: "https://extreme.example",
        authentication: .none,
        settings: [],
        produces: [.recordings, .accessSummaries, .accessEvents]
    )

    private static let texts = [
        "", " ", "null", "\u{0}\u{1F}\u{7F}\r\n\t\"\\/", "\u{2028}\u{2029}\u{85}",
        "\u{FEFF}Ünïcödé 録音 \u{1F3A7}\u{200D}",
        "e\u{301}", "{\"a\":1}", String(repeating: "long ", count: 2_000),
    ]
    private static let times = [
        "0001-01-01T00:00:00Z", "2024-02-29T23:59:59.999999999+23:59", "2026-06-30T12:00:00,5-11:30",
        "2016-12-31T23:59:60Z",
        "9999-12-31T23:59:59.1234567Z", "1969-12-31T23:59:59.000Z",
    ].compactMap { Timestamp($0) }
    private static let objects = [
        "{}", "{\n \"a\" : [ 1.50e+300, -0, 12345678901234567890 ],\r\n \"a\": null }",
        #"{"\ud83c\udfa7":"\u0000","":{"":[]}}"#,
    ]

    init(settings: Settings) {}

    func check(api: APIClient) async throws {}

    func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {
        try await yield(Listing(key: "all", label: "everything"))
    }

    func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        var rows = [ListedRecording(Recording(id: "bare"))]
        for (index, text) in Self.texts.enumerated() {
            var recording = Recording(id: "\(index)\(text)", status: index.isMultiple(of: 2) ? .deleted : .processing)
            recording.title = text
            recording.startedAt = Self.times[index % Self.times.count]
            recording.updatedAt = Self.times[(index + 1) % Self.times.count]
            recording.rawStatus = text
            recording.error = text
            recording.host = Person(id: text, name: text, email: text)
            recording.site = text
            recording.context = [ContextEntry("id_\(index)", text), ContextEntry("odd \"name\"\n", "")]
            recording.raw = try JSONDocument(parsing: Self.objects[index % Self.objects.count]).root
            let counts: (Int64?, Int64?) = index.isMultiple(of: 2) ? (.max, nil) : (nil, 0)
            let summary = AccessSummary(recordingID: recording.id, views: counts.0, downloads: counts.1)
            rows.append(ListedRecording(recording, summary: summary))
        }
        try await yield(rows)
    }

    func accessEvents(
        of recording: Recording,
        since: Timestamp?,
        api: APIClient,
        yield: ([AccessEvent]) async throws -> Void
    ) async throws {
        var bare = AccessEvent(identity: .derived([]), recordingID: recording.id, actor: Person(), actions: [])
        try await yield([bare])
        bare.identity = .platform(recording.id)
        bare.actor = Person(name: recording.title)
        bare.actions = [.read, .create, .update, .delete]
        bare.occurredAt = recording.startedAt
        bare.changes = recording.raw
        bare.raw = recording.raw
        try await yield([bare])
    }
}
