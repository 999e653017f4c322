import RecordingKit

/// Fetches the pages of one listing through a sender, one when it is asked for.
struct HostPager: Pager {
    private let sender: RequestSender
    private var turner: PageTurner
    private let journey: PageJourney?
    private var isAtEnd = false
    private var isUnderWay = false
    private var failure: TapedeckError?

    init(_ request: APIRequest, paging: Paging, sender: RequestSender, journey: PageJourney? = nil) {
        self.sender = sender
        self.journey = journey
        var paging = paging
        if let size = sender.pageSizes.size(for: request.endpoint), let asked = paging.pageSize?.preferred {
            paging.pageSize?.preferred = min(asked, size)
        }
        turner = PageTurner(
            request,
            paging: paging,
            baseURL: sender.destination.baseURL,
            hidden: sender.destination.credentialParameters,
            resumingAt: journey?.begin(request)
        )
    }

    mutating func nextPage() async throws -> APIPage? {
        if let failure { throw failure }
        guard !isAtEnd else { return nil }
        if let obstacle = turner.obstacle { throw located(obstacle, turner.due.request) }
        if isUnderWay { try await journey?.ask(for: turner.place) }
        isUnderWay = true
        let response = try await fetch()
        let due = turner.due.request
        do {
            let (page, next) = try turner.turn(response)
            journey?.deliver(isEmpty: page.items.isEmpty)
            switch next {
            case .request: break
            case .end:
                isAtEnd = true
                journey?.end()
            // What came is kept; the failure is thrown in place of the page that cannot be had.
            case .failure(let error): failure = located(error, due)
            }
            return page
        } catch let error as TapedeckError {
            throw located(error, due)
        }
    }

    private func located(_ error: TapedeckError, _ request: APIRequest) -> TapedeckError {
        var error = error
        error.source = sender.destination.source
        error.endpoint = request.description
        return error
    }

    private mutating func fetch() async throws -> APIResponse {
        while true {
            do {
                return try await sender.send(turner.due)
            } catch is PageTooSlow {
                turner.shrink()
                if let size = turner.pageSize { sender.pageSizes.note(size, for: turner.due.request.endpoint) }
            }
        }
    }
}

/// What a connector's client is backed by: the host's sender and pager.
struct HostExecutor: APIExecutor {
    let sender: RequestSender
    /// Follows the pages, where a cut listing is to be continued.
    var journey: PageJourney?
    /// The recording that is asked for, where it is one.
    var recordingID: String?

    func send(_ request: APIRequest) async throws -> APIResponse {
        try await sender.send(PreparedRequest(request: request, recordingID: recordingID))
    }

    func pager(for request: APIRequest, paging: Paging) -> any Pager {
        HostPager(request, paging: paging, sender: sender, journey: journey)
    }

    func holdPlace() async { journey?.hold() }
}
