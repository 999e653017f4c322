import Testing

@testable import TapedeckCLI

@Suite("Sizes as people write them")
struct SizeTextTests {
    @Test(
        "are whole numbers above 0 with a unit",
        arguments: [
            ("500KB", 500_000), ("100MB", 100_000_000), ("2GB", 2_000_000_000),
            ("999999999GB", 999_999_999_000_000_000),
            ("1KB", 1_000), ("01MB", 1_000_000), ("0MB", nil), ("", nil), ("MB", nil), ("100", nil), ("100B", nil),
            ("100 MB", nil), ("1.5GB", nil), ("-1MB", nil), ("+1MB", nil), ("100mb", nil), ("100MiB", nil),
            ("1MBMB", nil),
            ("1000000000GB", nil), ("١MB", nil),
        ] as [(String, Int64?)]
    )
    func parse(text: String, bytes: Int64?) {
        #expect(SizeText.parse(text) == bytes)
    }

    @Test(
        "and rates are such sizes a second",
        arguments: [
            ("20MB/s", 20_000_000), ("500KB/s", 500_000), ("20MB", nil), ("20MB/S", nil), ("20MB/m", nil),
            ("20/s", nil),
            ("2.5MB/s", nil), ("/s", nil), ("0MB/s", nil), ("20MB/s/s", nil),
        ] as [(String, Int64?)]
    )
    func rate(text: String, bytes: Int64?) {
        #expect(SizeText.parseRate(text) == bytes)
    }
}
