/// How the name of a file ends when the platform does not say.
enum FileExtension {
    private static let byContentType = [
        "video/mp4": "mp4", "video/webm": "webm", "video/quicktime": "mov", "video/x-matroska": "mkv",
        "video/mpeg": "mpg",
        "audio/mp4": "m4a", "audio/x-m4a": "m4a", "audio/mpeg": "mp3", "audio/mp3": "mp3", "audio/ogg": "ogg",
        "audio/webm": "webm", "audio/wav": "wav", "audio/x-wav": "wav", "audio/wave": "wav", "audio/aac": "aac",
        "audio/flac": "flac", "text/vtt": "vtt", "text/plain": "txt", "application/x-subrip": "srt",
    ]

    /// The usual ending for a type of content; `bin` for one that says nothing.
    static func of(contentType: String?) -> String {
        let type = (contentType ?? "").prefix { $0 != ";" }.trimmingSpaces.lowercased()
        return byContentType[type] ?? "bin"
    }
}
