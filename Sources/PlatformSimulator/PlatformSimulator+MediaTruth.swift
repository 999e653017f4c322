import Synchronization

extension PlatformSimulator {
    /// Every file of both platforms as things stand, faults of the media origin left aside; a recording whose files cannot be
    /// had is there with its `video` alone.
    ///
    /// Costs memory in proportion to the recordings, not to their files.
    package func mediaTruth() -> [MediaTruth] {
        let overrides = state.withLock { $0.media.states }
        let now = clock.wallSeconds
        var truths: [MediaTruth] = []
        for egress in kismetTruth().egresses {
            let state =
                egress.hasFile
                ? library.state(of: egress.media, override: overrides[egress.media.id], now: now).outcome(.kismet)
                : egress.error != nil ? .gone : .pending
            truths += self.truths(of: egress.media, state)
        }
        let view = WebexView(world: webex, overlay: state.withLock { $0.webex })
        for site in plan.webex.sites.indices {
            view.visit(site: site, in: Int64.min..<Int64.max, after: nil) { recording in
                let media = recording.media(seed: plan.seed)
                let state = library.state(of: media, override: overrides[media.id], now: now)
                truths += self.truths(of: media, state.outcome(.webex))
                return true
            }
        }
        return truths
    }

    /// What is true of one file; `nil` when there is no such rendition.
    package func mediaTruth(of file: MediaFileID) -> MediaTruth? {
        mediaTruth().first { $0.file == file }
    }

    /// The bytes of a file.
    ///
    /// - Parameter version: 0 for those that are served at first, 1 for those after ``MediaFault/changes(afterRequests:keepsETag:)``.
    package func mediaContent(of file: MediaFileID, version: Int = 0) -> MediaContent? {
        guard let truth = mediaTruth(of: file) else { return nil }
        let recording = MediaRecording(
            platform: file.platform,
            id: file.recordingID,
            number: truth.number,
            madeAt: 0
        )
        return library.file(of: recording, rendition: file.rendition)?.content(version: version)
    }

    private func truths(of recording: MediaRecording, _ state: MediaTruth.State) -> [MediaTruth] {
        library.files(of: recording).prefix(state == .available ? 3 : 1).map { file in
            MediaTruth(
                file: file.id,
                number: recording.number,
                state: state,
                contentType: file.contentType,
                fileExtension: file.fileExtension,
                content: file.content(version: 0)
            )
        }
    }
}

extension MediaState {
    /// What an honest client makes of it; a state with a time has not come to its end.
    func outcome(_ platform: SimulatedPlatform) -> MediaTruth.State {
        switch self {
        case .available: .available
        case .preventsDownloading, .forbidden, .needsConfirmation: .forbidden
        case .scanned: .pending
        // Webex says "not found", which cannot be told from a deletion.
        case .late: platform == .webex ? .gone : .pending
        case .deleted, .purged: .gone
        }
    }
}

/// Changes to files and to how they are served, while they are.
extension PlatformSimulator {
    /// Sets what stands between clients and a recording's files, whatever the plan says; `nil` goes back to the plan.
    package func setMediaState(_ state: MediaState?, recording id: String) {
        self.state.withLock { $0.media.states[id] = state }
    }

    /// Puts other faults in the place of those of the plan, and counts each file's requests anew.
    package func setMediaFaults(_ faults: [MediaFaultRule]) {
        state.withLock { state in
            state.media.faults = faults
            state.media.requests = [:]
            state.media.requestsByLink = [:]
        }
    }
}
