import Digest
import RecordingKit
import Testing

@testable import ObjectStorage

/// Cases of the test suite that Amazon published for Signature Version 4 (`aws-sig-v4-test-suite`), by their names there.
///
/// Paths are signed as object storage wants them, so of the cases on normalising paths only the canonical path is wrong on purpose.
@Suite("The published test suite of Signature Version 4")
struct SignatureSuiteTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var method = "GET"
        var path = "/"
        var query: [S3Parameter] = []
        var headers: HTTPHeaders = [:]
        var body = ""
        let signature: String
    }

    static let cases = [
        Case(
            testDescription: "get-vanilla",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        ),
        Case(
            testDescription: "get-unreserved",
            path: "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"
        ),
        Case(
            testDescription: "get-utf8",
            path: S3Key.encode("/\u{1234}"),
            signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"
        ),
        Case(
            testDescription: "get-vanilla-query-order-key-case",
            query: [S3Parameter("Param2", "value2"), S3Parameter("Param1", "value1")],
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
        ),
        Case(
            testDescription: "get-vanilla-query-order-value",
            query: [S3Parameter("Param1", "value2"), S3Parameter("Param1", "value1")],
            signature: "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694"
        ),
        Case(
            testDescription: "get-vanilla-utf8-query",
            query: [S3Parameter("\u{1234}", "bar")],
            signature: "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"
        ),
        Case(
            testDescription: "get-header-value-order",
            headers: HTTPHeaders(
                ["value4", "value1", "value3", "value2"].map { HTTPHeaders.Field(name: "My-Header1", value: $0) }
            ),
            signature: "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01"
        ),
        Case(
            testDescription: "get-header-value-trim",
            headers: ["My-Header1": " value1", "My-Header2": " \"a   b   c\""],
            signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"
        ),
        Case(
            testDescription: "post-x-www-form-urlencoded",
            method: "POST",
            headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: "Param1=value1",
            signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"
        ),
        Case(
            testDescription: "post-sts-header-before",
            method: "POST",
            headers: [
                "X-Amz-Security-Token":
                    "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeo"
                    + "IYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5"
                    + "VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9"
                    + "Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=="
            ],
            signature: "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"
        ),
    ]

    private let signer = SigV4(
        credentials: S3Credentials(
            accessKeyID: "AKIDEXAMPLE",
            secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        ),
        region: "us-east-1",
        service: "service"
    )

    @Test("Each case has its published signature", arguments: cases)
    func signature(_ example: Case) throws {
        var headers = example.headers
        headers.set("Host", "example.amazonaws.com")
        headers.set("X-Amz-Date", "20150830T123600Z")
        let request = CanonicalRequest(
            method: example.method,
            path: example.path,
            query: example.query,
            headers: headers,
            payloadHash: try SHA256.hash(Array(example.body.utf8)).lowercaseHex
        )
        let time = SigningTime(try #require(Timestamp("2015-08-30T12:36:00Z")))
        #expect(try signer.signature(of: request, at: time) == example.signature)
    }

    @Test(
        "A path is signed as it is, since a//b and a/./b are keys of their own",
        arguments: ["/a//b", "/a/./b", "/a/../b"]
    )
    func pathAsItIs(path: String) {
        let request = CanonicalRequest(method: "GET", path: path, query: [], headers: [:], payloadHash: "")
        #expect(request.text.split(separator: "\n", omittingEmptySubsequences: false)[1] == path)
    }

    @Test("A temporary key's token is sent and signed")
    func token() throws {
        let signer = SigV4(
            credentials: S3Credentials(accessKeyID: "A", secretAccessKey: Secret("B"), sessionToken: Secret("C")),
            region: "r"
        )
        let headers = try signer.sign(
            method: "GET",
            host: "h",
            path: "/",
            query: [],
            headers: [:],
            payloadHash: SigV4.emptyPayloadHash,
            at: SigningTime(Timestamp(secondsSince1970: 0))
        )
        #expect(headers["x-amz-security-token"] == "C")
        #expect(headers["Authorization"]?.contains(";x-amz-security-token,") == true)
    }
}
