extension JSONStorage {
    @inline(__always)
    func withView<Result>(_ body: (ByteView) -> Result) -> Result {
        unsafe bytes.withUnsafeBufferPointer { body(unsafe ByteView($0)) }
    }

    /// The index after all words of a value.
    @inline(__always)
    func indexAfterValue(at index: Int) -> Int {
        let word = tape[index]
        return word.isContainer ? word.extent : index &+ 1
    }

    /// The decoded text of a string.
    func text(of word: TapeWord) -> String {
        guard !word.flag else {
            return String(decoding: withView { StringDecoder.utf8(of: word, in: $0) }, as: UTF8.self)
        }
        return withView { $0.text(from: word.start &+ 1, count: word.extent &- 2) }
    }

    /// The index of the value of the last member with a name, among members that fill a range of the index.
    func indexOfMember(_ name: ByteView, from first: Int, to end: Int) -> Int? {
        withView { view in
            let plain = TapeWord(.string, start: 0, extent: name.count &+ 2)
            return unsafe tape.withUnsafeBufferPointer { tape in
                var found: Int?
                var index = first
                // The bounds come from a tape that was checked when it was built; this loop is most of a look-up.
                while index < end {
                    let candidate = unsafe tape[index]
                    if candidate.hasShape(of: plain) {
                        if view.matches(name, at: candidate.start &+ 1) { found = index &+ 1 }
                    } else if candidate.flag, matchesDecoded(candidate, name, in: view) {
                        found = index &+ 1
                    }
                    let value = unsafe tape[index &+ 1]
                    index = value.isContainer ? value.extent : index &+ 2
                }
                return found
            }
        }
    }

    @inline(never)
    private func matchesDecoded(_ candidate: TapeWord, _ name: ByteView, in view: ByteView) -> Bool {
        unsafe StringDecoder.utf8(of: candidate, in: view).withUnsafeBufferPointer {
            let decoded = unsafe ByteView($0)
            return decoded.count == name.count && decoded.matches(name, at: 0)
        }
    }
}
