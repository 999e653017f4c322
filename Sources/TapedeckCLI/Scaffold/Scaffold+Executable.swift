extension Scaffold {
    /// The connector as a program in Python, which needs its standard library alone.
    var program: ScaffoldFile {
        ScaffoldFile(
            path: name.id,
            text: """
                #!/usr/bin/env python3
                \"""Reads the recordings of one \(name.title) account.

                The host starts this program and speaks to it in lines of JSON: it reads them from descriptor 3 and
                answers on descriptor 4. It sends no request itself and sees no credential; the host does both.
                \"""

                import json
                import os

                CONNECTOR = {
                    "id": "\(name.id)",
                    "name": "\(name.title)",
                    "version": "0.1.0",
                    "summary": "Recordings of one \(name.title) account.",
                    "baseURL": "https://api.example.com/v1",
                    "produces": ["recordings"],
                    "settings": {
                        "accessToken": {"type": "text", "help": "Access token of the account.", "required": True, "secret": True},
                    },
                    "authentication": {"bearer": "accessToken"},
                    "credentialAdvice": "Make a new access token in the account's settings.",
                }

                # A word that is not here becomes "unknown"; the platform's own word is kept too.
                STATUS = {"ready": "available", "recording": "processing", "failed": "failed"}


                # What the platform is asked, and what is made of its answers.


                def check(host, settings, parameters):
                    \"""One cheap request that fails when the credentials are wrong.\"""
                    host.ask({"type": "request", "request": {"path": "/recordings", "query": {"limit": "1"}}})


                def listings(host, settings, parameters):
                    \"""The parts that are read one by one; here there is one alone.\"""
                    host.ask({"type": "listing", "listing": {"key": "all", "label": "all recordings"}})


                def recordings(host, settings, parameters):
                    \"""One part, page by page; the host follows the cursor, waits, retries and checks.\"""
                    paging = {
                        "style": "cursor",
                        "at": "/next",
                        "parameter": "cursor",
                        "items": "/recordings",
                        "pageSize": {"parameter": "limit", "preferred": 100},
                    }
                    for rows in host.pages({"path": "/recordings"}, paging):
                        host.ask({"type": "recordings", "records": [recording(row, at) for at, row in enumerate(rows)]})


                def recording(row, position):
                    host = row.get("host") or {}
                    return {
                        "id": row["id"],
                        "title": row.get("title"),
                        "started_at": row.get("started_at"),
                        "ended_at": row.get("ended_at"),
                        "status": STATUS.get(row.get("state"), "unknown"),
                        "status_raw": row.get("state"),
                        "host": {"id": host.get("id"), "name": host.get("name"), "email": host.get("email")},
                        # The platform's own object, byte for byte, is the page's item at this position.
                        "raw_item": position,
                    }


                # How the host is spoken to; nothing below is about the platform.


                class Failure(Exception):
                    \"""What the host could not do; said back to it as it is.\"""


                class Host:
                    def __init__(self):
                        self.lines = os.fdopen(3, "rb")
                        self.out = os.fdopen(4, "wb")

                    def read(self):
                        line = self.lines.readline()
                        if not line:
                            raise SystemExit(0)
                        return json.loads(line)

                    def write(self, message):
                        self.out.write(json.dumps(message).encode() + b"\\n")
                        self.out.flush()

                    def ask(self, message):
                        self.write(message)
                        answer = self.read()
                        if answer["type"] == "cancel":
                            raise SystemExit(0)
                        if answer["type"] == "error":
                            raise Failure(answer["error"])
                        return answer

                    def pages(self, request, paging):
                        page = self.ask({"type": "request", "request": request, "paging": paging})
                        while page["type"] == "page":
                            yield page["items"]
                            page = self.ask({"type": "next_page"})


                METHODS = {method.__name__: method for method in (check, listings, recordings)}


                def main():
                    host = Host()
                    settings = {}
                    while True:
                        message = host.read()
                        if message["type"] == "hello":
                            host.write({"type": "hello", "protocol": 1, "connector": CONNECTOR})
                        elif message["type"] == "configure":
                            settings = message["settings"]
                            host.write({"type": "ready"})
                        elif message["type"] == "call":
                            host.write({"type": "begin", "id": message["id"]})
                            try:
                                METHODS[message["method"]](host, settings, message["parameters"])
                                host.write({"type": "done", "id": message["id"]})
                            except Failure as failure:
                                host.write({"type": "failed", "id": message["id"], "error": failure.args[0]})
                            except (KeyError, TypeError, AttributeError):
                                error = {"code": "malformed_response", "message": "An answer is not what it should be."}
                                host.write({"type": "failed", "id": message["id"], "error": error})


                if __name__ == "__main__":
                    main()

                """,
            isExecutable: true
        )
    }

    /// How to go on from there.
    var programReadme: ScaffoldFile {
        ScaffoldFile(
            path: "README.md",
            text: """
                # \(name.title) connector

                Reads the recordings of one \(name.title) account. `\(name.id)` is a program that the host starts; any language will do.

                ```sh
                tapedeck conformance ./\(name.id)    # tests it against fixtures/
                ```

                As it stands it reads an invented platform. Put in the real address, the real requests and where the fields are;
                then record what the platform answers, without credentials and personal data:

                ```sh
                tapedeck record SOURCE --output recorded
                tapedeck conformance ./\(name.id) --fixtures recorded
                ```

                To use it, put it into the folder `plugins` beside `tapedeck.json5`, or name it there, pinned to what you have read:

                ```json5
                plugins: [{ path: "\(name.id)/\(name.id)", sha256: "…" }],     // sha256sum \(name.id)
                sources: { mine: { connector: "\(name.id)", settings: { accessToken: "${env:\(name.id.uppercased())_TOKEN}" } } },
                ```

                """
        )
    }
}
