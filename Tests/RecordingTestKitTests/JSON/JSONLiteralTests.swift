import RecordingTestKit
import Testing

@Suite("JSON as Swift literals")
struct JSONLiteralTests {
    @Test("every kind of value is written as JSON, members in their order")
    func text() {
        let json: JSONLiteral = ["b": [1, -2.5, true, nil], "a": "x\"\("y")", "c": [:], "d": []]
        #expect(json.text == #"{"b":[1,-2.5,true,null],"a":"x\"y","c":{},"d":[]}"#)
    }
}
