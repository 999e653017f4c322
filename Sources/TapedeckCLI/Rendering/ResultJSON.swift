import JSON5
import RawJSON
import RecordingHost
import RecordingKit

/// Results for machines: one object a command, with stable `snake_case` names.
enum ResultJSON {
    /// An object that begins with the command and its exit code.
    static func object(command: String, exitCode: ExitCode, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("command", command)
        writer.member("exit_code", Int(exitCode.rawValue))
        body(&writer)
        writer.endObject()
        return writer.take()
    }

    /// What is wrong with a configuration, or should be known about it.
    static func write(_ diagnostics: [Diagnostic], to writer: inout JSONWriter) {
        writer.list(diagnostics) { diagnostic, writer in
            writer.beginObject()
            writer.member("severity", diagnostic.severity.rawValue)
            writer.name("path")
            writer.list(diagnostic.path) { $1.string($0) }
            writer.member("line", diagnostic.position?.line)
            writer.member("column", diagnostic.position?.column)
            writer.member("message", diagnostic.message)
            writer.member("suggestion", diagnostic.suggestion)
            writer.endObject()
        }
    }

    /// An error of the host, or null.
    static func write(_ error: TapedeckError?, advice: String? = nil, to writer: inout JSONWriter) {
        guard let error else { return writer.null() }
        writer.beginObject()
        writer.member("code", error.code.rawValue)
        writer.member("reason", error.reason)
        writer.member("source", error.source)
        writer.member("endpoint", error.endpoint)
        writer.member("status", error.status)
        writer.member("request_id", error.requestID)
        writer.member("retry_at", error.retryAt?.description)
        writer.member("attempts", error.attempts)
        writer.member("advice", advice)
        writer.endObject()
    }

    /// How a run ended for one source, or null.
    static func write(_ outcome: SourceOutcome?, advice: (ListingFailure) -> String?, to writer: inout JSONWriter) {
        guard let outcome else { return writer.null() }
        writer.beginObject()
        writer.member("source", outcome.source)
        writer.member("connector", outcome.connector)
        writer.member("state", outcome.state.rawValue)
        writer.name("complete")
        write(outcome.complete, to: &writer)
        writer.name("counts")
        write(outcome.counts, to: &writer)
        writer.name("failures")
        writer.list(outcome.failures) { failure, writer in
            writer.beginObject()
            writer.member("code", failure.code)
            writer.member("reason", failure.reason)
            writer.member("advice", advice(failure))
            writer.endObject()
        }
        writer.member("retry_at", outcome.retryAt?.description)
        writer.endObject()
    }

    /// Ranges with their ends; `from` is null where a range is open.
    static func write(_ ranges: [CompleteRange], to writer: inout JSONWriter) {
        writer.list(ranges) { range, writer in
            writer.beginObject()
            writer.member("from", range.from?.description)
            writer.member("to", range.to.description)
            writer.endObject()
        }
    }

    private static func write(_ counts: SourceCounts, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("recordings", counts.recordings)
        writer.member("events", counts.events)
        writer.member("details", counts.details)
        writer.name("written")
        writer.beginObject()
        for kind in RecordKind.all { writer.member(kind.rawValue, counts.written[kind] ?? 0) }
        writer.endObject()
        writer.member("listings_complete", counts.listingsComplete)
        writer.member("listings_incomplete", counts.listingsIncomplete)
        writer.member("requests", counts.requests)
        writer.member("retries", counts.retries)
        writer.member("rate_limited", counts.rateLimited)
        writer.name("waited_seconds")
        writer.double(counts.waited.inSeconds)
        writer.member("audit_reads", counts.auditReads)
        writer.name("media")
        MediaText.write(counts.media, to: &writer)
        writer.endObject()
    }
}

extension Duration {
    /// The span in seconds, with a fraction.
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds / 1_000_000_000_000) / 1_000_000
    }
}

extension JSONWriter {
    mutating func member(_ name: String, _ text: String?) {
        self.name(name)
        if let text { string(text) } else { null() }
    }

    mutating func member(_ name: String, _ number: Int?) {
        self.name(name)
        if let number { integer(number) } else { null() }
    }

    mutating func member(_ name: String, _ value: Bool) {
        self.name(name)
        boolean(value)
    }

    /// Writes an array of what `body` writes for each element.
    mutating func list<Element>(_ elements: [Element], _ body: (Element, inout JSONWriter) -> Void) {
        beginArray()
        for element in elements { body(element, &self) }
        endArray()
    }
}
