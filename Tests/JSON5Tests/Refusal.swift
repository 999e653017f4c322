import Testing

/// A text that is not JSON5, with the place and the words of the error.
struct Refusal: CustomTestStringConvertible {
    let text: String
    let line: Int
    let column: Int
    let message: String

    var testDescription: String { text.debugDescription }

    init(_ text: String, _ line: Int, _ column: Int, _ message: String) {
        self.text = text
        self.line = line
        self.column = column
        self.message = message
    }

    static let all = values + containers + numbers + strings + names + comments

    private static let word = "expected a value; apart from null, true, false and numbers, text needs quotes"

    private static let values = [
        Refusal("", 1, 1, "found the end of the text, expected a value"),
        Refusal(" \n ", 2, 2, "found the end of the text, expected a value"),
        Refusal("#", 1, 1, "found \"#\", expected a value"),
        Refusal("\u{1}", 1, 1, "found U+0001, expected a value"),
        Refusal("1 2", 1, 3, "found \"2\", expected the end of the text"),
        Refusal("[] \"", 1, 4, "found '\"', expected the end of the text"),
        Refusal("[]\u{FEFF}\u{1F600}", 1, 4, "found \"\u{1F600}\", expected the end of the text"),
        Refusal("\n True", 2, 2, "found \"T\", \(word)"),
        Refusal("nullx", 1, 1, "found \"n\", \(word)"),
        Refusal("[webex]", 1, 2, "found \"w\", \(word)"),
    ]

    private static let containers = [
        Refusal("[,]", 1, 2, "found \",\", expected a value"),
        Refusal("[1,,2]", 1, 4, "found \",\", expected a value"),
        Refusal("[1 2]", 1, 4, "found \"2\", expected \",\" or \"]\" in the array that begins at line 1, column 1"),
        Refusal("[1}", 1, 3, "found \"}\", expected \",\" or \"]\" in the array that begins at line 1, column 1"),
        Refusal(
            "\n[",
            2,
            2,
            "found the end of the text, expected a value or \"]\" in the array that begins at line 2, column 1"
        ),
        Refusal(
            "[1",
            1,
            3,
            "found the end of the text, expected \",\" or \"]\" in the array that begins at line 1, column 1"
        ),
        Refusal("{,}", 1, 2, "found \",\", expected a name or \"}\" in the object that begins at line 1, column 1"),
        Refusal("{1:1}", 1, 2, "found \"1\", expected a name or \"}\" in the object that begins at line 1, column 1"),
        Refusal(
            "{a:{",
            1,
            5,
            "found the end of the text, expected a name or \"}\" in the object that begins at line 1, column 4"
        ),
        Refusal("{a 1}", 1, 4, "found \"1\", expected \":\" after a name"),
        Refusal("{a}", 1, 3, "found \"}\", expected \":\" after a name"),
        Refusal("{a:}", 1, 4, "found \"}\", expected a value"),
        Refusal(
            "{a:1\n b:2}",
            2,
            2,
            "found \"b\", expected \",\" or \"}\" in the object that begins at line 1, column 1"
        ),
    ]

    private static let numbers = [
        Refusal("01", 1, 2, "found \"1\", expected no digit after a leading zero"),
        Refusal("-00", 1, 3, "found \"0\", expected no digit after a leading zero"),
        Refusal("+", 1, 2, "found the end of the text, expected a digit"),
        Refusal("- 1", 1, 2, "found U+0020, expected a digit"),
        Refusal("--1", 1, 2, "found \"-\", expected a digit"),
        Refusal(".", 1, 2, "found the end of the text, expected a digit"),
        Refusal(".e1", 1, 2, "found \"e\", expected a digit"),
        Refusal("1e", 1, 3, "found the end of the text, expected a digit of the exponent"),
        Refusal("[1e+]", 1, 5, "found \"]\", expected a digit of the exponent"),
        Refusal("0x", 1, 3, "found the end of the text, expected a hexadecimal digit"),
        Refusal("0xg", 1, 3, "found \"g\", expected a hexadecimal digit"),
        Refusal("0x1.8", 1, 4, "found \".\", expected the end of the number"),
        Refusal("1.2.3", 1, 4, "found \".\", expected the end of the number"),
        Refusal("15m", 1, 3, "found \"m\", expected the end of the number"),
        Refusal("1\u{661}", 1, 2, "found \"\u{661}\", expected the end of the number"),
        Refusal("-Inf", 1, 5, "found the end of the text, expected the word Infinity"),
        Refusal("+Nope", 1, 3, "found \"o\", expected the word NaN"),
        Refusal("-Infinity1", 1, 10, "found \"1\", expected the end of the number"),
    ]

    private static let strings = [
        Refusal(
            "'abc",
            1,
            5,
            "found the end of the text, expected the closing quote of the string that begins at line 1, column 1"
        ),
        Refusal(
            "['a\nb']",
            1,
            4,
            "found the end of the line, expected the closing quote of the string that begins at line 1, column 2"
        ),
        Refusal(
            "\"a'",
            1,
            4,
            "found the end of the text, expected the closing quote of the string that begins at line 1, column 1"
        ),
        Refusal("'\\", 1, 3, "found the end of the text, expected a character after a backslash"),
        Refusal("'\\1'", 1, 3, "found \"1\", expected no digit after a backslash"),
        Refusal("'\\00'", 1, 4, "found \"0\", expected no digit after \\0"),
        Refusal("'\\x4'", 1, 5, "found \"'\", expected a hexadecimal digit"),
        Refusal("'\\u004g'", 1, 7, "found \"g\", expected a hexadecimal digit"),
        Refusal("'a\\uD83C'", 1, 3, "found half of a surrogate pair, expected both halves"),
        Refusal("'\\uDFBC\\uD83C'", 1, 2, "found half of a surrogate pair, expected both halves"),
        Refusal("'\\uD83C\\u0041'", 1, 2, "found half of a surrogate pair, expected both halves"),
        Refusal("'\\uD83C\\n'", 1, 2, "found half of a surrogate pair, expected both halves"),
    ]

    private static let names = [
        Refusal("{a-b:1}", 1, 3, "found \"-\", expected \":\" after a name"),
        Refusal("{\\x61:1}", 1, 3, "found \"x\", expected \"u\" after a backslash in a name"),
        Refusal(
            "{a\\u002D:1}",
            1,
            3,
            "found an escape of a character that names cannot hold, expected a letter"
        ),
        Refusal(
            "{\\u0031:1}",
            1,
            2,
            "found an escape of a character that names cannot hold, expected a letter"
        ),
        Refusal(
            "{\u{301}a:1}",
            1,
            2,
            "found U+0301, expected a name or \"}\" in the object that begins at line 1, column 1"
        ),
    ]

    private static let comments = [
        Refusal("/", 1, 2, "found the end of the text, expected \"/\" or \"*\" to begin a comment"),
        Refusal("1 /x", 1, 4, "found \"x\", expected \"/\" or \"*\" to begin a comment"),
        Refusal(
            "\n /* a\n *",
            3,
            3,
            "found the end of the text, expected \"*/\" to close the comment that begins at line 2, column 2"
        ),
        Refusal(
            "/*/",
            1,
            4,
            "found the end of the text, expected \"*/\" to close the comment that begins at line 1, column 1"
        ),
    ]
}
