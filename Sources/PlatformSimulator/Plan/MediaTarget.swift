/// Which files a state or a fault is about: those for which everything that is given holds.
package struct MediaTarget: Sendable, Equatable {
    package var platform: SimulatedPlatform?
    /// The rendition, such as `video`.
    package var rendition: String?
    /// The recording's id as the platform gives it.
    package var recordingID: String?
    /// With `remainder`: the recordings whose ``MediaTruth/number`` leaves that remainder.
    package var divisor: Int?
    package var remainder = 0

    /// Every file.
    package static let everything = MediaTarget()

    /// The files of one platform.
    package static func platform(_ platform: SimulatedPlatform, rendition: String? = nil) -> MediaTarget {
        MediaTarget(platform: platform, rendition: rendition)
    }

    /// The files of one recording.
    package static func recording(_ id: String, rendition: String? = nil) -> MediaTarget {
        MediaTarget(rendition: rendition, recordingID: id)
    }

    /// The files of the recordings whose number leaves a remainder, such as every tenth.
    package static func every(
        _ divisor: Int,
        remainder: Int = 0,
        platform: SimulatedPlatform? = nil,
        rendition: String? = nil
    ) -> MediaTarget {
        MediaTarget(platform: platform, rendition: rendition, divisor: divisor, remainder: remainder)
    }

    /// - Parameter rendition: `nil` where the recording as a whole is meant; a target that names a rendition does not match it.
    func matches(_ recording: MediaRecording, rendition candidate: String?) -> Bool {
        if let platform, platform != recording.platform { return false }
        if let recordingID, recordingID != recording.id { return false }
        if let rendition, rendition != candidate { return false }
        if let divisor { return divisor > 0 && recording.number % divisor == remainder }
        return true
    }
}

/// A recording as far as its files go.
struct MediaRecording: Sendable {
    let platform: SimulatedPlatform
    let id: String
    /// The egress's id, or the place of a Webex recording on its site.
    ///
    /// The newest is 0; late ones count from 2³².
    let number: Int
    /// When the file was made, seconds since 1970.
    let madeAt: Int64
}
