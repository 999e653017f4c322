import RawJSON
import RecordingKit
import Testing

@testable import RecordingTestKit

@Suite("Taking personal data out of answers")
struct AnonymiserTests {
    private func anonymiser(
        _ rules: AnonymisationRules = AnonymisationRules(),
        literals: Set<String> = ["tapes"]
    ) throws -> Anonymiser {
        Anonymiser(
            StandInKey(7, 11),
            rules: rules,
            secrets: ["s3cret/value"],
            literals: literals,
            baseURL: try #require(HTTPURL("http://127.0.0.1:8080/v1")),
            publicURL: try #require(HTTPURL("https://tapes.example/api"))
        )
    }

    /// What one answer becomes.
    private func result(
        _ body: String,
        headers: HTTPHeaders = [:],
        rules: AnonymisationRules = AnonymisationRules()
    ) throws -> (json: JSONValue, headers: HTTPHeaders) {
        let exchange = RecordedExchange(
            RecordedRequest("GET", "/tapes"),
            RecordedResponse(headers: headers, body: Array(body.utf8))
        )
        var anonymiser = try anonymiser(rules)
        anonymiser.learn([exchange], settings: [])
        let response = anonymiser.exchange(exchange).response
        return (try JSONDocument(parsing: response.body).root, response.headers)
    }

    @Test(
        "keeps what looks like a time, a number, an id or a choice",
        arguments: [
            #"{"id":"4f914b1dfe3c4d11a61730f18c0f5387"}"#, #"{"meetingId":"12345"}"#, #"{"status":"ready"}"#,
            #"{"id":"4f914b1d-fe3c-4d11-a617-30f18c0f5387"}"#, #"{"id":"11111111-2222-3333-4444-555555555555"}"#,
            #"{"caller_joined_at":"2026-01-02T03:04:05Z"}"#, #"{"callerType":"guest"}"#,
            #"{"eventType":"recording.started"}"#, #"{"at":"2026-01-02T03:04:05.678Z"}"#, #"{"size":168103}"#,
            #"{"isOn":true,"none":null,"empty":""}"#, #"{"page":"17"}"#, #"{"duration":1.50E+1}"#,
            #"{"file_size":168103222}"#, #"{"id":88412345678}"#, #"{"created_at":1772323200000}"#, #"{"score":0.75}"#,
            #"{"code":"NOT_FOUND"}"#, #"{"code":"404"}"#, #"{"total_pages":"1200"}"#, #"{"next_page_token":"2"}"#,
        ]
    )
    func kept(json: String) throws {
        #expect(String(decoding: try result(json).json.rawBytes, as: UTF8.self) == json)
    }

    @Test(
        "replaces what may tell somebody something",
        arguments: [
            #"{"title":"All hands"}"#, #"{"name":"Dave"}"#, #"{"who":"dave"}"#, #"{"host":"ann@clinic.example"}"#,
            #"{"phone":"+49 30 123456"}"#, #"{"caller":4930123456}"#, #"{"number":"4930123456"}"#,
            #"{"site":"clinic.example"}"#, #"{"status":"with ann@clinic.example"}"#, #"{"passcode":123456}"#,
            #"{"next_page_token":"abc"}"#, #"{"type":"s3cret/value"}"#, #"{"id":"czNjcmV0L3ZhbHVl1"}"#,
            #"{"url":"https://files.example/ann?sig=x"}"#, #"{"ann@clinic.example":1}"#, #"{"file":"All hands.mp4"}"#,
        ]
    )
    func replaced(json: String) throws {
        let found = String(decoding: try result(json).json.rawBytes, as: UTF8.self)
        let original = try JSONDocument(parsing: json).root.members.map { $0 }[0]
        #expect(found != json)
        #expect(!found.contains(original.value.scalarText ?? "") || original.value.scalarText == "1")
        #expect(!found.contains("ann@") && !found.contains("sig=x"))
    }

