/// Runs `operation` to its end although the surrounding task may be cancelled meanwhile, and waits for it.
///
/// The only unstructured task of the host: it is awaited at once, so it never outlives its caller. For exchanges that must not
/// be abandoned half-way because the other side has already acted; the operation must be bounded by its own time-outs.
///
/// Runs where its caller runs.
func withoutCancellation<Result: Sendable>(
    isolation: isolated (any Actor)? = #isolation,
    _ operation: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await Task {
        _ = isolation
        return try await operation()
    }.value
}
