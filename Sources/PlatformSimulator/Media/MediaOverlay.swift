/// What is remembered about files while the simulator runs.
struct MediaOverlay: Sendable {
    /// States set by hand, by recording id.
    var states: [String: MediaState] = [:]
    var faults: [MediaFaultRule]
    /// How many answers with links were given.
    var linkSerial = 0
    /// Requests that their link let in, by file.
    var requests: [MediaFileID: Int] = [:]
    /// The same by link.
    var requestsByLink: [String: Int] = [:]

    init(faults: [MediaFaultRule]) {
        self.faults = faults
    }

    /// The faults that strike a request for a file.
    func faults(of file: MediaFile, request number: Int) -> [MediaFault] {
        faults.filter { rule in
            rule.requests.contains(number) && rule.target.matches(file.recording, rendition: file.rendition)
        }.flatMap(\.faults)
    }
}
