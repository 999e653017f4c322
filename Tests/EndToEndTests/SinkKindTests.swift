import Foundation
import Testing

@Suite("The kinds of sinks on the command line", .enabled(if: Tool.executable != nil))
struct SinkKindTests {
    @Test("are all taken, and what one of them cannot do is said")
    func known() async throws {
        try await CrashSite.with(.tiny(SinkKind.usual + SinkKind.special)) { site in
            let result = try await site.validate()
            #expect(result.exitCode == 0, "\(result.text)")
        }
        for option in [#"compress: "gzip""#, #"rotate: "1MB""#, #"directory: "data/out""#] {
            let kind = SinkKind(name: "", configuration: #"{ kind: "sqlite", path: "data/r.db", \#(option) }"#) { _ in
                []
            }
            try await CrashSite.with(.tiny([kind])) { site in
                let result = try await site.validate()
                #expect(result.exitCode == 78)
                #expect(result.text.contains("A \"sqlite\" sink has no"), "\(result.text)")
            }
        }
    }
}
