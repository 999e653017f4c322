import Testing

@testable import TapedeckCLI

@Suite("Substitution")
struct SubstitutionTests {
    private let substitution = Substitution(
        environment: ["A": "one", "EMPTY": "", "NESTED": "${env:A}"],
        files: MemoryFiles([
            "/clinic/key": "two\n", "/abs/key": "three\r\n", "/abs/lines": "a\nb\n\n", "/abs/none": "\n",
        ])
        .access,
        folder: "/clinic"
    )

    @Test(
        "References become what they name",
        arguments: [
            ("plain", "plain"), ("${env:A}", "one"), ("<${env:A}-${env:A}>", "<one-one>"), ("${file:key}", "two"),
            ("${file:/abs/key}", "three"), ("${file:/abs/lines}", "a\nb\n"), ("$${env:A}", "${env:A}"),
            ("5$ $a", "5$ $a"),
            ("${env:NESTED}", "${env:A}"), ("", ""),
        ]
    )
    func values(text: String, expected: String) {
        #expect(substitution.resolve(text).text == expected)
    }

    @Test(
        "Only what comes from outside counts as substituted",
        arguments: [("plain", false), ("$${env:A}", false), ("x${env:A}", true)]
    )
    func origin(text: String, expected: Bool) {
        #expect(substitution.resolve(text).isSubstituted == expected)
    }

    @Test(
        "What cannot be replaced is told by name",
        arguments: [
            ("${env:B}", ["The environment variable B is not set."]),
            ("${env:EMPTY}", ["The environment variable EMPTY is empty."]),
            (
                "${env:B} ${env:C}",
                ["The environment variable B is not set.", "The environment variable C is not set."]
            ),
            ("${env:}", ["Expected the name of an environment variable after \"env:\"."]),
            ("${file:no}", ["The file /clinic/no cannot be read: No such file or directory."]),
            ("${file:/abs/none}", ["The file /abs/none is empty."]),
            (
                "${A}",
                ["A reference is neither ${env:NAME} nor ${file:PATH}; write \"$${\" for the characters themselves."]
            ),
            ("${env:A", ["A \"${\" is not closed; write \"$${\" for the characters themselves."]),
        ]
    )
    func problems(text: String, expected: [String]) {
        let result = substitution.resolve(text)
        #expect(result.text == nil)
        #expect(result.problems == expected)
    }
}
