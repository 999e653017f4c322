import JSON5
import RecordingHost
import RecordingKit

extension ConfigurationReader {
    private static let mediaNames = [
        "directory", "parallel", "bandwidth", "retain", "hold", "whenWithdrawn", "store",
    ]
    private static let holdNames = ["sources", "recordings"]

    /// How media are fetched and kept; nil when that cannot be understood.
    mutating func media(_ node: JSON5Node) -> MediaConfiguration? {
        guard let members = members(of: node, at: ["media"], knownNames: Self.mediaNames) else { return nil }
        let holds = members["hold"].map { legalHolds($0) } ?? LegalHolds()
        let retain = members["retain"].flatMap { self.retain($0) }
        let parallel = members["parallel"].flatMap { parallelTransfers($0) }
        let rate = members["bandwidth"].flatMap { bandwidth($0) }
        let policy = members["whenWithdrawn"].flatMap { withdrawal($0) }
        let place: MediaPlace? = members["store"].map { mediaPlace($0) } ?? (MediaStoreRequest.folder, nil)
        guard let directoryNode = members["directory"] else {
            report(["media"], node, "\"directory\" is missing: the folder for media files.")
            return nil
        }
        guard let directory = location(directoryNode, at: ["media", "directory"]),
            let place, let retention = retention(retain?.span, holds, members["retain"] ?? node)
        else { return nil }
        return MediaConfiguration(
            store: MediaStoreRequest(kind: place.kind, directory: directory, bucket: place.objectStorage),
            parallelTransfers: parallel ?? MediaSettings(directory: directory).parallelTransfers,
            whenWithdrawn: policy ?? .keep,
            bytesPerSecond: rate,
            retention: retention,
            retainText: retain?.text
        )
    }

    private mutating func parallelTransfers(_ node: JSON5Node) -> Int? {
        let path = ["media", "parallel"]
        guard let number = node.number else {
            expected("a whole number from 1 to 64", at: path, node)
            return nil
        }
        guard let count = number.integer, (1...64).contains(count) else {
            report(path, node, "Expected a whole number from 1 to 64.")
            return nil
        }
        return Int(count)
    }

    private mutating func bandwidth(_ node: JSON5Node) -> Int? {
        let path = ["media", "bandwidth"]
        guard node.string != nil else {
            expected(SizeText.rateExpectation, at: path, node)
            return nil
        }
        guard let text = text(node, at: path) else { return nil }
        guard let rate = SizeText.parseRate(text).flatMap({ Int(exactly: $0) }) else {
            report(path, node, "Expected \(SizeText.rateExpectation), a whole number above 0 with KB/s, MB/s or GB/s.")
            return nil
        }
        return rate
    }

    private mutating func withdrawal(_ node: JSON5Node) -> WithdrawalPolicy? {
        let path = ["media", "whenWithdrawn"]
        guard let text = text(node, at: path) else { return nil }
        if let policy = WithdrawalPolicy(rawValue: text) { return policy }
        let names = WithdrawalPolicy.allCases.map(\.rawValue)
        let shown = names.map { "\"\($0)\"" }.joined(separator: ", ")
        report(path, node, "Expected one of \(shown).", suggestion: nearestName(to: text, among: names))
        return nil
    }
}

// MARK: - What is kept for how long

extension ConfigurationReader {
    private static let retainExpectation = "a span of time such as \"2y\" or \"180d\""

    private mutating func retain(_ node: JSON5Node) -> (text: String, span: Duration)? {
        let path = ["media", "retain"]
        guard node.string != nil else {
            expected(Self.retainExpectation, at: path, node)
            return nil
        }
        guard let text = text(node, at: path) else { return nil }
        guard let span = DurationText.parse(text) else {
            report(path, node, "Expected \(Self.retainExpectation), or leave it out to keep files for ever.")
            return nil
        }
        return (text, span)
    }

    private mutating func retention(_ span: Duration?, _ holds: LegalHolds, _ node: JSON5Node) -> RetentionPolicy? {
        do {
            return try RetentionPolicy(retain: span, legalHolds: holds)
        } catch {
            report(["media", "retain"], node, (error as? TapedeckError)?.reason ?? "Files cannot be kept for so long.")
            return nil
        }
    }

    private mutating func legalHolds(_ node: JSON5Node) -> LegalHolds {
        let path = ["media", "hold"]
        var holds = LegalHolds()
        guard let members = members(of: node, at: path, knownNames: Self.holdNames) else { return holds }
        for (text, _, _) in texts(members["sources"], at: path + ["sources"]) { holds.sources.insert(text) }
        for (text, node, place) in texts(members["recordings"], at: path + ["recordings"]) {
            if let recording = LegalHolds.HeldRecording(text) {
                holds.recordings.insert(recording)
            } else {
                report(place, node, "Expected a source, a slash and the recording's id, such as \"clinic/4711\".")
            }
        }
        return holds
    }

    /// The texts of a list, each with its place; what is no text is reported.
    private mutating func texts(
        _ node: JSON5Node?,
        at path: [String]
    ) -> [(text: String, node: JSON5Node, path: [String])] {
        guard let node, let elements = elements(of: node, at: path) else { return [] }
        return elements.enumerated().compactMap { index, element in
            let place = path + [String(index)]
            guard let text = text(element, at: place) else { return nil }
            return (text, element, place)
        }
    }
}
