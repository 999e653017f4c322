/// One running process of a connector.
///
/// Its threads hold the channel, never this object: dropping the last reference ends the process.
final class PluginProcess: Sendable {
    let channel: ProcessChannel

    private init(_ channel: ProcessChannel) { self.channel = channel }

    deinit { channel.end(.ended) }

    /// Starts a process; blocks for a moment.
    ///
    /// - Throws: `ProcessSpawn.Failure`.
    static func start(
        _ spawn: ProcessSpawn,
        limits: ProcessLimits,
        report: @escaping @Sendable (ArraySlice<UInt8>) -> Void
    ) throws -> PluginProcess {
        guard let wake = WakePipe() else { throw ProcessSpawn.Failure.tooManyFiles }
        let started = try spawn.start()
        let channel = ProcessChannel(processID: started.processID, wake: wake)
        let process = PluginProcess(channel)
        guard ProcessThread.start({ channel.reap() }) else {
            started.closeDescriptors()
            channel.kill()
            channel.reap()
            channel.close(wasKilled: true)
            throw ProcessSpawn.Failure.noThread
        }
        let isServed = ProcessThread.start {
            ProcessWorker(started, channel: channel, limits: limits, report: report).run()
        }
        guard isServed else {
            started.closeDescriptors()
            channel.kill()
            channel.close(wasKilled: true)
            throw ProcessSpawn.Failure.noThread
        }
        return process
    }
}
