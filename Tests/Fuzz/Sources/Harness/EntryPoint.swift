#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Fuzzer.chosen.run(unsafe Array(UnsafeBufferPointer(start: data, count: count)))
    return 0
}

extension Fuzzer {
    /// The fuzzer that `TAPEDECK_FUZZER` names.
    static let chosen: Fuzzer = {
        let name = unsafe getenv("TAPEDECK_FUZZER").map { unsafe String(cString: $0) } ?? ""
        guard let fuzzer = all.first(where: { $0.name == name }) else {
            stop("TAPEDECK_FUZZER must be one of \(all.map(\.name).joined(separator: ", "))")
        }
        return fuzzer
    }()
}
