/// Lets only so many scenarios be open at once.
///
/// All tests run side by side, and hundreds of open archives and servers together need thousands of descriptors: more than many
/// machines allow, and more than Foundation's `Process` can list without reading past the end of a folder's entries.
actor ScenarioSlots {
    static let shared = ScenarioSlots(count: 12)

    @TaskLocal private static var isHeld = false

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(count: Int) { free = count }

    /// Runs `body` when there is room; a scenario within a scenario needs none of its own.
    nonisolated func run(_ body: () async throws -> Void) async throws {
        if Self.isHeld { return try await body() }
        await take()
        do {
            try await Self.$isHeld.withValue(true) { try await body() }
            await give()
        } catch {
            await give()
            throw error
        }
    }

    private func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func give() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
