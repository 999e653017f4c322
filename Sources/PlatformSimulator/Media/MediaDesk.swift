/// What the APIs say about files at one moment.
struct MediaDesk: Sendable {
    let library: MediaLibrary
    let signer: MediaSigner
    /// States that were set while the simulator ran, by recording id.
    let overrides: [String: MediaState]
    /// Seconds since 1970.
    let now: Int64
    /// Makes the links of this answer other than those of any other.
    let serial: Int

    func state(of recording: MediaRecording) -> MediaState {
        library.state(of: recording, override: overrides[recording.id], now: now)
    }

    /// The presigned link of an egress; one that has no file, or whose file cannot be had, has none.
    func link(to egress: KismetEgress) -> String? {
        guard egress.hasFile, state(of: egress.media) == .available else { return nil }
        return signer.kismetLink(call: egress.callID, egress: egress.id, at: now, serial: serial)
    }

    /// Links to all renditions of a Webex recording.
    func links(to recording: MediaRecording) -> [String: String] {
        let renditions = library.files(of: recording).map(\.rendition)
        return Dictionary(
            uniqueKeysWithValues: renditions.map {
                ($0, signer.webexLink(recording: recording.id, rendition: $0, at: now, serial: serial))
            }
        )
    }
}

extension KismetEgress {
    /// Whether recording came to an end and did not fail.
    var hasFile: Bool { endedAt != nil && error == nil }

    var media: MediaRecording {
        MediaRecording(platform: .kismet, id: String(id), number: id, madeAt: endedAt ?? createdAt)
    }
}

extension WebexRecording {
    func media(seed: UInt64) -> MediaRecording {
        MediaRecording(
            platform: .webex,
            id: key.identifierText(seed: seed),
            number: key.ordinal,
            madeAt: time + 3600
        )
    }
}
