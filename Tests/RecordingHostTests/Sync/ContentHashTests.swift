import Testing

@testable import RecordingHost

struct ContentHashTests {
    @Test(
        "Published vectors of XXH64 come out",
        arguments: [
            ("", 0, 0xEF46_DB37_51D8_E999), ("a", 0, 0xD24E_C4F1_A98C_6E5B), ("abc", 0, 0x44BC_2CF5_AD77_0999),
            ("xxhash", 0, 0x32DD_3895_2C4B_C720), ("xxhash", 20_141_025, 0xB559_B98D_844E_0635),
            ("Nobody inspects the spammish repetition", 0, 0xFBCE_A83C_8A37_8BF1),
        ] as [(String, UInt64, UInt64)]
    )
    func published(text: String, seed: UInt64, hash: UInt64) {
        #expect(ContentHash.hash(text, seed: seed) == hash)
    }

    /// The expected values come from another implementation of the specification, which passes the published vectors.
    @Test(
        "Every length class comes out: below and above a lane, a word, a half word",
        arguments: [
            (3, 0xE5C7_BB45_33BC_65DD, 0x5AB1_2304_78CA_6310), (4, 0xFFCE_D860_4453_CC1E, 0x6AE4_9716_2D06_10D7),
            (7, 0x14CC_643F_630C_72D2, 0x5464_0963_B8C7_7FA9), (8, 0x884A_1736_14B8_1B8D, 0x3072_F8C5_CBA4_3E9A),
            (12, 0x424A_F23F_1F08_DCA5, 0x17D8_629F_D1DF_6544), (31, 0xC346_D2B5_9B4D_8EE1, 0x0BDB_BCAE_AD6C_6E56),
            (32, 0xCBF5_9C51_16FF_32B4, 0xA597_2D57_C4AE_A230), (33, 0x0C53_5D1A_CAFB_8EAD, 0x0C43_E577_54C7_78D9),
            (36, 0xDDE0_EF85_E3AE_F05C, 0x0DA4_FB0B_104F_18DA), (40, 0xF5DA_40F1_B117_41E9, 0xFC9F_7A1B_2401_2CB5),
            (63, 0xE26A_A9E2_A95F_8E4F, 0x379E_EAB4_056E_3988), (64, 0xF7C6_7301_DB67_13F0, 0x3C65_D180_9A38_A9BF),
            (100, 0x6AC1_E580_3216_6597, 0x8065_3E7E_9B88_7CDD), (1_000, 0xF306_F04A_A88B_54D3, 0xD602_8C10_F9F0_FBFB),
        ] as [(Int, UInt64, UInt64)]
    )
    func lengths(count: Int, unseeded: UInt64, seeded: UInt64) {
        let bytes = (0..<count).map { UInt8($0 % 251) }
        #expect(ContentHash.hash(bytes[...]) == unseeded)
        #expect(ContentHash.hash(bytes[...], seed: 7) == seeded)
        #expect(ContentHash.hash(([9] + bytes)[1...]) == unseeded)
    }
}
