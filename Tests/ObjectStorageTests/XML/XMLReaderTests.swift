import Testing

@testable import ObjectStorage

@Suite("Reading XML")
struct XMLReaderTests {
    @Test("Elements, attributes, entities, comments and the declaration are understood")
    func document() throws {
        let text = """
            \u{FEFF}<?xml version="1.0" encoding="UTF-8"?>
            <!-- nothing -->
            <Result xmlns="http://s3.amazonaws.com/doc/2006-03-01/" b='1'>
              <Key>a&amp;b&lt;&gt;&quot;&apos;&#233;&#xe9;ü</Key><Empty/><Key >second</Key ><Verbatim>1<![CDATA[<2&amp;]]>3</Verbatim>
              <Part><PartNumber>1</PartNumber></Part>
            </Result>
            """
        let root = try XMLReader.read(Array(text.utf8))
        #expect(root.name == "Result")
        #expect(root.all("Key").map(\.text) == ["a&b<>\"'ééü", "second"])
        #expect(root["Empty"]?.isEmpty == true)
        #expect(root["Missing"] == nil)
        #expect(root["Verbatim"] == "1<2&amp;3")
        #expect(root.all("Part").first?["PartNumber"] == "1")
    }

    @Test(
        "What is not a plain document is refused",
        arguments: [
            "", " ", "text", "<a>", "<a></b>", "<a/><b/>", "</a>", "<a", "<a b></a>", "<a b=1/>", "<a b=\"<\"/>",
            "<!DOCTYPE a><a/>", "<a><![CDATA[x]></a>", "<![CDATA[x]]>", "<a><?php ?></a>", "<a>&unknown;</a>",
            "<a>&amp</a>",
            "<a>&#xD800;</a>",
            "<a/>text", "<1/>", "<a>\u{0}<", "<a b=\"1\"c=\"2\"/>", "<!-- <a/>", "<?xml <a/>",
            String(repeating: "<a>", count: 17) + String(repeating: "</a>", count: 17),
        ]
    )
    func refused(text: String) {
        #expect(throws: XMLReader.Malformed.self) { try XMLReader.read(Array(text.utf8)) }
    }

    @Test("Bytes that are not UTF-8 are refused")
    func notUTF8() {
        #expect(throws: XMLReader.Malformed.self) {
            try XMLReader.read([0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E])
        }
    }

    @Test("What is written can be read", arguments: ["<&>\"'", "a b", "ü\u{1F600}", ""])
    func roundTrip(text: String) throws {
        #expect(try XMLReader.read(Array("<a>\(XMLText.encode(text))</a>".utf8)).text == text)
    }
}
