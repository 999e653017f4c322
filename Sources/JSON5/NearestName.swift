/// The known name that someone most likely meant, for messages of the form "unknown key …, did you mean …?".
///
/// Letter case does not count. Names are compared by the number of insertions, deletions, replacements and swaps of
/// neighbours (Damerau–Levenshtein, optimal string alignment); up to a third of the length of `name` may differ, but
/// always one, and never all of it. Of equally near names it is the first in string order, so the order of
/// `candidates` does not matter.
package func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased())
    let limit = min(max(1, wanted.count / 3), wanted.count - 1)
    var best: (distance: Int, name: String)?
    for candidate in candidates {
        let known = Array(candidate.lowercased())
        guard abs(known.count - wanted.count) <= limit else { continue }
        let distance = editDistance(wanted, known)
        guard distance <= limit else { continue }
        if let current = best, (current.distance, current.name) <= (distance, candidate) { continue }
        best = (distance, candidate)
    }
    return best?.name
}

private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let replacement = previous[column] + (left[row] == right[column] ? 0 : 1)
            var distance = min(previous[column + 1] + 1, current[column] + 1, replacement)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                distance = min(distance, beforePrevious[column - 1] + 1)
            }
            current.append(distance)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[right.count]
}
