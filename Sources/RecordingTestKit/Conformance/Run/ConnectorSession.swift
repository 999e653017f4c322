import RecordingHost
import RecordingKit

/// One source whose methods are called, with what came of it so far.
struct ConnectorSession: Sendable {
    let access: SourceAccess
    let produces: Set<RecordKind>
    let api: APIClient
    let log: ProbeLog
    let refusal: (any Error)?
    /// How many listings are taken before discovery is ended.
    let listings: Int
    var run: ConnectorRun

    /// What ends discovery when enough listings are known.
    private struct Enough: Error {}

    mutating func check() async {
        log.begin(.check)
        var reading = ConnectorRun.Reading(phase: .check)
        do {
            try await access.source.check(api: api)
        } catch {
            reading.failure = error
        }
        run.readings.append(reading)
    }

    mutating func discover() async {
        log.begin(.listings)
        var reading = ConnectorRun.Reading(phase: .listings)
        var found: [Listing] = []
        do {
            try await access.source.listings(in: access.window, api: api) { listing in
                log.noteYield()
                if let refusal { throw refusal }
                found.append(listing)
                if found.count >= listings { throw Enough() }
            }
        } catch is Enough {
            // As many were found as are wanted.
        } catch {
            reading.failure = error
        }
        run.listings = found
        run.readings.append(reading)
    }

    mutating func read(_ index: Int) async {
        guard run.listings.indices.contains(index), run.listings[index].failure == nil else { return }
        log.begin(.recordings(index))
        var reading = ConnectorRun.Reading(phase: .recordings(index))
        do {
            try await access.source.recordings(in: run.listings[index], api: api) { page in
                log.noteYield()
                if let refusal { throw refusal }
                reading.recordings += page
            }
        } catch {
            reading.failure = error
        }
        run.readings.append(reading)
    }

    mutating func readEvents(_ index: Int) async {
        guard produces.contains(.accessEvents), let source = access.source as? any AccessReporting,
            run.chosen.indices.contains(index)
        else { return }
        log.begin(.accessEvents(index))
        var reading = ConnectorRun.Reading(phase: .accessEvents(index))
        do {
            try await source.accessEvents(of: run.chosen[index], since: nil, api: api) { page in
                log.noteYield()
                if let refusal { throw refusal }
                reading.events += page
            }
        } catch {
            reading.failure = error
        }
        run.readings.append(reading)
    }

    mutating func readMedia(_ index: Int) async {
        guard produces.contains(.media), let source = access.source as? any MediaProviding,
            run.chosen.indices.contains(index)
        else { return }
        log.begin(.media(index))
        var reading = ConnectorRun.Reading(phase: .media(index))
        // The host keeps neither the title nor the platform's own object until the file is fetched.
        var recording = run.chosen[index]
        recording.title = nil
        recording.raw = nil
        do {
            reading.media = try await source.media(of: recording, api: api)
        } catch {
            reading.failure = error
        }
        run.readings.append(reading)
    }
}
