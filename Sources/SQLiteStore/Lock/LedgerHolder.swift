public import RecordingHost
public import RecordingKit

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Who holds a ledger: what a second run is told when it is refused.
public struct LedgerHolder: Sendable, Hashable, CustomStringConvertible {
    /// The process.
    public let processID: Int32
    /// When it opened the ledger.
    public let since: Timestamp
    /// What it does, such as `tapedeck sync`; must not hold secrets.
    public let command: String
    /// The machine.
    public let host: String

    /// Describes a holder.
    public init(processID: Int32, since: Timestamp, command: String, host: String) {
        self.processID = processID
        self.since = since
        self.command = command
        self.host = host
    }

    /// Describes this process on this machine.
    ///
    /// - Parameters:
    ///   - command: what it does; must not hold secrets.
    ///   - since: the time now; default the machine's.
    public init(command: String, since: Timestamp = SystemClock().now) {
        var bytes = [CChar](repeating: 0, count: 256)
        let status = unsafe gethostname(&bytes, bytes.count - 1)
        let name = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        self.init(
            processID: getpid(),
            since: since,
            command: command,
            host: status == 0 ? String(decoding: name, as: UTF8.self) : "unknown host"
        )
    }

    /// One line for people.
    public var description: String { "process \(processID) (\(command)) on \(host) since \(since)" }

    /// The lock file's content.
    var text: String { "pid \(processID)\nsince \(since)\ncommand \(oneLine(command))\nhost \(oneLine(host))\n" }

    /// Reads a lock file's content; nil while its holder is still writing it.
    init?(text: String) {
        var fields: [Substring: Substring] = [:]
        for line in text.split(separator: "\n") {
            guard let space = line.firstIndex(of: " ") else { continue }
            fields[line[..<space]] = line[line.index(after: space)...]
        }
        guard let processID = fields["pid"].flatMap({ Int32($0) }),
            let since = fields["since"].flatMap({ Timestamp($0) }),
            let command = fields["command"], let host = fields["host"]
        else { return nil }
        self.init(processID: processID, since: since, command: String(command), host: String(host))
    }

    private func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }
}
