import Foundation

/// The library that counts the calls by which a program changes files, and ends the program or fails a call at a chosen one.
enum FaultShim {
    /// The library, compiled when it is first needed; nil where it cannot be used.
    static let library: URL? = compile("faultshim.c")
    /// The library that puts the program's wall clock forward; nil where it cannot be used.
    static let clock: URL? = compile("clockshim.c")

    static var isAvailable: Bool { library != nil }

    /// What a run is skipped with.
    static let explanation = "needs Linux, a C compiler and the program in the build folder"

    private static func compile(_ name: String) -> URL? {
        #if os(Linux)
        guard Tool.executable != nil else { return nil }
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Shim/\(name)")
        let library = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID().uuidString).so")
        for compiler in ["cc", "clang", "gcc"] {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [compiler, "-O1", "-shared", "-fPIC", "-o", library.path, source.path, "-ldl"]
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { continue }
            process.waitUntilExit()
            if process.terminationStatus == 0 { return library }
        }
        #endif
        return nil
    }
}

/// At which call something happens, and what.
struct CrashPoint: Sendable, CustomStringConvertible {
    /// What happens there.
    enum Mode: String, Sendable, CaseIterable {
        /// Nothing; the calls are counted.
        case count
        /// The process ends before the call.
        case before
        /// The process ends after it.
        case after
        /// The process ends after half of the bytes of a write.
        case torn
        /// The power fails after the call: what was appended and not flushed is gone.
        case power
        /// The call fails.
        case fail
        /// The disk is full: the first write takes half of its bytes, every one after it fails.
        case full
    }

    var mode: Mode
    /// The number of the call among those that are counted, from 1.
    var call = 0
    /// With ``Mode/power``: how many per cent of what was not flushed reach the disk all the same.
    var keptPerCent = 0
    /// With ``Mode/fail``: how many calls fail; 0 means all from there on.
    var times = 0
    var errorNumber = ENOSPC
    /// The only calls that count; empty means all.
    var calls: [String] = []
    /// What the path of a file must contain to count; empty means nothing.
    var files = ""

    /// Calls that put bytes into files.
    static let writes = ["write", "pwrite", "writev"]

    var description: String {
        let details = [
            keptPerCent > 0 ? "keeping \(keptPerCent) %" : nil, times > 0 ? "\(times) times" : nil,
            [.fail, .full].contains(mode) ? "error \(errorNumber)" : nil, calls.isEmpty ? nil : "\(calls)",
            files.isEmpty ? nil : "on \(files)",
        ]
        return (["\(mode) \(call)"] + details.compactMap(\.self)).joined(separator: ", ")
    }

    /// What tells the library of it.
    ///
    /// - Parameters:
    ///   - root: the folder whose files count.
    ///   - log: a file outside of it that gets a line for each call.
    func environment(root: URL, log: URL? = nil) -> [String: String] {
        guard let library = FaultShim.library else { return [:] }
        var variables = [
            "LD_PRELOAD": library.path, "FAULT_ROOT": root.path, "FAULT_MODE": mode.rawValue,
            "FAULT_AT": String(call), "FAULT_KEEP": String(keptPerCent), "FAULT_TIMES": String(times),
            "FAULT_ERRNO": String(errorNumber),
        ]
        if !calls.isEmpty { variables["FAULT_CALLS"] = calls.joined(separator: ",") }
        if !files.isEmpty { variables["FAULT_FILES"] = files }
        variables["FAULT_LOG"] = log?.path
        return variables
    }
}