    @Test(
        "replaces the numbers and ids of people, whatever they look like",
        arguments: [
            #"{"phone":"415-555-0134"}"#, #"{"ssn":"078-05-1120"}"#, #"{"number":"078-05-1120"}"#,
            #"{"caller_id":"+14155550134"}"#, #"{"caller_id":"14155550134"}"#, #"{"patient_id":"MRN12345"}"#,
            #"{"patient_id":"4f914b1dfe3c4d11"}"#, #"{"patientId":"12345"}"#, #"{"id":"MRN12345"}"#,
            #"{"date_of_birth":"1980-01-02"}"#, #"{"fax":"4f914b1dfe3c"}"#, #"{"id":"2026-555-0134"}"#,
        ]
    )
    func people(json: String) throws {
        let original = try #require(try JSONDocument(parsing: json).root.members.map { $0 }.first?.value.string)
        let found = String(decoding: try result(json).json.rawBytes, as: UTF8.self)
        #expect(!found.contains(original))
    }

    @Test(
        "replaces what is called a key, a code or the like",
        arguments: [
            #"{"pwd":"1a2b3c4d"}"#, #"{"meetingPass":"1a2b3c4d"}"#, #"{"sig":"1a2b3c4d"}"#, #"{"auth":"1a2b3c4d"}"#,
            #"{"key":"1a2b3c4d"}"#, #"{"host_key":"123456"}"#, #"{"access_code":"482913"}"#, #"{"accesscode":"open"}"#,
            #"{"joinCode":"open"}"#, #"{"dial-in-code":"open"}"#, #"{"verification_code":"12"}"#, #"{"otp":"123"}"#,
            #"{"extra":"482913"}"#, #"{"code":"482913"}"#, #"{"keys":["1a2b3c4d"]}"#,
            #"{"host_key":123456}"#, #"{"accessCode":482913}"#,
        ]
    )
    func secretNames(json: String) throws {
        let original = try #require(json.split(separator: ":").last?.filter { $0.isLetter || $0.isNumber })
        #expect(!String(decoding: try result(json).json.rawBytes, as: UTF8.self).contains(original))
    }

    @Test(
        "replaces long numbers but under the name of an id, a time or a size",
        arguments: [
            #"{"external_number":14155550134}"#, #"{"from":14155550134}"#, #"{"mrn":88412345}"#, #"{"mrn":88412}"#,
            #"{"patient_id":88412345}"#, #"{"latitude":52.5200066}"#, #"{"from":-14155550134}"#,
            #"{"from":1.4155550134E+10}"#, #"{"id":"14155550134","caller":14155550134}"#,
        ]
    )
    func longNumbers(json: String) throws {
        let original = try #require(try JSONDocument(parsing: json).root.members.map { $0 }.last?.value)
        let found = try result(json).json
        #expect(!String(decoding: found.rawBytes, as: UTF8.self).contains(original.numberText ?? ""))
        #expect(found.members.map { $0 }.last?.value.kind == .number)
    }

