import Dispatch

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Watches the standard input of this process as long as it lives.
final class StandardInput {
    /// Ends when standard input does; what comes before is thrown away.
    let end: AsyncStream<Never>
    private let source: any DispatchSourceRead

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        end = stream
        source = DispatchSource.makeReadSource(
            fileDescriptor: STDIN_FILENO,
            queue: DispatchQueue(label: "tapedeck.bench.input")
        )
        source.setEventHandler {
            var bytes = [UInt8](repeating: 0, count: 4_096)
            let count = unsafe read(STDIN_FILENO, &bytes, bytes.count)
            if count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN) { continuation.finish() }
        }
        source.resume()
    }

    deinit { source.cancel() }
}
