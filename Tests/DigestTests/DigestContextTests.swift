import Digest
import Testing

@Suite("Digest context")
struct DigestContextTests {
    @Test("gives the published values when reused", arguments: [1, 2, 3])
    func reuse(rounds: Int) throws {
        let context = try DigestContext()
        for _ in 0..<rounds {
            for vector in SHA256Vector.all {
                #expect(try context.hash(vector.input).lowercaseHex == vector.digest)
                #expect(try context.hash(vector.input[...]).bytes.lowercaseHex == vector.digest)
            }
        }
    }

    @Test("hashes what a slice shows, not what lies around it")
    func slice() throws {
        let context = try DigestContext()
        let text = Array("-abc-".utf8)
        #expect(try context.hash(text[1..<4]) == context.hash(Array("abc".utf8)))
        #expect(try context.hash(text[1..<4]) != context.hash(text))
    }

    @Test("reads the first bytes as big-endian numbers")
    func prefixes() throws {
        let digest = try DigestContext().hash(Array("abc".utf8))
        #expect(digest.prefix64 == 0xBA78_16BF_8F01_CFEA)
        #expect(digest.prefix128.high == 0xBA78_16BF_8F01_CFEA)
        #expect(digest.prefix128.low == 0x4141_40DE_5DAE_2223)
    }

    @Test("agrees with the incremental hash for every short length")
    func lengths() throws {
        let context = try DigestContext()
        for count in 0...200 {
            let input = (0..<count).map { UInt8(truncatingIfNeeded: 7 &* $0) }
            #expect(try context.hash(input).bytes == SHA256.hash(input), "\(count) bytes")
        }
    }
}
