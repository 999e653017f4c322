import CSpawn

/// The variables that the program was started with.
///
/// Read without Foundation, which would cost every start milliseconds and memory for this alone.
enum ProcessEnvironment {
    /// The variables by name; of one that is set twice the first counts, as for `getenv`.
    static func read() -> [String: String] {
        var variables: [String: String] = [:]
        guard var entry = unsafe csp_environment() else { return variables }
        while let text = unsafe entry.pointee {
            let pair = unsafe String(cString: text)
            if let mark = pair.utf8.firstIndex(of: UInt8(ascii: "=")) {
                let name = String(pair[..<mark])
                if variables[name] == nil { variables[name] = String(pair[pair.utf8.index(after: mark)...]) }
            }
            unsafe entry += 1
        }
        return variables
    }
}
