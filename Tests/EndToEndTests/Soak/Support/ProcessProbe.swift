import Foundation

/// What the system says of a running process.
struct ProcessProbe: Sendable {
    let identifier: Int32

    /// What a process holds at one moment.
    struct Sample: Sendable, Equatable {
        /// Resident memory in kilobytes.
        var memory: Int
        /// The most that it has had, in kilobytes.
        var peakMemory: Int
        var descriptors: Int
    }

    /// Nil once the process has ended.
    func sample() -> Sample? {
        guard let status = try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8),
            let memory = Self.kilobytes("VmRSS", in: status), let peak = Self.kilobytes("VmHWM", in: status),
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(identifier)/fd")
        else { return nil }
        return Sample(memory: memory, peakMemory: peak, descriptors: descriptors.count)
    }

    private static func kilobytes(_ name: String, in status: String) -> Int? {
        status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
            .flatMap { Int($0.filter(\.isNumber)) }
    }
}
