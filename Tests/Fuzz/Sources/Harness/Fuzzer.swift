#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// One thing that is given arbitrary bytes, and what must hold of it whatever they are.
struct Fuzzer: Sendable {
    let name: String
    let run: @Sendable ([UInt8]) -> Void
}

/// Demands a property; when it does not hold, the input is kept by libFuzzer as one that crashes.
func demand(_ property: Bool, _ message: @autoclosure () -> String) {
    if !property { stop(message()) }
}

/// Ends the process with a sentence that says what did not hold.
func stop(_ message: String) -> Never {
    var text = "fuzz: \(message)\n"
    text.withUTF8 { bytes in
        _ = unsafe write(2, bytes.baseAddress, bytes.count)
    }
    abort()
}
