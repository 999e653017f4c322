import RecordingTestKit

/// The samples of the platform's documentation, to the letter; they hold no real person.
enum WebexSamples {
    static let summaries = #"""
        {
            "items": [
                {
                    "recordingId": "4f914b1dfe3c4d11a61730f18c0f5387",
                    "topic": "Example Topic",
                    "timeRecorded": "2020-07-13T17:05:35Z",
                    "siteUrl": "site4-example.webex.com",
                    "hostEmail": "john.andersen@example.com",
                    "viewCount": 18,
                    "downloadCount": 10
                   },
                {
                    "recordingId": "3324fb76946249cfa07fc30b3ccbf580",
                    "topic": "Example Topic",
                    "timeRecorded": "2020-07-13T17:05:35Z",
                    "siteUrl": "site4-example.webex.com",
                    "hostEmail": "john.andersen@example.com",
                    "viewCount": 0,
                    "downloadCount": 2
                },
                {
                    "recordingId": "42b80117a2a74dcf9863bf06264f8075",
                    "topic": "Example Topic",
                    "timeRecorded": "2020-07-13T17:05:35Z",
                    "siteUrl": "site4-example.webex.com",
                    "hostEmail": "john.andersen@example.com",
                    "viewCount": 7,
                    "downloadCount": 20
                }
            ]
        }
        """#

    static let details = #"""
        {
            "items": [
                {
                    "recordingId": "4f914b1dfe3c4d11a61730f18c0f5387",
                    "topic": "Example Topic",
                    "name": "John Andersen",
                    "email": "john.andersen@example.com",
                    "accessTime": "2020-07-13T17:05:35Z",
                    "viewed": true,
                    "downloaded": false
                },
                {
                    "recordingId": "4f914b1dfe3c4d11a61730f18c0f5387",
                    "topic": "Example Topic",
                    "name": "Brenda Song",
                    "email": "brenda.song@example.com",
                    "accessTime": "2020-07-18T19:05:35Z",
                    "viewed": false,
                    "downloaded": true
                },
                {
                    "recordingId": "4f914b1dfe3c4d11a61730f18c0f5387",
                    "topic": "Example Topic",
                    "name": "Joe Doe",
                    "email": "joeDoe@example.com",
                    "accessTime": "2020-08-18T19:08:33Z",
                    "viewed": true,
                    "downloaded": true
                }
            ]
        }
        """#

    static let recording: JSONLiteral = .object(members(links: .object(links)))

    static let links: [(name: String, value: JSONLiteral)] = [
        (
            "recordingDownloadLink",
            "https://site4-example.webex.com/nbr/MultiThreadDownloadServlet?siteid=2062842&recordid=305176&ticket=SDJT%3D%3D"
        ),
        ("audioDownloadLink", "https://site4-example.webex.com/nbr/downloadMedia.do?siteid=2062842&mediaType=1"),
        ("transcriptDownloadLink", "https://site4-example.webex.com/nbr/downloadMedia.do?siteid=2062842&mediaType=2"),
        ("expiration", "2022-05-01T10:30:25Z"),
    ]

    /// The documented details with other links, format and status; `nil` leaves the links out.
    static func members(
        links: JSONLiteral?,
        format: String = "ARF",
        status: JSONLiteral = "available"
    ) -> [(name: String, value: JSONLiteral)] {
        let before: [(name: String, value: JSONLiteral)] = [
            ("id", "4f914b1dfe3c4d11a61730f18c0f5387"), ("topic", "Example Topic"),
            ("createTime", "2020-07-13T17:11:35Z"), ("timeRecorded", "2020-07-13T17:05:35Z"),
            ("siteUrl", "site4-example.webex.com"),
            ("downloadUrl", "https://site4-example.webex.com/site4/lsr.php?RCID=b91b6bfafbeb"),
            ("playbackUrl", "https://site4-example.webex.com/site4/ldr.php?RCID=7a9f11a2f2c4"),
            ("password", "********"),
        ]
        let after: [(name: String, value: JSONLiteral)] = [
            ("format", .string(format)), ("serviceType", "MeetingCenter"), ("durationSeconds", 18_416),
            ("sizeBytes", 168_103), ("shareToMe", false), ("integrationTags", ["dbaeceebea5c4a63ac9d5ef1edfe36b9"]),
            ("status", status),
        ]
        return before + (links.map { [("temporaryDirectDownloadLinks", $0)] } ?? []) + after
    }
}