    @Test("replaces the id of somebody under the name of a person, and the same in requests, alone and put together")
    func personalIDs() throws {
        let exchanges = [
            RecordedExchange(
                RecordedRequest("GET", "/tapes"),
                RecordedResponse(
                    body: Array(#"{"patient":{"id":"48213"},"id":"EG_x7Yz","next":{"id":"EG_y8Za"}}"#.utf8)
                )
            ),
            RecordedExchange(
                RecordedRequest("GET", "/tapes/EG_x7Yz/48213", query: [.init("ids", "EG_x7Yz,EG_y8Za")]),
                RecordedResponse()
            ),
        ]
        var anonymiser = try anonymiser()
        anonymiser.learn(exchanges, settings: [])
        let results = exchanges.map { anonymiser.exchange($0) }
        let answer = try JSONDocument(parsing: results[0].response.body).root
        let ids = try ["/id", "/patient/id", "/next/id"].map {
            try #require(answer.value(at: try JSONPointer(parsing: $0))?.string)
        }
        #expect(Set(ids).isDisjoint(with: ["EG_x7Yz", "48213", "EG_y8Za"]))
        #expect(results[1].request.path == "/tapes/\(ids[0])/\(ids[1])")
        #expect(results[1].request.query == [.init("ids", "\(ids[0]),\(ids[2])")])
    }

    @Test("gives the same text the same stand-in, e-mails without regard to case")
    func consistent() throws {
        let json = try result(
            #"{"a":"Ann Example","b":["Ann Example"],"c":"ann@x.example","d":"Ann@X.example","e":"Bob"}"#
        ).json
        #expect(json["a"]?.string == json["b"]?[0]?.string)
        #expect(json["c"]?.string == json["d"]?.string)
        #expect(json["a"]?.string != json["e"]?.string)
        #expect(json["c"]?.string?.contains("@") == true)
    }

    @Test("replaces a text that holds one which was replaced elsewhere, even under the name of an id")
    func telling() throws {
        let json = try result(#"{"id":"call-Fitzgerald-7","name":"Fitzgerald"}"#).json
        #expect(json["id"]?.string?.contains("Fitzgerald") == false)
    }

    @Test("obeys the operator, but never keeps a credential")
    func rules() throws {
        let rules = AnonymisationRules(keep: ["/rows/*/title", "/key"], replace: ["/status"])
        let json = try result(
            #"{"rows":[{"title":"All hands"}],"key":"s3cret/value","status":"ready"}"#,
            rules: rules
        ).json
        #expect(json.value(at: "/rows/0/title")?.string == "All hands")
        #expect(json["key"]?.string != "s3cret/value")
        #expect(json["status"]?.string != "ready")
    }

    @Test("keeps the header fields that a replay needs, with links to the platform's own address")
    func headers() throws {
        let headers = try result(
            "{}",
            headers: [
                "Set-Cookie": "session=1", "X-User": "ann", "Content-Type": "application/json; name=\"Ann\"",
                "Link": "<http://127.0.0.1:8080/v1/tapes?cursor=abc&max=5>; rel=\"next\"; title=\"Ann\"",
                "Retry-After": "30",
                "X-RateLimit-Remaining": "7",
            ]
        ).headers
        #expect(
            headers.fields.map(\.name).sorted() == ["Content-Type", "Link", "Retry-After", "X-RateLimit-Remaining"]
        )
        #expect(headers["Content-Type"] == "application/json")
        let link = try #require(headers["Link"])
        #expect(
            link.hasPrefix("<https://tapes.example/api/tapes?cursor=text-") && link.hasSuffix("&max=5>; rel=\"next\"")
        )
    }

    @Test(
        "replaces the words of links to the platform's own address",
        arguments: [
            "/recordings/Anna-Mueller-intake.mp4", "/tapes?name=Anna%20Mueller", "/tapes?name=Anna",
            "http://127.0.0.1:8080/v1/u/Anna/tapes", "http://127.0.0.1:8080/files/Anna.mp4",
            "http://127.0.0.1:8080/v1/tapes?by=14155550134#Anna", "/tapes/14155550134",
        ]
    )
    func links(link: String) throws {
        let json = try result("{\"link\":\"\(link)\",\"self\":\"\(link)\"}").json
        let found = String(decoding: json.rawBytes, as: UTF8.self)
        #expect(!found.contains("Anna") && !found.contains("Mueller") && !found.contains("14155550134"))
        #expect(json["link"]?.string == json["self"]?.string)
        #expect(json["link"]?.string?.hasSuffix(".mp4") == link.hasSuffix(".mp4"))
    }

