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
}
