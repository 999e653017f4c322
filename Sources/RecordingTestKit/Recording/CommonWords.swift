/// Words of which platforms make the names of members and the paths of requests.
///
/// Where one of them is somebody's text too, such as a call that is named "calls", the structure of an answer stays what it is.
enum CommonWords {
    static let all: Set<String> = [
        "access", "account", "accounts", "action", "admin", "answer", "api", "archive", "archives", "at", "audio",
        "audit", "body", "bytes", "by", "call", "calls", "channel", "channels", "chat", "code", "codec", "comment",
        "conference", "conferences", "content", "count", "created", "cursor", "data", "date", "deleted", "description",
        "detail", "details", "device", "devices", "display", "download", "downloads", "duration", "email", "emails",
        "end", "ended", "error", "errors", "event", "events", "extension", "field", "fields", "file", "files", "first",
        "format", "from", "full", "group", "groups", "guest", "has", "hits", "host", "hosts", "id", "ids", "index",
        "info", "is", "item", "items", "key", "kind", "label", "language", "last", "length", "level", "limit", "link",
        "links", "list", "locale", "location", "log", "logs", "me", "media", "meeting", "meetings", "member",
        "members", "message", "messages", "meta", "metadata", "method", "mode", "name", "names", "next", "note",
        "notes", "number", "object", "odata", "offset", "organization", "organizations", "owner", "page", "pages",
        "pagination", "participant", "participants", "password", "path", "permission", "permissions",
        "person", "phone", "phones", "play", "playback", "preferences", "prev", "previous", "profile", "profiles",
        "reason", "record", "recorded", "recorder", "recording", "recordings", "records", "report", "reports",
        "result", "results", "role", "roles", "room", "rooms", "self", "service", "services", "session", "sessions",
        "settings", "share", "site", "sites", "size", "sort", "source", "start", "started", "state", "status",
        "summary",
        "tag", "tags", "team", "teams", "text", "time", "timezone", "title", "to", "topic", "total", "transcript",
        "transcripts", "type", "updated", "uri", "url", "urls", "user", "users", "uuid", "v1", "v2", "v3", "value",
        "values", "version", "video", "view", "views", "webhook", "webhooks", "who", "zone",
    ]
}
