/// Files that something seems to be wrong with, until the manifest's latest entries were heard.
struct Suspects {
    struct Suspect: Sendable {
        let finding: MediaFinding
        /// The line of the manifest that the finding rests on; nil when there was none.
        let line: Int64?
    }

    private var suspects: [Suspect] = []
    private var overflow: [MediaFinding.Kind: Int] = [:]
    private let limit: Int

    init(limit: Int) { self.limit = max(0, limit) }

    var isEmpty: Bool { suspects.isEmpty }

    /// Whether a run that has done something and is about to write its entry, or the other way round, would explain any of them.
    var mayBeUnderWay: Bool { !suspects.isEmpty }

    mutating func add(_ suspect: Suspect) {
        if suspects.count < limit {
            suspects.append(suspect)
        } else {
            overflow[suspect.finding.kind, default: 0] += 1
        }
    }

    mutating func add(_ found: [Suspect], overflow more: [MediaFinding.Kind: Int] = [:]) {
        for suspect in found { add(suspect) }
        overflow.merge(more) { $0 + $1 }
    }

    mutating func add(_ others: Suspects) { add(others.suspects, overflow: others.overflow) }

    /// Drops those whose place has another entry by now, and those of which nothing is there any more.
    mutating func review(_ audit: ManifestAudit, _ store: any MediaStore) async throws {
        var kept: [Suspect] = []
        for suspect in suspects {
            let path = suspect.finding.path
            let expectation = audit.expected[try audit.expected.key(of: path)]
            guard expectation?.line == suspect.line else {
                // A newer entry that takes a file away may come before the file is gone.
                guard expectation?.isPresent == false, try await isThere(path, in: store) else { continue }
                kept.append(
                    Suspect(
                        finding: MediaFinding(kind: .remaining, path: path, detail: nil),
                        line: expectation?.line
                    )
                )
                continue
            }
            let isAboutPresence = [.extra, .remaining].contains(suspect.finding.kind)
            if isAboutPresence, try await !isThere(path, in: store) { continue }
            kept.append(suspect)
        }
        suspects = kept
    }

    /// Hands the findings over, sorted.
    func conclude(_ result: inout MediaVerification) {
        result.counts = suspects.reduce(into: overflow) { $0[$1.finding.kind, default: 0] += 1 }
        let order = Dictionary(uniqueKeysWithValues: MediaFinding.Kind.all.enumerated().map { ($1, $0) })
        result.findings = suspects.map(\.finding).sorted {
            (order[$0.kind] ?? .max, $0.path) < (order[$1.kind] ?? .max, $1.path)
        }
    }

    /// Whether something is at a place; what cannot be looked at counts as there.
    private func isThere(_ path: String, in store: any MediaStore) async throws -> Bool {
        guard let path = MediaPath(text: path) else { return true }
        do {
            return try await store.size(of: path) != nil
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return true
        }
    }
}
