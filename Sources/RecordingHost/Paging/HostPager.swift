import RecordingKit

/// Fetches the pages of one listing through a sender, one when it is asked for.
struct HostPager: Pager {
    private let sender: RequestSender
    private var turner: PageTurner
    private var isAtEnd = false
    private var failure: TapedeckError?

    init(_ request: APIRequest, paging: Paging, sender: RequestSender) {
        self.sender = sender
        var paging = paging
        if let size = sender.pageSizes.size(for: request.endpoint), let asked = paging.pageSize?.preferred {
            paging.pageSize?.preferred = min(asked, size)
        }
        turner = PageTurner(request, paging: paging, baseURL: sender.destination.baseURL)
    }

    mutating func nextPage() async throws -> APIPage? {
        if let failure { throw failure }
        guard !isAtEnd else { return nil }
        let response = try await fetch()
        let due = turner.due.request
        do {
            let (page, next) = try turner.turn(response)
            switch next {
            case .request: break
            case .end: isAtEnd = true
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

    func send(_ request: APIRequest) async throws -> APIResponse {
        try await sender.send(PreparedRequest(request: request))
    }

    func pager(for request: APIRequest, paging: Paging) -> any Pager {
        HostPager(request, paging: paging, sender: sender)
    }
}
