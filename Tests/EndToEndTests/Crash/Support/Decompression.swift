@testable import FileSinks

/// Gives back what a sink compressed, strictly: a broken frame is damage.
struct Decompression: Sendable {
    let suffix: String
    private let compression: Compression

    static let zstd = Decompression(suffix: ".zst", compression: .zstd)
    static let gzip = Decompression(suffix: ".gz", compression: .gzip)

    func decompress(_ bytes: [UInt8], named name: String) throws -> [UInt8] {
        guard var decompressor = try compression.makeDecompressor() else { return bytes }
        var text: [UInt8] = []
        var taken = 0
        do {
            while taken < bytes.count {
                taken += try decompressor.decompress(bytes.span.extracting(taken..<bytes.count), into: &text)
            }
        } catch {
            throw SinkKind.Damage("\(name) cannot be decompressed")
        }
        guard decompressor.isBetweenFrames else { throw SinkKind.Damage("\(name) ends within a frame") }
        return text
    }
}
