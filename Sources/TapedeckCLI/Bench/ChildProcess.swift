import CSpawn

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A program that was started, and must be waited for or ended.
struct ChildProcess: Sendable {
    /// What to start, and where its output goes.
    struct Launch: Sendable {
        var path: String
        var arguments: [String]
        var environment: [String: String]
        /// The descriptor that it reads; nil is nothing.
        var input: Int32?
        var outputFile: String
        var errorFile: String
    }

    /// How a program ended, and what it took.
    struct End: Sendable, Hashable {
        /// The exit status, or 128 plus the number of the signal that ended it.
        var status: Int32
        var usage: ProcessUsage
    }

    let identifier: pid_t

    /// Starts a program in a group of its own, with no signal blocked or ignored.
    ///
    /// - Throws: ``CommandFailure`` when the system refuses.
    init(_ launch: Launch) throws(CommandFailure) {
        let status: Int32
        (status, identifier) = Self.spawn(launch)
        guard status == 0 else {
            let reason = unsafe String(cString: strerror(status))
            throw CommandFailure(exitCode: .failed, message: "\(launch.path) cannot be started: \(reason).")
        }
    }

    private static func spawn(_ launch: Launch) -> (status: Int32, identifier: pid_t) {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = unsafe posix_spawn_file_actions_t()
        #endif
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        if let input = launch.input {
            unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        for (descriptor, path) in [(Int32(1), launch.outputFile), (2, launch.errorFile)] {
            let flags = O_WRONLY | O_CREAT | O_TRUNC
            unsafe posix_spawn_file_actions_addopen(&actions, descriptor, path, flags, 0o600)
        }
        unsafe csp_close_from(&actions, 3)
        let variables = launch.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        // A word ends at its first zero byte, as every program sees it.
        var words = ([launch.path] + launch.arguments + variables)
            .flatMap { word in word.utf8.prefix { $0 != 0 } + [0] }
            .map(CChar.init(bitPattern:))
        var identifier = pid_t()
        let status = unsafe csp_start(
            &identifier,
            launch.path,
            &actions,
            &words,
            launch.arguments.count + 1,
            variables.count
        )
        return (status, identifier)
    }

    /// How it ended; nil while it runs.
    ///
    /// After an end was returned, there is nothing more to ask.
    func ended() -> End? { wait(WNOHANG) }

    /// Ends it and everything in its group at once, and waits for that.
    func kill() {
        #if canImport(Glibc)
        _ = Glibc.kill(-identifier, SIGKILL)
        #elseif canImport(Musl)
        _ = Musl.kill(-identifier, SIGKILL)
        #else
        _ = Darwin.kill(-identifier, SIGKILL)
        #endif
        _ = wait(0)
    }

    private func wait(_ options: Int32) -> End? {
        var status: Int32 = 0
        var usage = rusage()
        while true {
            let found = unsafe wait4(identifier, &status, options, &usage)
            if found < 0, errno == EINTR { continue }
            guard found == identifier else { return nil }
            let signal = status & 0x7F
            return End(status: signal == 0 ? status >> 8 & 0xFF : 128 + signal, usage: ProcessUsage(usage))
        }
    }

    /// The most memory that it has held until now; nil where the system does not tell while it runs.
    var peakBytes: Int? {
        #if os(Linux)
        guard let status = try? FileAccess.system.readStart("/proc/\(identifier)/status", 4_096) else { return nil }
        let line = status.split(separator: 0x0A).first { $0.starts(with: "VmHWM:".utf8) }
        let digits = line?.filter { (48...57).contains($0) } ?? []
        return Int(String(decoding: digits, as: UTF8.self)).map { $0 * 1_024 }
        #else
        return nil
        #endif
    }
}
