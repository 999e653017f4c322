import CSpawn

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Starts a program with the descriptors of the protocol and nothing else.
struct ProcessSpawn {
    /// This side of a process that was started.
    struct Started: Sendable {
        let processID: pid_t
        /// Where lines to its descriptor 3 are written.
        let input: Int32
        /// Where lines from its descriptor 4 are read.
        let output: Int32
        /// Where what it writes to its descriptors 1 and 2 is read.
        let diagnostics: Int32

        func closeDescriptors() { for descriptor in [input, output, diagnostics] { close(descriptor) } }
    }

    /// The system refused; the number is its `errno`.
    struct Failure: Error {
        let number: Int32

        /// The program has too many files open.
        static let tooManyFiles = Failure(number: EMFILE)
        /// There are too many threads.
        static let noThread = Failure(number: EAGAIN)
    }

    /// The descriptor under which a program that was checked before finds its own file.
    static let programDescriptor: Int32 = 5
    /// What the pipes that carry pages should hold, so that most pages pass in one piece.
    private static let pipeBytes: Int32 = 256 << 10

    let path: String
    let arguments: [String]
    let environment: [String: String]
    /// The opened file to execute in place of what is at `path` by now; nil to go by the path.
    let opened: Int32?

    /// The opened file where the system can execute one.
    private var executable: Int32? {
        #if os(Linux)
        opened
        #else
        nil
        #endif
    }

    func start() throws(Failure) -> Started {
        var ends = PipeEnds()
        let input = try ends.open()
        let output = try ends.open()
        let diagnostics = try ends.open()
        csp_enlarge_pipe(input.writing, Self.pipeBytes)
        csp_enlarge_pipe(output.reading, Self.pipeBytes)
        let processID = try spawn(input: input.reading, output: output.writing, diagnostics: diagnostics.writing)
        for end in [input.writing, output.reading, diagnostics.reading] {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        ends.keep([input.writing, output.reading, diagnostics.reading])
        return Started(
            processID: processID,
            input: input.writing,
            output: output.reading,
            diagnostics: diagnostics.reading
        )
    }

    private func spawn(input: Int32, output: Int32, diagnostics: Int32) throws(Failure) -> pid_t {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = unsafe posix_spawn_file_actions_t()
        #endif
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, diagnostics, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, diagnostics, 2)
        unsafe posix_spawn_file_actions_adddup2(&actions, input, 3)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 4)
        if let executable { unsafe posix_spawn_file_actions_adddup2(&actions, executable, Self.programDescriptor) }
        unsafe csp_close_from(&actions, executable == nil ? Self.programDescriptor : Self.programDescriptor + 1)
        unsafe posix_spawn_file_actions_addchdir_np(&actions, "/")

        let executed = executable == nil ? path : "/dev/fd/\(Self.programDescriptor)"
        let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        // A word ends at its first zero byte, as every program sees it.
        var words = ([path] + arguments + variables)
            .flatMap { word in word.utf8.prefix { $0 != 0 } + [0] }
            .map(CChar.init(bitPattern:))
        var processID = pid_t()
        let status = unsafe csp_start(
            &processID,
            executed,
            &actions,
            &words,
            arguments.count + 1,
            variables.count
        )
        guard status == 0 else { throw Failure(number: status) }
        return processID
    }
}

/// The pipes of one process; closes what is not kept, so that every way out of starting it is clean.
private struct PipeEnds: ~Copyable {
    private var ends: [Int32] = []
    private var kept: [Int32] = []

    init() {}

    deinit { for end in ends where !kept.contains(end) { close(end) } }

    /// Opens a pipe whose ends are clear of the numbers that the process gets.
    mutating func open() throws(ProcessSpawn.Failure) -> (reading: Int32, writing: Int32) {
        var pair: [Int32] = [-1, -1]
        guard unsafe csp_pipe(&pair) == 0 else { throw ProcessSpawn.Failure(number: errno) }
        defer { for end in pair { close(end) } }
        var moved: [Int32] = []
        for end in pair {
            let copy = fcntl(end, F_DUPFD_CLOEXEC, 16)
            guard copy >= 0 else { throw ProcessSpawn.Failure(number: errno) }
            ends.append(copy)
            moved.append(copy)
        }
        return (moved[0], moved[1])
    }

    mutating func keep(_ numbers: [Int32]) { kept += numbers }
}
