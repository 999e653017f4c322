import RecordingKit

extension MediaWorker {
    func fetch(_ task: MediaTask, _ link: MediaLink, _ supply: inout LinkSupply) async throws {
        let journal = task.files.first { $0.rendition == link.rendition }?.journal
        let name = journal?.spoolName ?? Self.spoolName(task, link.rendition)
        let checkpoints = AsyncStream<SpoolFile.Checkpoint>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let path = vault.spool + "/" + name
        let spool = try await BlockingCalls.run { [clock, vault] in
            try SpoolFile(
                path: path,
                checkpoint: journal.map {
                    SpoolFile.Checkpoint(
                        offset: $0.offset,
                        sha256: $0.sha256,
                        length: $0.length,
                        validator: $0.validator
                    )
                },
                expectedLength: link.byteCount,
                clock: clock,
                freeSpace: { vault.freeSpace },
                onCheckpoint: { checkpoints.continuation.yield($0) }
            )
        }
        async let notes: Void = noteCheckpoints(checkpoints.stream, spool, name, task, link.rendition)
        let head: MediaResponseHead?
        do {
            head = try await transfer.fetch(link, into: spool, supply: &supply)
            checkpoints.continuation.finish()
            try await notes
        } catch {
            checkpoints.continuation.finish()
            try? await notes
            monitor.count { $0.media.bytesReceived += spool.received }
            // Where even this fails, an earlier note stands, and the first failure is the one to tell.
            try? await keepPlace(spool, name, task, link.rendition)
            throw error
        }
        monitor.count { $0.media.bytesReceived += spool.received }
        try await complete(task, link, spool, name, head)
    }

    private static func spoolName(_ task: MediaTask, _ rendition: String) -> String {
        let key = task.key.source + "\u{0}" + task.key.recordingID + "\u{0}" + rendition
        return "\(task.number)-\(String(ContentHash.hash(key), radix: 16)).partial"
    }

    private func noteCheckpoints(
        _ checkpoints: AsyncStream<SpoolFile.Checkpoint>,
        _ spool: SpoolFile,
        _ name: String,
        _ task: MediaTask,
        _ rendition: String
    ) async throws {
        for await checkpoint in checkpoints {
            let path = spool.path
            try await BlockingCalls.run { try OpenFile(path, as: .reading).synchronize() }
            try await ledger.setMediaJournal(Self.journal(name, checkpoint), of: rendition, task.key)
        }
    }

    private static func journal(_ name: String, _ checkpoint: SpoolFile.Checkpoint) -> MediaJournal {
        MediaJournal(
            spoolName: name,
            offset: checkpoint.offset,
            sha256: checkpoint.sha256,
            length: checkpoint.length,
            validator: checkpoint.validator
        )
    }

    /// Keeps what was received, so that it is not fetched again; also when the run is being stopped.
    private func keepPlace(_ spool: SpoolFile, _ name: String, _ task: MediaTask, _ rendition: String) async throws {
        try await withoutCancellation { [ledger] in
            let checkpoint = try await BlockingCalls.run { try spool.checkpoint() }
            try await ledger.setMediaJournal(Self.journal(name, checkpoint), of: rendition, task.key)
        }
    }

    private func complete(
        _ task: MediaTask,
        _ link: MediaLink,
        _ spool: SpoolFile,
        _ name: String,
        _ head: MediaResponseHead?
    ) async throws {
        let finished: (bytes: Int64, sha256: String)
        do {
            finished = try await BlockingCalls.run { try spool.finish() }
        } catch let error as MediaFailure {
            // What is not the file is of no use for a later attempt.
            try spool.startOver()
            try await ledger.setMediaJournal(nil, of: link.rendition, task.key)
            throw error
        }
        let type = head?.headers["Content-Type"]
        let path = try MediaPath(
            source: origin.source,
            recording: task.key.recordingID,
            rendition: link.rendition,
            date: task.recording.mediaDate,
            fileExtension: link.fileExtension ?? FileExtension.of(contentType: type)
        )
        var journal = MediaJournal(
            spoolName: name,
            offset: finished.bytes,
            sha256: finished.sha256,
            length: finished.bytes,
            validator: spool.place.validator
        )
        journal.completion = MediaJournal.Completion(
            path: path.text,
            contentType: type,
            fetchedAt: clock.now.toMilliseconds,
            requestID: head?.headers.mediaRequestID(sender.destination.requestIDHeader)
        )
        try await withoutCancellation { [journal] in
            try await ledger.setMediaJournal(journal, of: link.rendition, task.key)
            _ = try await conclude(task, link.rendition, journal)
        }
    }

    /// Puts a complete file in its place; also one that a killed run has left behind.
    ///
    /// - Returns: what was written about it.
    func conclude(_ task: MediaTask, _ rendition: String, _ journal: MediaJournal) async throws -> Medium {
        guard let completion = journal.completion, let path = MediaPath(text: completion.path) else {
            throw TapedeckError(.ledgerFailed, "The ledger names a place for a file that no file can have.")
        }
        var medium = Medium(recordingID: task.key.recordingID, rendition: rendition, state: .stored)
        medium.path = path.text
        medium.bytes = journal.offset
        medium.sha256 = journal.sha256
        medium.contentType = completion.contentType
        medium.etag = journal.validator.etag
        medium.fetchedAt = completion.fetchedAt
        let file = SpooledMedia(
            file: vault.spool + "/" + journal.spoolName,
            bytes: journal.offset,
            sha256: journal.sha256,
            contentType: completion.contentType
        )
        try await vault.keep(file, draft(.stored, medium, path, completion.requestID, nil)) { [medium] head in
            try await write(task, [medium], ending: nil, head: head)
        }
        return medium
    }
}

extension HTTPHeaders {
    /// The id that the platform, or the object storage that it keeps files in, gave a request.
    fileprivate func mediaRequestID(_ name: String?) -> String? {
        requestID(in: name) ?? requestID(in: "x-amz-request-id")
    }
}
