import RecordingHost
import RecordingKit
import RecordingTestKit

/// The archive that the connectors of the tests read: shelves with three tapes each, on two pages, and a log for each tape.
struct Archive: Sendable {
    static let now = Timestamp(secondsSince1970: 1_769_000_000)

    var shelves = ["a", "b", "c"]
    /// A shelf that the platform lists and does not know.
    var missingShelf: String?

    /// A tape as the platform writes it: with spaces, escapes and numbers that no writer would choose.
    static func tape(_ id: String) -> String {
        #"{ "id":"\#(id)", "label":"B\u00e4nd \/ 1", "recorded_at":"2026-01-02T03:04:05.670Z", "state":"ok","#
            + #" "plays":2, "copies":1, "gain": 1.50E+2 , "long":123456789012345678901234567890}"#
    }

    static func entry(_ id: String) -> String {
        #"{ "id":"\#(id)", "who":"Ann", "what":"played", "at":"2026-01-02T03:04:05Z", "weight":1.0 }"#
    }

    func tapes(of shelf: String) -> [String] { (1...3).map { "\(shelf)\($0)" } }

    /// The ids of all tapes but those on `missing`.
    func tapes(without missing: String? = nil) -> [String] {
        shelves.filter { $0 != missing }.flatMap { tapes(of: $0) }.sorted()
    }

    /// The ids of all log entries but those of the tapes on `missing`.
    func entries(without missing: String? = nil) -> [String] { tapes(without: missing).map { "\($0)-1" } }

    var routes: [ScriptedRoute] {
        let list = shelves.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
        var routes = [ScriptedRoute("/api/shelves", #"{"shelves":[\#(list)]}"#)]
        for shelf in shelves {
            if shelf == missingShelf {
                routes.append(
                    ScriptedRoute("GET", "/api/shelves/\(shelf)/tapes", answers: [.status(404)], repeatsLast: true)
                )
            }
            let tapes = tapes(of: shelf)
            routes.append(
                ScriptedRoute(
                    "/api/shelves/\(shelf)/tapes",
                    #"{"tapes":[\#(Self.tape(tapes[2]))],"next":null}"#,
                    query: ["after": "p2"]
                )
            )
            routes.append(
                ScriptedRoute(
                    "/api/shelves/\(shelf)/tapes",
                    #"{"tapes":[\#(Self.tape(tapes[0])), \#(Self.tape(tapes[1]))],"next":"p2"}"#
                )
            )
            for tape in tapes {
                routes.append(ScriptedRoute("/api/tapes/\(tape)/log", #"{"entries":[\#(Self.entry("\(tape)-1"))]}"#))
                routes.append(
                    ScriptedRoute("/api/tapes/\(tape)/audio", #"{"url":"https://files.example/\#(tape).mp3"}"#)
                )
            }
        }
        return routes
    }
}

extension ScriptedRoute {
    fileprivate init(_ path: String, _ text: String, query: [String: String] = [:]) {
        self.init("GET", path, query: query, answers: [.json(text: text)], repeatsLast: true)
    }
}
