import RecordingKit

/// Fetches the pages of one listing through a sender, one when it is asked for.
struct HostPager: Pager {
    private let sender: RequestSender
    private var turner: PageTurner
    private var isAtEnd = false

    init(_ request: APIRequest, paging: Paging, sender: RequestSender) {
        self.sender = sender
        turner = PageTurner(request, paging: paging, baseURL: sender.destination.baseURL)
    }

    mutating func nextPage() async throws -> APIPage? {
        guard !isAtEnd else { return nil }
        let response = try await fetch()
        do {
            let (page, next) = try turner.turn(response)
            if case .end = next { isAtEnd = true }
            return page
        } catch var error as TapedeckError {
            error.source = sender.destination.source
            error.endpoint = "\(turner.due.request.method) \(turner.due.request.endpoint)"
            throw error
        }
    }

    private mutating func fetch() async throws -> APIResponse {
        while true {
            do {
                return try await sender.send(turner.due)
            } catch is PageTooSlow {
                turner.shrink()
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
