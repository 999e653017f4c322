/// Manifests that several suites use.
enum SampleManifests {
    /// One that uses nearly every key.
    static let whole = """
        {
          manifest: 1, id: "whole", name: "Whole", version: "1.2", summary: "All keys.", baseURL: "https://whole.example/api",
          settings: {
            token: { type: "text", help: "Token.", secret: true },
            client: {
              type: "object", help: "Client.",
              members: {
                id: { type: "identifier", help: "Id." },
                secret: { type: "text", help: "Secret.", secret: true },
              },
            },
            users: { type: "identifier", list: "one_or_more", help: "Users." },
            from: { type: "time", help: "Start." },
            size: { type: "integer", minimum: 1, maximum: 100, default: 10, help: "Size." },
            mode: { type: "choice", choices: ["a", "b"], default: "a", help: "Mode." },
          },
          authentication: {
            firstConfigured: [
              { headers: { "X-Token": "Token {token}" } },
              { oauthClientCredentials: {
                  tokenEndpoint: "/token", clientID: "client.id", clientSecret: "client.secret", grantType: "account",
                  parameters: { account: "{client.id}", kind: "x" }, clientAuthentication: "basic", scope: "s" } },
            ],
          },
          credentialAdvice: "Check it.", credentialOrigins: ["https://*.whole.example"],
          limits: { concurrency: 4, requestsPerSecond: 2.5, maxWait: "5m" },
          rateSignals: { limit: "X-Limit", remaining: ["X-Left"], reset: "X-Reset", resetAs: "unix_seconds" },
          responses: [
            { status: 200, at: "/errors/0/code", equals: "too_many", means: "rate_limited", wait: { at: "/errors/0/wait", as: "milliseconds" } },
            { status: "5xx", means: "retry" },
            { status: 400, at: "/error", means: "forbidden" },
          ],
          requestIDHeader: "X-Request-Id", startSetting: "from", completeness: "It gives no totals.",
          windows: { longest: "30d", horizon: "180d", margin: "10m", unit: "day", includesEnd: true, settlesAfter: "30d" },
          everyRequest: { headers: { "X-Mode": "{settings.mode}" }, query: { v: "2" } },
          check: { path: "/me" },
          listings: [
            {
              when: { name: "settings.users", exists: true },
              steps: [{ eachOf: "settings.users", bind: { user: "" } }],
              key: "user/{user}", label: "user {user}",
            },
            {
              steps: [
                { values: ["active", "gone"], bind: { state: "" } },
                {
                  request: { path: "/users", query: { state: "{state}", tag: ["a", "b"] }, ignore: ["forbidden"] },
                  paging: {
                    style: "page_number", items: "/users", first: 0, totalPages: "/pages", itemKey: "id", totalCount: "/total",
                    pageSize: { parameter: "size", preferred: 50, minimum: 5 },
                  },
                  where: [{ at: "/active", equals: true }, { not: { at: "/kind", in: ["bot", "test"], ignoringCase: true } }],
                  bind: { user: "/id" }, ignore: ["not_found"],
                },
              ],
              key: "user/{user}", settlesAt: { from: "/ended", plus: { from: "{settings.size}", unit: "days" } },
            },
          ],
          recordings: {
            request: {
              method: "POST", path: "/users/{user}/search", encodeTwice: ["user"], replayable: true,
              json: { from: "{window.from | date}", to: "{window.to | unix_seconds}", size: "{settings.size}", deep: [1, 2.5, null, true] },
            },
            paging: { style: "cursor", at: "/next", parameter: "/page/token", in: "body", items: "/meetings", more: "/more" },
            bind: { meeting: "/uuid" },
            each: "/files/*", where: { at: "/kind", equals: "recording" },
            id: { firstOf: ["/id", "{meeting}-{/number}"] },
            title: "/name",
            startedAt: { from: "/begin", as: "unix_milliseconds" },
            endedAt: { from: "/begin", as: "unix_milliseconds", plus: { from: "/seconds" } },
            createdAt: { from: "/made", as: "time", zone: "+02:00" },
            status: [{ when: { at: "/error", exists: true }, is: "failed" }, { from: "/state", table: { ok: "available" }, otherwise: "processing" }],
            rawStatus: "/state", error: "/error",
            host: { id: "/host/id", email: "/host/mail" }, site: "{settings.mode}",
            context: { meeting_id: "{meeting}" }, parameters: { day: "{window.from | date}" },
            raw: "item", withhold: ["/password", "/files/*/url"],
            accessRevision: ["/views", "/downloads"],
            accessSummary: {
              request: { path: "/recordings/{recording.id}/stats" }, paging: { style: "none", items: "/days" },
              views: "/views", downloads: "/downloads",
            },
            echo: { from: "/from", to: "/to" },
            splitAbove: { total: "/total", limit: 10000 },
          },
          accessEvents: [
            {
              when: { name: "recording.meeting_id", exists: true },
              request: { path: "/recordings/{recording.id}/log", query: { from: "{since | date}" } },
              paging: { style: "next_url", at: "/next", items: "/log/*/rows" },
              identity: ["/who", { from: "/when", as: "time" }],
              actor: { email: "/who" },
              actions: [{ when: { at: "/what", equals: "seen" }, is: "view" }],
              occurredAt: "/when", changes: "/changes", belongsTo: { at: "/recording" }, since: { unit: "day_in_unknown_zone" },
            },
            {
              request: { path: "/recordings/{recording.id}/downloads" }, each: "/rows/*", id: "/id",
              actions: "download", occurredAt: "/when",
            },
          ],
          media: {
            request: { path: "/recordings/{recording.id}", auditCost: 1 },
            mainRendition: "video", moreRenditionsWithin: "10d", belongsTo: { at: "/id" },
            links: [
              {
                each: "/files/*", where: { at: "/ready", equals: true }, take: "all",
                rendition: { from: "/kind", table: { MP4: "video", M4A: "audio" }, otherwise: "other" },
                url: "/url", expiresAt: { from: "/url", as: "presigned_expiry" }, fileExtension: "from_url", bytes: "/size",
                sendsCredentials: true,
              },
              { rendition: "transcript", url: "/transcript", lifetime: "15m", fileExtension: "vtt" },
            ],
            otherwise: [
              { when: { at: "/state", equals: "busy" }, is: "pending", reason: "it is being made" },
              { is: "gone", reason: "there is none" },
            ],
            onError: { not_found: { is: "gone", reason: "it was deleted" } },
          },
        }
        """
}
