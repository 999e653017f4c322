/// Which requests for files go wrong, and how.
package struct MediaFaultRule: Sendable {
    package var target: MediaTarget
    package var faults: [MediaFault]
    /// The requests for a file that are struck, counted from 1 for each file and by every request that its link let in.
    package var requests: ClosedRange<Int>

    package init(_ faults: MediaFault..., on target: MediaTarget, requests: ClosedRange<Int> = 1...Int.max) {
        self.target = target
        self.faults = faults
        self.requests = requests
    }
}

/// One thing that goes wrong with a file.
package enum MediaFault: Sendable, Equatable {
    /// A range is answered with 200 and the whole file.
    case ignoresRange
    /// `Content-Length` is larger than what is sent before an orderly end.
    case announcesMore(by: Int)
    /// `Content-Length` is smaller than what is sent before an orderly end; a client that obeys it takes a part for the whole.
    case announcesLess(by: Int)
    /// No `Content-Length`: the end of the connection ends the file.
    case announcesNothing
    /// One byte a second.
    case trickles
    /// Head and so many bytes, then nothing until the client gives up.
    case stalls(afterBytes: Int)
    /// Head and so many bytes, then a reset.
    case resets(afterBytes: Int)
    /// Head and so many bytes, then an orderly end.
    case cutsOff(afterBytes: Int)
    /// From the next request on the file has other content of the same length.
    case changes(afterRequests: Int, keepsETag: Bool)
    /// No `ETag`, and no `Last-Modified`.
    case hasNoETag
    /// A weak `ETag`, which never matches `If-Range`.
    case hasWeakETag
    /// A web page with status 200.
    case htmlPage
    /// An S3 error in XML with status 200.
    case xmlError
    /// Status 200 and nothing.
    case emptyBody
    /// Another `Content-Type`.
    case contentType(String)
    /// `Content-Encoding: gzip`, and the content is gzipped.
    case gzips
    /// 302 to the file under another path.
    case redirectsToOtherPath
    /// 302 to the file on another origin: `localhost` in place of `127.0.0.1`.
    case redirectsToOtherOrigin
    /// 302 to any URL.
    case redirects(to: String)
    /// After so many requests each link answers 403, long before its time.
    case linkDies(afterRequests: Int)
    /// A status such as 503, without content.
    case status(Int)

    /// A redirect into a private network, where nothing may be asked.
    package static let redirectsToPrivateAddress = MediaFault.redirects(to: "http://10.0.0.1/recordings/1.mp4")
}
