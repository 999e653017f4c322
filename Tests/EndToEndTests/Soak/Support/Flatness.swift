/// Tells whether something that is measured again and again stays as it is.
struct Flatness {
    /// How much more the end may be than the beginning: a part of it, and a fixed amount for what is small.
    var share = 0.0
    var allowance = 0

    /// What there was, each as the middle of a tenth of the samples.
    struct Verdict {
        /// After a tenth of the time: what is only needed to begin is there by then.
        let before: Int
        let middle: Int
        let after: Int
        let isFlat: Bool
    }

    /// Compares the beginning with the end; nil when there are too few samples to say.
    func verdict(on samples: [Int]) -> Verdict? {
        guard samples.count >= 20 else { return nil }
        let tenth = samples.count / 10
        let half = samples.count / 2 - tenth / 2
        let before = Self.middle(samples[tenth..<(2 * tenth)])
        let after = Self.middle(samples.suffix(tenth))
        return Verdict(
            before: before,
            middle: Self.middle(samples[half..<(half + tenth)]),
            after: after,
            isFlat: after <= before + Int(Double(before) * share) + allowance
        )
    }

    private static func middle(_ samples: ArraySlice<Int>) -> Int { samples.sorted()[samples.count / 2] }
}
