/// Why a part of a value's declaration cannot be obeyed.
struct ValueProblem: Error, Hashable, CustomStringConvertible {
    /// One sentence that tells what is wrong and what would be right.
    let message: String
    /// The member of the declaration that is wrong, such as `as`; nil when it is the whole.
    var member: String?
    /// The word that is not known, for finding what was meant.
    var unknown: String?
    /// The words that are known in its place.
    var known: [String] = []

    init(_ message: String, member: String? = nil) {
        self.message = message
        self.member = member
    }

    /// A word that is none of those that may stand in its place.
    static func unknownWord(_ word: String, kind: String, known: [String], member: String? = nil) -> ValueProblem {
        var problem = ValueProblem("there is no \(kind) \"\(word)\"", member: member)
        problem.unknown = word
        problem.known = known
        return problem
    }

    var description: String { message }
}
