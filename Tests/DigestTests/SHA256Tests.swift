import Digest
import Testing

@Suite("SHA-256")
struct SHA256Tests {
    @Test("gives the published values", arguments: SHA256Vector.all)
    func publishedValues(vector: SHA256Vector) throws {
        #expect(try SHA256.hash(vector.input).lowercaseHex == vector.digest)
    }

    @Test("takes a million bytes in uneven parts")
    func millionBytes() throws {
        var hash = try SHA256()
        let part = [UInt8](repeating: UInt8(ascii: "a"), count: 977)
        var remaining = 1_000_000
        while remaining > 0 {
            let count = min(remaining, part.count)
            try hash.update(part[..<count])
            remaining -= count
        }
        #expect(
            try hash.finalize().lowercaseHex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        )
    }

    @Test("does not depend on where the input is cut")
    func everySplit() throws {
        let input = (0..<150).map { UInt8($0) }
        let whole = try SHA256.hash(input)
        for first in input.indices {
            for second in first...input.count {
                var hash = try SHA256()
                try hash.update(input[..<first])
                try hash.update(Array(input[first..<second]))
                let rest = input[second...]
                try hash.update(rest.span)
                #expect(try hash.finalize() == whole, "cut at \(first) and \(second)")
            }
        }
    }

    @Test("goes on after the digest of a prefix was taken")
    func prefixDigest() throws {
        var hash = try SHA256()
        try hash.update(Array("ab".utf8))
        let prefix = try hash.finalize()
        #expect(try hash.finalize() == prefix)
        try hash.update(Array("c".utf8))
        #expect(try prefix == SHA256.hash(Array("ab".utf8)))
        #expect(try hash.finalize() == SHA256.hash(Array("abc".utf8)))
    }
}

/// An input with its digest from FIPS 180-4's examples and the NIST byte-oriented response files.
struct SHA256Vector: CustomTestStringConvertible {
    let input: [UInt8]
    let digest: String

    var testDescription: String { "\(input.count) bytes" }

    init(_ text: String, _ digest: String) {
        self.init(Array(text.utf8), digest)
    }

    init(_ input: [UInt8], _ digest: String) {
        self.input = input
        self.digest = digest
    }

    static let all: [SHA256Vector] = [
        SHA256Vector("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        SHA256Vector("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        SHA256Vector(
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        SHA256Vector(
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
        SHA256Vector([0xD3], "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"),
        SHA256Vector([0x11, 0xAF], "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98"),
        SHA256Vector(
            [0x74, 0xBA, 0x25, 0x21],
            "b16aa56be3880d18cd41e68384cf1ec8c17680c45a02b1575dc1518923ae8b0e"
        ),
        SHA256Vector(
            [UInt8](repeating: 0, count: 64),
            "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"
        ),
    ]
}
