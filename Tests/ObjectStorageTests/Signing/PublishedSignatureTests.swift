import RecordingKit
import Testing

@testable import ObjectStorage

/// The four examples of "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk" in the
/// reference of Amazon S3's API (docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
@Suite("The published examples of signed requests to object storage")
struct PublishedSignatureTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var method = "GET"
        var path = "/"
        var query: [S3Parameter] = []
        var headers: HTTPHeaders = [:]
        var payloadHash = SigV4.emptyPayloadHash
        let signedHeaders: String
        let canonicalHash: String
        let signature: String
    }

    static let examples = [
        Example(
            testDescription: "GET object",
            path: "/test.txt",
            headers: ["Range": "bytes=0-9"],
            signedHeaders: "host;range;x-amz-content-sha256;x-amz-date",
            canonicalHash: "7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972",
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        ),
        Example(
            testDescription: "PUT object",
            method: "PUT",
            path: "/test%24file.text",
            headers: ["Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"],
            payloadHash: "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            signedHeaders: "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            canonicalHash: "9e0e90d9c76de8fa5b200d8c849cd5b8dc7a3be3951ddb7f6a76b4158342019d",
            signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ),
        Example(
            testDescription: "GET bucket lifecycle",
            query: [S3Parameter("lifecycle")],
            signedHeaders: "host;x-amz-content-sha256;x-amz-date",
            canonicalHash: "9766c798316ff2757b517bc739a67f6213b4ab36dd5da2f94eaebf79c77395ca",
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        ),
        Example(
            testDescription: "GET bucket (list objects)",
            query: [S3Parameter("prefix", "J"), S3Parameter("max-keys", "2")],
            signedHeaders: "host;x-amz-content-sha256;x-amz-date",
            canonicalHash: "df57d21db20da04d7fa30298dd4488ba3a2b47ca3a489c74750e0f1e7df1b9b7",
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ),
    ]

    private let signer = SigV4(
        credentials: S3Credentials(
            accessKeyID: "AKIAIOSFODNN7EXAMPLE",
            secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
        ),
        region: "us-east-1"
    )

    @Test("Each has its published signature and string to sign", arguments: examples)
    func signature(_ example: Example) throws {
        let time = SigningTime(try #require(Timestamp("2013-05-24T00:00:00Z")))
        let headers = try signer.sign(
            method: example.method,
            host: "examplebucket.s3.amazonaws.com",
            path: example.path,
            query: example.query,
            headers: example.headers,
            payloadHash: example.payloadHash,
            at: time
        )
        #expect(
            headers["Authorization"]
                == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + "SignedHeaders=\(example.signedHeaders),Signature=\(example.signature)"
        )
        #expect(headers["x-amz-date"] == "20130524T000000Z")
        #expect(headers["x-amz-content-sha256"] == example.payloadHash)
        #expect(headers["host"] == nil)

        var signed = headers
        signed.remove("Authorization")
        signed.set("Host", "examplebucket.s3.amazonaws.com")
        let request = CanonicalRequest(
            method: example.method,
            path: example.path,
            query: example.query,
            headers: signed,
            payloadHash: example.payloadHash
        )
        #expect(
            try signer.stringToSign(request, at: time)
                == "AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n\(example.canonicalHash)"
        )
    }
}
