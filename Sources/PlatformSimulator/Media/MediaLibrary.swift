/// The files that recordings have, computed when they are asked for.
struct MediaLibrary: Sendable {
    let plan: MediaPlan
    let seed: UInt64
    /// When the simulator was made, seconds since 1970.
    let start: Int64

    /// The renditions of a recording that has files, the main one first.
    func files(of recording: MediaRecording) -> [MediaFile] {
        ["video", "audio", "transcript"].compactMap { file(of: recording, rendition: $0) }
    }

    func file(of recording: MediaRecording, rendition: String) -> MediaFile? {
        let main = mainLength(of: recording)
        func file(_ type: String, _ ending: String, _ length: Int) -> MediaFile {
            MediaFile(
                recording: recording,
                rendition: rendition,
                contentType: type,
                fileExtension: ending,
                length: length,
                seed: seed
            )
        }
        switch rendition {
        case "video":
            return isARF(recording)
                ? file("application/octet-stream", "arf", main) : file("video/mp4", "mp4", main)
        case "audio" where recording.platform == .webex && isEvery(plan.audioEvery, recording):
            return file("audio/mpeg", "mp3", max(16, main / 8))
        case "transcript" where recording.platform == .webex && isEvery(plan.transcriptEvery, recording):
            return file("text/vtt", "vtt", 500 + SeededHash.below(4000, seed, 84, UInt64(recording.number)))
        default:
            return nil
        }
    }

    /// One Webex recording in seven is of the old format.
    func isARF(_ recording: MediaRecording) -> Bool {
        recording.platform == .webex && recording.number % 7 == 3
    }

    /// What stands between a client and the files at an instant, seconds since 1970.
    func state(of recording: MediaRecording, override: MediaState?, now: Int64) -> MediaState {
        let rule = plan.states.first { $0.target.matches(recording, rendition: nil) }?.state
        switch override ?? rule ?? .available {
        case .scanned(let seconds), .late(let seconds):
            return now >= start + Int64(seconds) ? .available : override ?? rule ?? .available
        case let state:
            return state
        }
    }

    private func mainLength(of recording: MediaRecording) -> Int {
        let span = plan.lengths.upperBound - plan.lengths.lowerBound + 1
        let stream: UInt64 = recording.platform == .kismet ? 85 : 86
        return plan.lengths.lowerBound + SeededHash.below(span, seed, stream, UInt64(recording.number))
    }

    private func isEvery(_ divisor: Int, _ recording: MediaRecording) -> Bool {
        divisor > 0 && recording.number % divisor == 0
    }
}
