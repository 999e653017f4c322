import RawJSON
import RecordingKit

/// The place of a page within one paged listing, as text that survives the process.
///
/// Only styles of paging whose next page is named by the platform itself have places: a link, a cursor, the last id. A page number
/// or an offset is none, because rows that vanish or arrive meanwhile shift what it means.
struct PagePlace: Sendable, Hashable {
    /// Tells the paged request from all others, so that a place is never used for another one.
    let request: UInt64
    /// What leads to the page: a URL, a cursor as JSON text, or an id.
    let token: String
    /// The size that pages were asked for with.
    let pageSize: Int?
    /// How many pages came before it.
    let pages: Int
    /// How many items came before it.
    let received: Int
    /// How many items the platform said there are.
    let promised: Int?
    /// The kinds of record that were taken from the pages before it.
    var kinds: [RecordKind] = []

    /// The place as text.
    var text: String {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, number) in [
            (Names.request, Int64(bitPattern: request)), (Names.pages, Int64(pages)), (Names.received, Int64(received)),
        ] {
            writer.name(name)
            writer.integer(number)
        }
        for (name, number) in [(Names.pageSize, pageSize), (Names.promised, promised)] {
            guard let number else { continue }
            writer.name(name)
            writer.integer(Int64(number))
        }
        writer.name(Names.kinds)
        writer.beginArray()
        for kind in kinds { writer.string(kind.rawValue) }
        writer.endArray()
        writer.name(Names.token)
        writer.string(token)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Reads a place back; nil when the text is not one.
    init?(_ text: String) {
        guard let json = try? JSONDocument(parsing: text).root,
            let request = json["request"]?.integer, let pages = json["pages"]?.integer, pages >= 0,
            let received = json["received"]?.integer, received >= 0, let token = json["token"]?.string
        else { return nil }
        self.init(
            request: UInt64(bitPattern: request),
            token: token,
            pageSize: json["page_size"]?.integer.map { Int($0) },
            pages: Int(pages),
            received: Int(received),
            promised: json["promised"]?.integer.map { Int($0) }
        )
        kinds = (json["kinds"]?.elements).map { $0.compactMap(\.string).map { RecordKind(rawValue: $0) } } ?? []
    }

    init(request: UInt64, token: String, pageSize: Int?, pages: Int, received: Int, promised: Int?) {
        self.request = request
        self.token = token
        self.pageSize = pageSize
        self.pages = pages
        self.received = received
        self.promised = promised
    }

    private enum Names {
        static let request: JSONName = "request"
        static let pages: JSONName = "pages"
        static let received: JSONName = "received"
        static let pageSize: JSONName = "page_size"
        static let promised: JSONName = "promised"
        static let kinds: JSONName = "kinds"
        static let token: JSONName = "token"
    }
}

extension APIRequest {
    /// Tells a paged request from all others of a source: the same for the same request in every run.
    var placeKey: UInt64 {
        var text = "\(method) \(path)"
        for item in query {
            switch item.value {
            case .text(let value): text += "\n\(item.name)=\(value)"
            case .start(let time): text += "\n\(item.name)>\(time)"
            }
        }
        var hash = ContentHash.hash(text)
        switch body {
        case nil: break
        case .form(let items): hash = ContentHash.hash("\(items.map(\.name))\(items.map(\.value))", seed: hash)
        case .json(let bytes): hash = ContentHash.hash(bytes[...], seed: hash)
        }
        return hash
    }
}
