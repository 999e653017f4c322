import RecordingKit

extension RecordSchema {
    static let recordings = RecordSchema(
        kind: .recordings,
        title: "Recording",
        summary: """
            One recording of a call or meeting. Its key is source and id. It is written when it is first seen and again when \
            its content changed; observed_at is not content.
            """,
        fields: [
            .source, .connector,
            .value("id", .identifier, "The platform's id as text, unique within the source."),
            .known("title", .text, "What the meeting was called."),
            .known("started_at", .time, "When recording began."),
            .known("ended_at", .time, "When recording ended."),
            .known("created_at", .time, "When the platform made the recording's entry or file."),
            .known("updated_at", .time, "When the platform last changed the entry."),
            .value(
                "status",
                .word(["available", "processing", "failed", "deleted", "unknown"]),
                "Where the recording is in its life; unknown when the platform used a word that has no counterpart here."
            ),
            .known("status_raw", .text, "The platform's own word for the status."),
            .known("error", .text, "Why it failed, in the platform's words."),
            .value("host", .object(RecordField.person), "Who hosted the meeting."),
            .known("site", .text, "The site or tenant part that the platform names."),
            .value(
                "context",
                .texts,
                "Platform ids that lead to the recording, such as call_id; which there are depends on the platform."
            ),
            .value("observed_at", .time, "When the platform was asked."),
            .raw,
        ]
    )

    static let accessSummaries = RecordSchema(
        kind: .accessSummaries,
        title: "Access summary",
        summary: """
            How often one recording was viewed and downloaded, by the platform's own counters. Its key is source and \
            recording_id. It is written again when a counter changed; as_of is not content.
            """,
        fields: [
            .source, .connector, .recordingID,
            .known("views", .count, "How often it was viewed."),
            .known("downloads", .count, "How often it was downloaded."),
            .value("as_of", .time, "When the platform was asked."),
        ]
    )

    static let accessEvents = RecordSchema(
        kind: .accessEvents,
        title: "Access event",
        summary: """
            One access to a recording, or one change of it: who, when, what. Its key is source, recording_id and id.
            """,
        fields: [
            .source, .connector, .recordingID,
            .value("id", .text, "The platform's id as text, or one that is derived from what identifies the row."),
            .value("id_is_synthetic", .boolean, "Whether the id was derived because the platform gives none."),
            .value("actor", .object(RecordField.person), "Who did it."),
            .value(
                "actions",
                .words(["view", "download", "read", "create", "update", "delete", "unknown"]),
                """
                What was done. read is opening it without the platform saying whether it was watched or downloaded; unknown is \
                a word of the platform that has no counterpart here.
                """
            ),
            .known("occurred_at", .time, "When it was done."),
            .known(
                "changes",
                .platformObject,
                "The platform's object of changed fields, byte for byte, each with the old and the new value."
            ),
            .known(
                "self_induced",
                .boolean,
                "Whether reading through this program caused it; null where that is not known."
            ),
            .raw,
        ]
    )

    static let media = RecordSchema(
        kind: .media,
        title: "Medium",
        summary: """
            The file of one rendition of a recording, or why there is none. Its key is source, recording_id and rendition.
            """,
        fields: [
            .source, .connector, .recordingID,
            .value("rendition", .identifier, "Which rendition it is, such as video, audio or transcript."),
            .known("path", .text, "Where the file is, relative to the folder for media."),
            .known("bytes", .count, "How many bytes it has."),
            .known("sha256", .pattern("^[0-9a-f]{64}$"), "The SHA-256 of its bytes."),
            .known("content_type", .text, "What it holds, as the platform says."),
            .known("etag", .text, "The entity tag that came with it."),
            .known("fetched_at", .time, "When its last byte arrived."),
            .value(
                "state",
                .word(["stored", "pending", "forbidden", "gone", "failed"]),
                """
                stored: the file is there; pending: worth asking again in a later run; forbidden: the platform or its customer \
                does not let it go; gone: it existed and no longer does; failed: it could not be fetched.
                """
            ),
            .known("reason", .text, "Why there is no file."),
        ]
    )
}

extension RecordField {
    fileprivate static let source = value(
        "source",
        .pattern("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"),
        "The id of the source in the configuration."
    )
    fileprivate static let connector = value(
        "connector",
        .pattern("^[a-z0-9_]+$"),
        "The id of the connector that read it."
    )
    fileprivate static let recordingID = value("recording_id", .text, "The id of the recording.")
    fileprivate static let raw = optional(
        "raw",
        .platformObject,
        "The platform's own object, byte for byte; absent when raw is switched off in the configuration."
    )
    fileprivate static let person: [RecordField] = [
        known("id", .text, "The platform's id of the person, as text."),
        known("name", .text, "The display name."),
        known("email", .text, "The e-mail address, in the platform's own spelling."),
    ]
}
