/// Tells whether something that is measured again and again stays as it is.
struct Flatness {
    /// How much more the end may be than the beginning: a part of it, and a fixed amount for what is small.
    var share = 0.0
    var allowance = 0

    /// Compares what there was after a tenth of the time with the end, each as the middle of a tenth of the samples.
    ///
    /// - Returns: both and whether they are alike; nil when there are too few samples to say.
    func verdict(on samples: [Int]) -> (before: Int, after: Int, isFlat: Bool)? {
        guard samples.count >= 20 else { return nil }
        let tenth = samples.count / 10
        let before = Self.middle(samples[tenth..<(2 * tenth)])
        let after = Self.middle(samples.suffix(tenth))
        return (before, after, after <= before + Int(Double(before) * share) + allowance)
    }

    private static func middle(_ samples: ArraySlice<Int>) -> Int { samples.sorted()[samples.count / 2] }
}
