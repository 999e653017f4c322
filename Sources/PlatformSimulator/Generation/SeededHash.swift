/// Pure pseudo-random values by position: the same seed, stream and index give the same value on every machine.
///
/// The finalizer is that of SplitMix64, a bijection on 64 bits, so an identifier made with `mix` can be read back with `unmix`
/// and generated data needs no table of identifiers.
enum SeededHash {
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    static func unmix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 31) ^ (z >> 62)) &* 0x3196_42b2_d24d_8ec3
        z = (z ^ (z >> 27) ^ (z >> 54)) &* 0x96de_1b17_3f11_9089
        return z ^ (z >> 30) ^ (z >> 60)
    }

    static func value(_ seed: UInt64, _ stream: UInt64, _ index: UInt64) -> UInt64 {
        mix(mix(seed &+ stream &* 0x9e37_79b9_7f4a_7c15) &+ index &* 0x9e37_79b9_7f4a_7c15)
    }

    /// A value in `0 ..< bound`; the bias of the remainder does not matter for test data.
    static func below(_ bound: Int, _ seed: UInt64, _ stream: UInt64, _ index: UInt64) -> Int {
        Int(value(seed, stream, index) % UInt64(max(1, bound)))
    }
}
