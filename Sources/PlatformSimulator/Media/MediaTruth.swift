/// What a complete archive holds, or has to say, about one rendition of one recording.
package struct MediaTruth: Sendable, Equatable {
    /// What an honest client comes to.
    package enum State: String, Sendable, CaseIterable {
        case available
        case pending
        case forbidden
        case gone
    }

    package var file: MediaFileID
    /// The recording's number, as ``MediaTarget/every(_:remainder:platform:rendition:)`` takes it.
    package var number: Int
    package var state: State
    package var contentType: String
    /// Without the dot.
    package var fileExtension: String
    /// The bytes, of the version that is served until a fault changes it; there are such even where they cannot be had.
    package var content: MediaContent

    /// How many bytes there are.
    package var length: Int { content.length }
}
