/// Names one file of the media origin.
package struct MediaFileID: Sendable, Hashable {
    package var platform: SimulatedPlatform
    /// The recording's id as the platform gives it, as text.
    package var recordingID: String
    /// `video`, `audio` or `transcript`.
    package var rendition: String

    package init(_ platform: SimulatedPlatform, _ recordingID: String, _ rendition: String = "video") {
        self.platform = platform
        self.recordingID = recordingID
        self.rendition = rendition
    }
}

/// One file as it would be served without faults.
struct MediaFile: Sendable {
    let recording: MediaRecording
    let rendition: String
    let contentType: String
    let fileExtension: String
    let length: Int
    let seed: UInt64

    var id: MediaFileID { MediaFileID(recording.platform, recording.id, rendition) }

    /// A number of its own for each file and version.
    private func stamp(version: Int) -> UInt64 {
        let platform: UInt64 = recording.platform == .kismet ? 81 : 82
        let base = SeededHash.value(seed, platform, UInt64(recording.number))
        let name = recording.id.utf8.reduce(base) { SeededHash.mix($0 ^ UInt64($1)) }
        return SeededHash.mix(rendition.utf8.reduce(name) { SeededHash.mix($0 ^ UInt64($1)) } &+ UInt64(version))
    }

    func content(version: Int) -> MediaContent {
        MediaContent(head: head(version: version), stamp: stamp(version: version), length: length)
    }

    func etag(version: Int) -> String {
        "\"\(String(stamp(version: version) &+ 1, radix: 16))\""
    }

    func lastModified(version: Int) -> String {
        CivilTime.httpDate(recording.madeAt + Int64(version) * 60)
    }

    private func head(version: Int) -> [UInt8] {
        switch fileExtension {
        case "mp4":
            [0, 0, 0, 24] + Array("ftypisom".utf8) + [0, 0, 2, 0] + Array("isommp42".utf8)
        case "mp3": Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, 0]
        case "vtt": transcript(version: version)
        default: [1, 0, 2, 0]
        }
    }

    /// A transcript is text from its first byte to its last.
    private func transcript(version: Int) -> [UInt8] {
        var text = Array("WEBVTT\n\n".utf8)
        var cue = 0
        while text.count < length {
            let word = String(SeededHash.value(stamp(version: version), 83, UInt64(cue)), radix: 36)
            let minute = cue % 600
            let time = "0\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60):00.000"
            text += Array("\(cue + 1)\n\(time) --> \(time)\nSpeaker \(cue % 3 + 1): \(word)\n\n".utf8)
            cue += 1
        }
        return Array(text[..<length])
    }
}
