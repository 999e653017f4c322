import RawJSON
import RecordingKit
import RecordingTestKit

/// Connectors that read lists in a wrong way.
extension TapeConnector {
    /// Reads the first page alone, although the pager has more.
    static var readingOnePage: TapeConnector {
        var connector = TapeConnector()
        connector.recordings = { connector, request, api, yield in
            for try await page in api.pages(request, paging: TapeConnector.paging) {
                let rows = try page.items.compactMap { try connector.recording($0) }
                try TapeConnector.requireNone(page.items.count - rows.count)
                return try await yield(rows)
            }
        }
        return connector
    }

    /// Takes the first page for all there is.
    static var notPaging: TapeConnector {
        var connector = TapeConnector()
        connector.recordings = { connector, request, api, yield in
            var request = request
            request.query.append(QueryItem("limit", "100"))
            guard let items = try await api.send(request).json["items"], items.kind == .array else {
                throw TapedeckError(.malformedResponse, "There is no list.")
            }
            let rows = try items.elements.compactMap { try connector.recording($0) }
            try TapeConnector.requireNone(items.elements.count - rows.count)
            try await yield(rows)
        }
        return connector
    }

    /// Hands everything over at the end.
    static var hoarding: TapeConnector {
        var connector = TapeConnector()
        connector.recordings = { connector, request, api, yield in
            var rows: [ListedRecording] = []
            try await connector.readAll(request, api) { rows += $0 }
            try await yield(rows)
        }
        return connector
    }

    /// Says that a box was deleted when there is nothing in it.
    static var deletingWhatIsEmpty: TapeConnector {
        var connector = TapeConnector()
        connector.recordings = { connector, request, api, yield in
            var count = 0
            try await connector.readAll(request, api) { page in
                count += page.count
                try await yield(page)
            }
            if count == 0 { try await yield([ListedRecording(Recording(id: request.path, status: .deleted))]) }
        }
        return connector
    }

    /// Passes rows over that it can make nothing of.
    static var droppingRows: TapeConnector {
        var connector = TapeConnector()
        connector.recordings = { connector, request, api, yield in
            for try await page in api.pages(request, paging: TapeConnector.paging) {
                try await yield(page.items.compactMap { try? connector.recording($0) })
            }
        }
        return connector
    }

    /// Ends quietly when the platform fails.
    static var swallowingFailures: TapeConnector {
        var connector = TapeConnector()
        connector.recordings = { connector, request, api, yield in
            do {
                try await connector.readAll(request, api, yield)
            } catch let error as TapedeckError where error.code == .serverError {
                return
            }
        }
        return connector
    }

    /// Sends what failed again.
    static var retrying: TapeConnector {
        var connector = TapeConnector()
        connector.check = { api in
            let request = APIRequest.get("/boxes", query: [QueryItem("limit", "1")])
            do {
                _ = try await api.send(request)
            } catch let error as TapedeckError where error.code == .rateLimited {
                _ = try? await api.send(request)
                throw error
            }
        }
        return connector
    }

    /// Ends quietly when it is cancelled.
    static var swallowingCancellation: TapeConnector {
        var connector = TapeConnector()
        connector.recordings = { connector, request, api, yield in
            do {
                try await connector.readAll(request, api, yield)
            } catch is CancellationError {
                return
            }
        }
        return connector
    }

    /// Reads the box out of what people are shown.
    static var readingLabels: TapeConnector {
        var connector = TapeConnector()
        connector.box = { $0.label.hasPrefix("box ") ? String($0.label.dropFirst(4)) : nil }
        return connector
    }

    /// Asks for the range that was found, whatever the host has made of it.
    static var ignoringRanges: TapeConnector {
        var connector = TapeConnector()
        connector.range = { listing in
            guard let from = listing.parameters["from"].flatMap({ Timestamp($0) }),
                let to = listing.parameters["to"].flatMap({ Timestamp($0) })
            else { return nil }
            return TimeWindow(from: from, to: to)
        }
        return connector
    }
}
