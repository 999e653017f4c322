import Testing

@testable import RecordingHost
@testable import TapedeckCLI

@Suite("Progress of a verification")
struct VerificationBoardTests {
    private func progress(_ bytes: Int64, files: Int = 0) -> MediaVerificationProgress {
        var progress = MediaVerificationProgress()
        progress.bytesDone = bytes
        progress.bytesTotal = 4_000_000_000
        progress.filesDone = files
        progress.filesTotal = 2
        return progress
    }

    @Test("On a terminal one line is drawn over, ten times a second at most, and ended when all is done")
    func redrawing() {
        var board = VerificationBoard(style: .redrawn(width: 200))
        #expect(
            board.accept(progress(0), at: .seconds(10))
                == "\r\u{1B}[2K[                        ] 0 %, 0 B of 4.0 GB, 0 of 2 files"
        )
        #expect(board.accept(progress(1), at: .milliseconds(10_099)).isEmpty)
        #expect(
            board.accept(progress(1_000_000_000, files: 1), at: .seconds(12))
                == "\r\u{1B}[2K[======                  ] 25 %, 1.0 GB of 4.0 GB, 1 of 2 files, 500 MB/s, 6s left"
        )
        let last = board.accept(progress(4_000_000_000, files: 2), at: .milliseconds(12_001))
        #expect(last.hasSuffix("2 of 2 files, 2.0 GB/s\n"))
    }

    @Test("Elsewhere there is a line every five seconds, and none for what is over sooner")
    func appending() {
        var board = VerificationBoard(style: .appended)
        #expect(board.accept(progress(0), at: .seconds(10)).isEmpty)
        #expect(board.accept(progress(1), at: .milliseconds(14_999)).isEmpty)
        #expect(
            board.accept(progress(2_000_000_000, files: 1), at: .seconds(15))
                == "verify: 50 %, 2.0 GB of 4.0 GB, 1 of 2 files, 400 MB/s, 5s left\n"
        )
        #expect(board.accept(progress(4_000_000_000, files: 2), at: .seconds(16)).isEmpty)
    }

    @Test(
        "Numbers of bytes are written with two digits or three",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (9_949, "9.9 kB"), (9_950, "10 kB"), (999_499, "999 kB"),
            (999_500, "1.0 MB"), (4_200_000_000, "4.2 GB"), (-1, "0 B"),
        ] as [(Int64, String)]
    )
    func bytes(count: Int64, text: String) {
        #expect(ByteText.format(count) == text)
    }
}
