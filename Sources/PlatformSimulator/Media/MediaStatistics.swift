/// What clients did with files, and what they asked in order to get them.
package struct MediaStatistics: Sendable, Equatable {
    /// Everything that came to the media origin.
    package var requests = 0
    /// Kismet's *show*, by egress id.
    package var shows: [Int: Int] = [:]
    /// Webex's details, which hold links, by recording id.
    package var linkRequests: [String: Int] = [:]
    /// Requests that their link let in, by file.
    package var requestsByFile: [MediaFileID: Int] = [:]
    /// Bytes of content that were sent, by file; up to 1 MiB that was on its way when a client hung up is among them.
    package var bytesByFile: [MediaFileID: Int] = [:]
    /// Answers with 206, by file.
    package var partialAnswers: [MediaFileID: Int] = [:]
    /// Requests that were refused because their link had expired or died.
    package var expiredLinks = 0
    /// Requests that were refused because their link was changed or was made for another method.
    package var forgedLinks = 0
    /// Requests that carried credentials of an API or a cookie; each was refused.
    package var requestsWithClientHeaders = 0
    /// Fetches of the web pages that `downloadUrl` and `playbackUrl` lead to.
    package var webPages = 0

    /// Requests that a fault struck, by the fault's name.
    package var faults: [String: Int] = [:]

    package init() {}
}
