import RecordingKit

/// What of a recording is sure when its media are asked for, by the names that templates use.
enum MediaNames {
    static let all: Set<String> = [
        "recording.hostEmail", "recording.site", "recording.status", "recording.startedAt", "recording.endedAt",
        "recording.createdAt", "recording.updatedAt",
    ]

    /// What the names stand for.
    static func values(of recording: Recording) -> [(name: String, value: NameValue?)] {
        [
            (name: "recording.hostEmail", value: recording.host.email.map { .text($0) }),
            (name: "recording.site", value: recording.site.map { .text($0) }),
            (name: "recording.status", value: .text(recording.status.rawValue)),
            (name: "recording.startedAt", value: recording.startedAt.map { .time($0) }),
            (name: "recording.endedAt", value: recording.endedAt.map { .time($0) }),
            (name: "recording.createdAt", value: recording.createdAt.map { .time($0) }),
            (name: "recording.updatedAt", value: recording.updatedAt.map { .time($0) }),
        ]
    }
}
