import RecordingTestKit

/// The samples of the platform's documentation, value for value; they hold no real person.
enum KismetSamples {
    static let egresses = #"""
        {
          "egresses": [
            {
              "id": 1,
              "egress_id": "EG_AbCdEfGhIjKlMnOpQr",
              "status": "egress_ended",
              "error": null,
              "is_stopped": true,
              "ended_at": "2025-10-08T14:30:00Z",
              "created_at": "2025-10-08T14:00:00Z",
              "updated_at": "2025-10-08T14:30:00Z"
            },
            {
              "id": 2,
              "egress_id": "EG_StUvWxYzAbCdEfGhIj",
              "status": "egress_ended",
              "error": null,
              "is_stopped": true,
              "ended_at": "2025-10-08T14:30:00Z",
              "created_at": "2025-10-08T14:00:00Z",
              "updated_at": "2025-10-08T14:30:00Z"
            }
          ]
        }
        """#

    static let details: JSONLiteral = [
        "id": 1, "egress_id": "EG_AbCdEfGhIjKlMnOpQr", "status": "egress_ended", "error": nil, "is_stopped": true,
        "ended_at": "2025-10-08T14:30:00Z",
        "url":
            "https://s3.amazonaws.com/recordings/session-5-recording-1.mp4?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=...",
        "created_at": "2025-10-08T14:00:00Z", "updated_at": "2025-10-08T14:30:00Z",
    ]

    static let auditLogs = #"""
        {
          "audit_logs": [
            {
              "id": 85,
              "event": "read",
              "user_id": "1",
              "object_changes": null,
              "created_at": "2025-10-09T10:15:00Z"
            },
            {
              "id": 72,
              "event": "update",
              "user_id": "1",
              "object_changes": {
                "status": [
                  "egress_starting",
                  "egress_ended"
                ],
                "is_stopped": [
                  false,
                  true
                ],
                "ended_at": [
                  null,
                  "2025-10-08T14:30:00Z"
                ]
              },
              "created_at": "2025-10-08T14:30:00Z"
            },
            {
              "id": 71,
              "event": "create",
              "user_id": "1",
              "object_changes": {
                "egress_id": [
                  null,
                  "EG_AbCdEfGhIjKlMnOpQr"
                ],
                "status": [
                  null,
                  "egress_starting"
                ]
              },
              "created_at": "2025-10-08T14:00:00Z"
            }
          ],
          "pagination": {
            "current_page": 1,
            "per_page": 25,
            "total_pages": 1,
            "total_count": 3
          }
        }
        """#
}
