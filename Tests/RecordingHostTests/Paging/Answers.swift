import RawJSON
import RecordingKit
import Testing

@testable import RecordingHost

/// An answer with a JSON text.
func answer(_ json: String, status: Int = 200, link: String? = nil) throws -> APIResponse {
    APIResponse(
        status: status,
        headers: link.map { ["Link": $0] } ?? [:],
        json: try JSONDocument(parsing: json).root
    )
}

extension PageTurner {
    /// A turner for `GET https://api.test/v1/things`.
    init(_ paging: Paging, query: [QueryItem] = [], body: RequestBody? = nil) throws {
        var request = APIRequest.get("/things", query: query)
        request.body = body
        self.init(request, paging: paging, baseURL: try #require(HTTPURL("https://api.test/v1")))
    }

    /// The URL that is due.
    var dueURL: String {
        get throws {
            due.url(base: try #require(HTTPURL("https://api.test/v1")), rules: .unfiltered, now: .earliest).text
        }
    }

    /// Takes an answer, and returns its items' texts and the URL of the next page, nil at the end.
    mutating func follow(_ response: APIResponse) throws -> (items: [String], next: String?) {
        let (page, next) = try turn(response)
        let items = page.items.map { String(decoding: $0.rawBytes, as: UTF8.self) }
        switch next {
        case .end: return (items, nil)
        case .request: return (items, try dueURL)
        case .failure(let error): throw error
        }
    }
}
