import RecordingKit
import Testing

@Suite("URLs")
struct HTTPURLTests {
    @Test(
        "An absolute URL is taken apart",
        arguments: [
            ("https://api.example.com", "https://api.example.com/"),
            ("HTTPS://API.Example.COM/A", "https://api.example.com/A"),
            ("https://a.example:443/x?y=1#z", "https://a.example/x?y=1"),
            ("http://a.example:80/", "http://a.example/"),
            ("https://a.example:8443?q", "https://a.example:8443/?q"),
            ("https://a.example:/x", "https://a.example/x"),
            ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
            ("http://[::ffff:127.0.0.1]/", "http://[::ffff:127.0.0.1]/"),
            ("https://a.example/b/../c/./d", "https://a.example/c/d"),
            ("https://a.example/x?u=https://b.example/../y", "https://a.example/x?u=https://b.example/../y"),
            ("https://a.example.:65535/", "https://a.example.:65535/"),
        ]
    )
    func accepts(text: String, whole: String) {
        #expect(HTTPURL(text)?.text == whole)
    }

    @Test(
        "What is not strictly an http or https URL is refused",
        arguments: [
            "", "a.example", "//a.example/", "/path", "ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)",
            "https:/a.example", "https:a.example", "https,https://a.example/", "https://", "https:///path",
            "https://?q",
            "https://:443/", "https://user@a.example/", "https://user:secret@a.example/",
            "https://a.example@b.example/",
            "https://a.example\\@b.example/", "https://a.example\\b", " https://a.example/", "https://a.example/ ",
            "https://a.example/a b", "https://a.example/\n", "https://a.example/\u{7F}", "https://a.example/é",
            "https://bücher.example/", "https://a.example:0/", "https://a.example:65536/", "https://a.example:-1/",
            "https://a.example:+80/", "https://a.example:8x/", "https://a:b:80/", "https://[]/", "https://[1]/",
            "https://[::1/", "https://::1/", "https://[::1]x/", "https://[::1%25eth0]/", "https://[::g]/",
            "https://a..example/", "https://.example/", "https://./", "https://a.example,b.example/",
            "https://%61.example/",
        ]
    )
    func refuses(text: String) {
        #expect(HTTPURL(text) == nil)
    }

    @Test(
        "References resolve as RFC 3986, section 5.4 says",
        arguments: [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
            ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q"),
            ("g#s", "http://a/b/c/g"), ("g?y#s", "http://a/b/c/g?y"), (";x", "http://a/b/c/;x"),
            ("g;x", "http://a/b/c/g;x"),
            ("g;x?y#s", "http://a/b/c/g;x?y"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
            ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"),
            ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"),
            ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"),
            ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
            ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
            ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"),
            ("g?y/./x", "http://a/b/c/g?y/./x"), ("g?y/../x", "http://a/b/c/g?y/../x"), ("g#s/./x", "http://a/b/c/g"),
            ("?u=http://b/", "http://a/b/c/d;p?u=http://b/"), ("https://b/x", "https://b/x"),
        ]
    )
    func resolves(reference: String, whole: String) throws {
        let base = try #require(HTTPURL("http://a/b/c/d;p?q"))
        #expect(base.resolving(reference)?.text == whole)
    }

    @Test(
        "References that lead nowhere are refused",
        arguments: ["", "g:h", "http:g", "mailto:a@b", "//", "///x", "//user@b/", "a b", "g\\h", "https,https://b/"]
    )
    func refusesReferences(reference: String) throws {
        let base = try #require(HTTPURL("http://a/b/c/d;p?q"))
        #expect(base.resolving(reference) == nil)
    }

    @Test("The query is in the text and in nothing that is printed")
    func hidesQuery() throws {
        let url = try #require(HTTPURL("https://a.example/x?signature=hunter2"))
        #expect(url.text.contains("hunter2"))
        #expect(url.description == "https://a.example/x")
        #expect(!printedForms(of: url).contains { $0.contains("hunter2") })
    }

    @Test("Parts that are put together make a URL with a path that begins with a slash")
    func fromParts() throws {
        let origin = try #require(HTTPURL("https://a.example")).origin
        #expect(HTTPURL(origin: origin, path: "x", query: "y=1").text == "https://a.example/x?y=1")
        #expect(HTTPURL(origin: origin, path: "/x").text == "https://a.example/x")
    }
}
