import JSON5
import RecordingHost
import RecordingKit

extension ConfigurationLoader {
    /// Everything that is wrong with the place for media files.
    func mediaProblems(_ draft: ConfigurationDraft, for purpose: Purpose, root: JSON5Node) -> [Diagnostic] {
        guard let media = draft.media else {
            // Whether a place that cannot be understood would have been one is told where it stands.
            return root.node(at: ["media"]) == nil ? missingPlaces(draft, root: root) : []
        }
        var problems: [Diagnostic] = []
        // Files are looked at on a disk that is mounted for reading alone, too.
        if purpose != .mediaOnly, let obstacle = files.obstacle(toWritingInto: media.store.directory) {
            problems.append(diagnostic(["media", "directory"], obstacle, knownNames: [], root: root))
        }
        do {
            _ = try makeMediaStore(media.store, ClosedTransport())
        } catch let problem as MediaStoreProblem {
            let path = ["media", "store", problem.option]
            problems.append(diagnostic(path, problem.message, knownNames: problem.knownNames, root: root))
        } catch {
            let reason = (error as? TapedeckError)?.reason ?? "The place for media files cannot be used."
            problems.append(diagnostic(["media", "store"], reason, knownNames: [], root: root))
        }
        return problems
    }

    /// Sources whose media are to be read although there is no place for them.
    private func missingPlaces(_ draft: ConfigurationDraft, root: JSON5Node) -> [Diagnostic] {
        draft.sources.filter { readsMedia($0) == true }.map { source in
            let message = "Media need a place; add media: { directory: \"out/media\" } beside \"sources\"."
            return diagnostic(["sources", source.id, "read"], message, knownNames: [], root: root)
        }
    }

    /// Warns where media are asked for although the source's connector does not provide any, and where a hold names nobody.
    func mediaWarnings(_ draft: ConfigurationDraft, root: JSON5Node) -> [Diagnostic] {
        let connectors = draft.sources.filter { readsMedia($0) == false }.map { source in
            let message = "The connector \"\(source.connector)\" does not download media in this version."
            return warning(["sources", source.id, "read"], message, root: root)
        }
        return connectors + unknownHolds(draft, root: root)
    }

    /// Whether a source's media are wanted and can be had; nil when they are not wanted.
    private func readsMedia(_ source: SourceConfiguration) -> Bool? {
        guard source.reads.contains(.media), let descriptor = registry[source.connector]?.descriptor else { return nil }
        return descriptor.produces.contains(.media)
    }

    private func unknownHolds(_ draft: ConfigurationDraft, root: JSON5Node) -> [Diagnostic] {
        let known = draft.sources.map(\.id)
        guard let holds = draft.media?.retention.legalHolds else { return [] }
        let held = holds.sources.map { ("sources", $0) } + holds.recordings.map { ("recordings", $0.source) }
        let unknown = Set(held.filter { !known.contains($0.1) }.map { "\($0.0)/\($0.1)" }).sorted()
        return unknown.map { item in
            let parts = item.split(separator: "/", maxSplits: 1).map(String.init)
            let message = "There is no source \"\(parts[1])\" in this file; a hold with a mistyped name keeps nothing."
            var warning = warning(["media", "hold", parts[0]], message, root: root)
            warning.suggestion = nearestName(to: parts[1], among: known)
            return warning
        }
    }

    private func warning(_ path: [String], _ message: String, root: JSON5Node) -> Diagnostic {
        Diagnostic(severity: .warning, path: path, position: root.place(of: path).value, message: message)
    }
}
