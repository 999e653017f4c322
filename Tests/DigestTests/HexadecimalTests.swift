import Digest
import Testing

@Suite("Hexadecimal")
struct HexadecimalTests {
    @Test("writes two lower-case digits a byte")
    func allBytes() {
        #expect([UInt8]().lowercaseHex.isEmpty)
        #expect([0x00, 0x09, 0x0A, 0x0F, 0x10, 0x9F, 0xA0, 0xFF].lowercaseHex == "00090a0f109fa0ff")
    }

    @Test("agrees with the number's own digits for every byte", arguments: UInt8.min...UInt8.max)
    func byte(value: UInt8) {
        let digits = String(value, radix: 16)
        #expect(CollectionOfOne(value).lowercaseHex == (digits.utf8.count == 1 ? "0" + digits : digits))
    }
}
