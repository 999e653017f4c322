/// The window rules of the summary report.
struct WebexWindow: Equatable {
    /// Whole seconds; the start is included, the end is not.
    var range: Range<Int64>

    static let longestMilliseconds: Int64 = 90 * 86_400_000
    static let horizonMilliseconds: Int64 = 365 * 86_400_000
    static let defaultMilliseconds: Int64 = 7 * 86_400_000

    /// - Returns: the window, or the message of the 400 answer.
    static func read(
        _ query: QueryParameters,
        zone: FixedZone,
        now: Int64,
        quirks: WebexQuirks
    ) -> Result<WebexWindow, WebexRefusal> {
        func instant(_ name: String) -> Result<Int64?, WebexRefusal> {
            guard var text = query[name], !text.isEmpty else { return .success(nil) }
            if quirks.acceptsRawPlus { text = String(text.map { $0 == " " ? "+" : $0 }) }
            guard let parsed = TimestampParser.milliseconds(text, zone: zone) else {
                return .failure(WebexRefusal("'\(name)' is not a valid ISO 8601 date and time."))
            }
            return .success(parsed)
        }
        do throws(WebexRefusal) {
            let asked = (from: try instant("from").get(), to: try instant("to").get())
            // A cursor whose link lost its window goes on through everything that can be listed.
            if asked.from == nil, asked.to == nil, query["cursor"] != nil {
                return .success(WebexWindow(range: seconds(now - horizonMilliseconds)..<seconds(now)))
            }
            let to = asked.to ?? asked.from.map { $0 + defaultMilliseconds } ?? now
            let from = asked.from ?? (to - defaultMilliseconds)
            if from > to { return .failure(WebexRefusal("'from' cannot be after 'to'.")) }
            if to - from > longestMilliseconds {
                return .failure(WebexRefusal("The interval between 'from' and 'to' cannot exceed 90 days."))
            }
            if now - from > horizonMilliseconds {
                return .failure(
                    WebexRefusal("The interval between the current time and 'from' cannot exceed 365 days.")
                )
            }
            return .success(WebexWindow(range: seconds(from)..<seconds(to)))
        } catch {
            return .failure(error)
        }
    }

    /// Rounds up: recordings start on whole seconds, so both an included start and an excluded end keep their meaning.
    private static func seconds(_ milliseconds: Int64) -> Int64 {
        CivilTime.floorDivide(milliseconds + 999, 1000)
    }
}

/// Why the platform refuses a request, in the words of its 400 answer.
struct WebexRefusal: Error, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