    @Test(
        "replaces somebody's name in a path though the connector was written with it",
        arguments: ["jane@x.example", "jdoe", "Anna Mueller", "anna-mueller-7", "YW5uQGNsaW5pYy5leGFtcGxl"]
    )
    func literals(word: String) throws {
        let path = "/users/\(PercentEncoding.encode(word))/calls"
        let exchange = RecordedExchange(
            RecordedRequest("GET", path),
            RecordedResponse(body: Array(#"{"owner":"jdoe","host":"Anna Mueller","by":"mueller","name":"calls"}"#.utf8))
        )
        var anonymiser = try anonymiser(literals: ["users", "calls", word])
        anonymiser.learn([exchange], settings: [])
        let result = anonymiser.exchange(exchange).request.path
        #expect(result.hasPrefix("/users/") && result.hasSuffix("/calls"))
        #expect(result != path)
    }

    @Test(
        "replaces the keys under which somebody's data are filed",
        arguments: [
            #"{"owner":"jdoe","permissions":{"jdoe":"read"}}"#, #"{"permissions":{"jdoe":"read"},"owner":"jdoe"}"#,
            #"{"permissions":{"jane.jdoe":1}}"#, #"{"by":"jdoe-1","all":{"of-jdoe-1":1}}"#,
            #"{"by":{"415-555-0134":1}}"#, #"{"by":{"+14155550134":1}}"#, #"{"by":{"/home/jdoe":1}}"#,
        ]
    )
    func keys(json: String) throws {
        let found = String(decoding: try result(json).json.rawBytes, as: UTF8.self)
        #expect(!found.contains("jdoe") && !found.contains("555"))
    }

    @Test(
        "keeps the names of members, though somebody's text is the same or a part of them",
        arguments: [
            #"{"field":"title","title":1}"#, #"{"by":"recording","recordingId":1}"#,
            #"{"by":"egress","egressState":1}"#,
            #"{"@odata.nextLink":1}"#, #"{"2026-01-02":1}"#, #"{"4f914b1dfe3c4d11":1}"#, #"{"participants_v2":1}"#,
        ]
    )
    func names(json: String) throws {
        let name = try #require(try JSONDocument(parsing: json).root.members.map { $0 }.last?.name)
        #expect(try result(json).json.members.map { $0 }.last?.name == name)
    }

    @Test("keeps what leads on in links, and asks for what was replaced in them as it was replaced")
    func followedLinks() throws {
        let kept = "https://tapes.example/api/tapes/4f914b1dfe3c4d11/7/88412345?at=2026-01-02T03%3A04%3A05Z&page=2"
        let exchanges = [
            RecordedExchange(
                RecordedRequest("GET", "/tapes"),
                RecordedResponse(
                    body: Array(
                        """
                        {"id":"88412345","next":"/v1/tapes/Anna/more?cursor=abc","action":"more",\
                        "self":"\(kept.replacing("https://tapes.example/api", with: "http://127.0.0.1:8080/v1"))"}
                        """.utf8
                    )
                )
            ),
            RecordedExchange(
                RecordedRequest("GET", "/tapes/Anna/more", query: [.init("cursor", "abc")]),
                RecordedResponse()
            ),
        ]
        var anonymiser = try anonymiser()
        anonymiser.learn(exchanges, settings: [])
        let results = exchanges.map { anonymiser.exchange($0) }
        let answer = try JSONDocument(parsing: results[0].response.body).root
        let next = try #require(answer["next"]?.string.flatMap { HTTPURL($0) })
        #expect(answer["self"]?.string == kept)
        #expect(answer["action"]?.string == "more")
        #expect("/api" + results[1].request.path == next.path)
        #expect(results[1].request.query == next.queryPairs)
        #expect(!next.text.contains("Anna") && !next.text.contains("abc"))
    }

    @Test("replaces in requests what it replaced in the answers that they came from")
    func joined() throws {
        let link = "<http://127.0.0.1:8080/v1/tapes?cursor=YW5uQGNsaW5pYy5leGFtcGxl>; rel=\"next\""
        let exchanges = [
            RecordedExchange(
                RecordedRequest("GET", "/tapes", query: [.init("fields", "participants_with_names")]),
                RecordedResponse(
                    headers: ["Link": link],
                    body: Array(#"{"items":[{"key":"ann smith"}],"next":"cursor of ann"}"#.utf8)
                )
            ),
            RecordedExchange(
                RecordedRequest("GET", "/tapes/ann%20smith", query: [.init("cursor", "YW5uQGNsaW5pYy5leGFtcGxl")]),
                RecordedResponse()
            ),
            RecordedExchange(
                RecordedRequest(
                    "POST",
                    "/tapes",
                    query: [.init("key", "s3cret/value")],
                    body: #"{"after":"cursor of ann"}"#
                ),
                RecordedResponse()
            ),
        ]
        var anonymiser = try anonymiser()
        anonymiser.learn(exchanges, settings: [])
        let results = exchanges.map { anonymiser.exchange($0) }
        let answer = try JSONDocument(parsing: results[0].response.body).root
        let key = try #require(answer.value(at: "/items/0/key")?.string)
        #expect(results[0].request.query == [.init("fields", "participants_with_names")])
        #expect(results[1].request.path == "/tapes/\(key)")
        let cursor = try #require(results[1].request.query.first?.value)
        #expect(cursor != "YW5uQGNsaW5pYy5leGFtcGxl")
        #expect(results[0].response.headers["Link"]?.contains("cursor=\(cursor)>") == true)
        let next = try #require(answer["next"]?.string)
        #expect(results[2].request.body == "{\"after\":\"\(next)\"}")
        #expect(results[2].request.query == [])
    }

    @Test("lists what was kept, wherever it was")
    func listed() throws {
        let answer = #"{"size":7,"by":{"jane_roe":{"id":"12"}},"self":"/tapes/77/x?page=3"}"#
        let request = RecordedRequest(
            "POST",
            "/tapes/12",
            query: [.init("filter", "roe")],
            body: #"{"after":"roe7","count":9}"#
        )
        let exchange = RecordedExchange(request, RecordedResponse(body: Array(answer.utf8)))
        var anonymiser = try anonymiser()
        anonymiser.learn([exchange], settings: [])
        _ = anonymiser.exchange(exchange)
        anonymiser.noteSent("ready", in: "settings")
        #expect(
            anonymiser.kept == [
                "/size": ["7"], "/by/jane_roe/id": ["12"], "names of members in /by": ["jane_roe"],
                "links": ["77", "3"], "path of requests": ["12"], "filter in queries of requests": ["roe"],
                "bodies of requests": ["roe7", "9"], "settings": ["ready"],
            ]
        )
    }

    @Test(
        "finds what was replaced in one place and left in another, however it is encoded",
        arguments: [
            ("Ann Example", true), ("ann@x.example", true), ("id-4f914b1d-fe3c", true), ("Ann%20Example", true),
            ("kept by order", false), ("Ann", false), ("tapes.example", false),
        ]
    )
    func leftovers(text: String, isLeft: Bool) throws {
        let answer =
            #"{"a":"Ann Example","b":"ann@x.example","c":"id-4f914b1d-fe3c","d":"Ann","e":"kept by order","f":"by order","#
            + #""g":"tapes.example"}"#
        let exchange = RecordedExchange(
            RecordedRequest("GET", "/tapes"),
            RecordedResponse(body: Array(answer.utf8))
        )
        var anonymiser = try anonymiser(AnonymisationRules(keep: ["/e"]))
        anonymiser.learn([exchange], settings: [])
        _ = anonymiser.exchange(exchange)
        #expect(!anonymiser.leavesSomething(in: Array("{}\n{\"x\":[1]}".utf8)))
        #expect(anonymiser.leavesSomething(in: Array("{}\n{\"x\":[\"so \(text) is\"]}".utf8)) == isLeft)
    }

    @Test("hashes with SipHash-2-4")
    func sipHash() {
        // The first and the sixteenth vector of the reference implementation, whose key is 00 01 … 0f.
        let key = StandInKey(0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
        #expect(key.hash("") == 0x726F_DB47_DD0E_0E31)
        let bytes = (0..<15).map { UInt8($0) }
        #expect(key.hash(String(decoding: bytes, as: UTF8.self)) == 0xA129_CA61_49BE_45E5)
    }

    @Test("decodes base64 in the middle of other text, and writes it")
    func base64() {
        #expect(Base64Text.encode(Array("user:pass".utf8)) == "dXNlcjpwYXNz")
        #expect(Base64Text.encode(Array("ab".utf8)) == "YWI=")
        #expect(TextForms.of("Basic dXNlcjpwYXNz, more").contains("user:pass"))
        #expect(TextForms.of("a%40b").contains("a@b"))
        #expect(TextForms.of(#"a\/b"#).contains("a/b"))
    }

    @Test(
        "undoes encodings around each other",
        arguments: [
            "a%252Fb", "a%25252Fb", "c3VyZSBhL2Igc3VyZQ%3D%3D", "c3VyZSBhJTJGYiBzdXJl", #"c3VyZSBhXC9iIHN1cmU"#,
            "YzNWeVpTQmhMMklnYzNWeVpRPT0=", #"a\u00252Fb"#,
        ]
    )
    func layers(text: String) {
        #expect(TextForms.of(text).contains { $0.contains("a/b") })
    }
}
