import Testing

@testable import RecordingHost

@Suite("White space between tokens")
struct InsignificantSpaceTests {
    @Test(
        "is no content, and white space in strings is",
        arguments: [
            (#"{"a":1}"#, #"{"a":1}"#), ("{ \"a\" :\r\n\t1 }", #"{"a":1}"#),
            (#"{"a b" : " c  d "}"#, #"{"a b":" c  d "}"#),
            (#"[ "\" x" , "\\" , 1 ]"#, #"["\" x","\\",1]"#), ("", ""),
        ]
    )
    func removed(text: String, expected: String) {
        let kept = InsignificantSpace.removed(from: Array(text.utf8)[...])
        #expect(String(decoding: kept, as: UTF8.self) == expected)
    }
}
