import Testing

@testable import ConnectorManifest

@Suite("What a manifest is refused for")
struct RefusalTests {
    @Test("the sample with nearly every key is sound")
    func sound() { #expect(problems(SampleManifests.whole) == []) }

    /// What is replaced in the sound sample, by what, and the one problem that comes of it.
    private static let cases: [(what: String, by: String, problem: String)] = [
        (
            "title: \"/name\"", "titel: \"/name\"",
            "recordings: there is no key \"titel\" in an object that describes recordings; did you mean \"title\"?"
        ),
        (
            "style: \"page_number\"", "style: \"page_numbers\"",
            "paging.style: found \"page_numbers\", expected \"none\", \"link_header\""
        ),
        (
            "path: \"/me\"", "path: \"me\"",
            "check.path: found \"me\", expected a path that begins with \"/\", as a template"
        ),
        ("path: \"/me\"", "path: \"/me?x=1\"", "check.path: a path has no"),
        (
            "path: \"/me\"", "path: \"/me/{window.from}\"",
            "check.path: there is no name \"window.from\"; known here are settings.baseURL"
        ),
        (
            "{settings.mode}\" }, query", "{settings.mod}\" }, query",
            "everyRequest.headers.X-Mode: there is no name \"settings.mod\""
        ),
        (
            "site: \"{settings.mode}\"", "site: \"{settings.token}\"",
            "recordings.site: \"settings.token\" is secret: only authentication may read it"
        ),
        (
            "| unix_seconds", "| unix_second",
            "json.to: there is no filter \"unix_second\"; did you mean \"unix_seconds\"?"
        ),
        (
            "Token {token}", "Token {tokn}",
            "headers.X-Token: the setting \"tokn\" is not declared; declared are client.id, client.secret"
        ),
        (
            "longest: \"30d\"", "longest: \"30 days\"",
            "windows.longest: found \"30 days\", expected a duration such as \"90s\""
        ),
        ("longest: \"30d\"", "longest: \"10m\"", "windows: a range of at most 600 s is shorter"),
        (
            "not_found: {", "not_fond: {",
            "media.onError.not_fond: there is no error code \"not_fond\" of answers; did you mean \"not_found\"?"
        ),
        (
            "encodeTwice: [\"user\"]", "encodeTwice: [\"usr\"]",
            "encodeTwice[0]: the path has no hole \"usr\" to encode twice; did you mean \"user\"?"
        ),
        ("is: \"failed\"", "is: \"fail\"", "status[0].is: found \"fail\", expected \"available\", \"processing\""),
        ("ok: \"available\"", "ok: \"availible\"", "status[1].table.ok: found \"availible\", expected \"available\""),
        (
            "label: \"user {user}\"", "label: \"user {user | percent_encode}\"",
            "label: a label is for people, so \"percent_encode\" has no place in it"
        ),
        (
            "label: \"user {user}\"", "label: \"user {user | lowercase | base64}\"",
            "label: a label is for people, so \"base64\" has no place in it"
        ),
        ("label: \"user {user}\"", "label: \"user {userMail}\"", "label: there is no name \"userMail\""),
        (
            "steps: [{ eachOf", "steps: [{ values: [1], eachOf",
            "listings[0].steps[0]: a step has one of request, eachOf and values, found 2"
        ),
        (
            "at: \"/next\", parameter: \"/page/token\"", "parameter: \"/page/token\"",
            "recordings.paging: paging of the style \"cursor\" needs the key \"at\""
        ),
        (
            "items: \"/meetings\", more", "items: \"/meetings\", first: 1, more",
            "paging.first: \"first\" means nothing to paging of the style \"cursor\""
        ),
        (
            "method: \"POST\", path: \"/users/{user}/search\"", "path: \"/users/{user}/search\"",
            "recordings.request: a GET request has no body"
        ),
        (
            "identity: [\"/who\"", "id: \"/id\", identity: [\"/who\"",
            "accessEvents[0]: events are told apart by one of id and identity"
        ),
        (
            "{ rendition: \"transcript\", url: \"/transcript\",", "{ rendition: \"transcript\",",
            "media.links[1]: the key \"url\" is missing"
        ),
        (
            "url: \"/transcript\", lifetime", "url: \"/transcript\", expiresAt: \"/e\", lifetime",
            "links[1].lifetime: \"lifetime\" is for links that do not say when they end"
        ),
        (
            "startSetting: \"from\"", "startSetting: \"mode\"",
            "startSetting: the setting \"mode\" is not of the type \"time\""
        ),
        (
            "limits: { concurrency: 4", "limits: { concurrency: 4000",
            "limits.concurrency: found the number 4000, expected a whole number from 1 to 256"
        ),
        ("as: \"time\", zone: \"+02:00\"", "as: \"time\", zone: \"Berlin\"", "recordings.createdAt.zone: "),
        (
            "total: \"/total\", limit", "total: \"/total/*\", limit",
            "splitAbove.total: found \"/total/*\", expected a path without \"*\""
        ),
        (
            "each: \"/files/*\", where: { at: \"/kind\"", "each: \"files\", where: { at: \"/kind\"",
            "recordings.each: a path begins with \"/\" or is empty"
        ),
        ("bind: { state: \"\" }", "bind: { window: \"\" }", "bind.window: \"window\" cannot be bound"),
        (
            "bind: { user: \"/id\" }", "bind: { user: \"/id\", state: \"/s\" }",
            "bind.state: the name \"state\" is bound already"
        ),
        ("choices: [\"a\", \"b\"], ", "", "settings.mode: a choice needs the key \"choices\""),
        ("default: 10,", "default: 1000,", "settings.size: "),
        (
            "means: \"rate_limited\", wait: { at:", "means: \"rate_limited\", wait: { header: \"W\", at:",
            "responses[0].wait: a wait stands in one place: at or header"
        ),
        (
            "credentialOrigins: [\"https://*.whole.example\"]", "credentialOrigins: [\"http://whole.example\"]",
            "credentialOrigins[0]: found \"http://whole.example\", expected an https origin"
        ),
        (
            "baseURL: \"https://whole.example/api\"", "baseURL: \"whole.example\"",
            "baseURL: found \"whole.example\", expected an absolute URL"
        ),
        ("manifest: 1", "manifest: 2", "manifest: found the number 2, expected a whole number from 1 to 1"),
        (
            "{ at: \"/active\", equals: true }", "{ at: \"/active\", name: \"user\", equals: true }",
            "where[0].name: a condition looks at one thing"
        ),
        ("not: { at: \"/kind\"", "at: \"/x\", not: { at: \"/kind\"", "where[1]: \"not\" stands alone in its condition"),
        (
            "listings: [\n    {\n      when: { name: \"settings.users\", exists: true },", "listings: [\n    {",
            "listings[0]: the listings after this one are never used"
        ),
    ]

    @Test("the problem says where it is, what is wrong and what is expected", arguments: cases.indices)
    func refusal(index: Int) {
        let (what, by, problem) = Self.cases[index]
        let text = SampleManifests.whole
        #expect(text.contains(what))
        let found = problems(text.replacing(what, with: by, maxReplacements: 1))
        #expect(found.contains { $0.contains(problem) }, "\(found)")
        #expect(found.count <= 3, "\(found)")
    }

    @Test("a window that no request asks for is a problem")
    func unusedWindow() {
        let text = withHead(
            "recordings: { request: { path: \"/a\" }, id: \"/id\" },",
            head: "windows: { longest: \"1d\" },"
        )
        #expect(problems(text).contains { $0.contains("windows: no request uses \"window.from\"") })
    }

    @Test("reading by window without windows is a problem")
    func byWindow() {
        let text = withHead("listings: [{ byWindow: true }], recordings: { request: { path: \"/a\" }, id: \"/id\" },")
        #expect(problems(text).contains { $0.contains("listings[0].byWindow: there are no \"windows\" to read by") })
    }

    @Test("a secret that nothing reads, and credentials without a secret, are problems")
    func secrets() {
        let body = "recordings: { request: { path: \"/a\" }, id: \"/id\" },"
        let unread = withHead(body, settings: "other: { type: \"text\", help: \"Other.\", secret: true },")
        #expect(problems(unread).contains { $0.contains("the secret \"other\" is read by nothing") })
        let open = withHead(body).replacing("secret: true", with: "secret: false")
        #expect(problems(open).contains { $0.contains("none of the settings that authentication reads is \"secret\"") })
    }

    @Test(
        "an error that does not say that there is nothing cannot be ignored, nor be an answer about files",
        arguments: [
            "server_error", "timeout", "connection_failed", "rate_limited", "wait_too_long", "unauthorized",
            "malformed_response", "not_json", "truncated_response", "response_too_large", "redirect_refused",
        ]
    )
    func outages(code: String) {
        let sound = SampleManifests.whole
        let problem = "\"\(code)\" does not say that there is nothing; known here are not_found, gone"
        for place in ["ignore: [\"forbidden\"]", "ignore: [\"not_found\"]"] {
            let found = problems(sound.replacing(place, with: "ignore: [\"\(code)\"]"))
            #expect(found.count == 1 && found[0].contains("ignore[0]: \(problem)"), "\(found)")
        }
        let found = problems(sound.replacing("onError: { not_found:", with: "onError: { \(code):"))
        #expect(found.count == 1 && found[0].contains("media.onError.\(code): \(problem)"), "\(found)")
    }

    @Test(
        "a key without a name that decides which recordings a part holds is a problem",
        arguments: [
            "request: { path: \"/calls/{call}\" }, id: \"/id\"",
            "request: { path: \"/calls\", query: { call: \"{call}\" } }, id: \"/id\"",
            "request: { path: \"/calls\" }, id: \"{call}-{/id}\"",
            "request: { path: \"/calls\" }, where: { name: \"call\", equals: \"x\" }, id: \"/id\"",
        ]
    )
    func key(recordings: String) {
        let text = withHead(
            """
            listings: [{ steps: [{ values: ["1"], bind: { user: "" } }, { values: ["2"], bind: { call: "" } }], key: "{user}" }],
            recordings: { \(recordings) },
            """
        )
        let found = problems(text)
        #expect(found.count == 1 && found[0].contains("listings[0].key: parts with another \"call\""), "\(found)")
        #expect(problems(text.replacing("key: \"{user}\"", with: "key: \"{user}/{call}\"")) == [])
    }

    @Test("a label that would show an e-mail is a problem")
    func label() {
        let text = withHead(
            """
            listings: [{ steps: [{ request: { path: "/u" }, each: "/u/*", bind: { host: "/email" } }], label: "host {host}" }],
            recordings: { request: { path: "/a/{host}" }, id: "/id" },
            """
        )
        #expect(
            problems(text).contains { $0.contains("listings[0].label: the label would show an e-mail by \"host\"") }
        )
    }

    @Test("text that is no JSON5 is refused at its place", arguments: [("", 1, 1), ("{\n  a: }", 2, 6), ("[", 1, 2)])
    func syntax(text: String, line: Int, column: Int) throws {
        let failure = #expect(throws: ManifestFailure.self) {
            try ConnectorManifest(parsing: Array(text.utf8), fileName: "x.json5")
        }
        let problem = try #require(failure?.problems.first)
        #expect(problem.line == line && problem.column == column)
        #expect(failure?.description.hasPrefix("x.json5:\(line):\(column): ") == true)
    }

    @Test("a name that stands twice is told beside the other problems")
    func repeatedNames() {
        let found = problems("{ manifest: 1, id: \"a\", id: \"b\" }")
        #expect(found.contains { $0.hasPrefix("1:25: ") })
        #expect(found.count > 3)
    }

    @Test("a manifest that is no object is refused", arguments: ["[]", "1", "\"x\"", "null"])
    func noObject(text: String) {
        #expect(problems(text).contains { $0.contains("expected a manifest") })
    }
}
