/// The answer to one request for a file that its link let in.
struct MediaResponder {
    let request: HTTPRequest
    let file: MediaFile
    let faults: [MediaFault]
    /// How many requests for the file there were, this one included.
    let number: Int
    /// The origin under its other name.
    let otherOrigin: String
    let wallSeconds: Int64
    let onSent: @Sendable (Int) -> Void

    func reply() -> WireReply {
        if let response = replacement() { return whole(response) }
        let version = self.version
        let content = file.content(version: version.content)
        let etag = file.etag(version: version.validators)
        let modified = file.lastModified(version: version.validators)
        let hasETag = !faults.contains(.hasNoETag)
        let isWeak = faults.contains(.hasWeakETag)
        let validators = hasETag ? (isWeak ? [modified] : [etag, modified]) : []
        var range = ByteRange(request, length: content.length, validators: validators)
        if faults.contains(.ignoresRange) || faults.contains(.gzips) { range = .whole }
        var response = HTTPResponse(status: 200)
        response.contentType = contentType ?? file.contentType
        response.headers.append(("Accept-Ranges", "bytes"))
        if hasETag {
            response.headers.append(("ETag", isWeak ? "W/\(etag)" : etag))
            response.headers.append(("Last-Modified", modified))
        }
        switch range {
        case .unsatisfiable:
            response.status = 416
            response.headers.append(("Content-Range", "bytes */\(content.length)"))
            return whole(response)
        case .whole where faults.contains(.gzips):
            response.headers.append(("Content-Encoding", "gzip"))
            response.body = StoredGzip.encode(content.bytes(in: 0..<content.length))
            return whole(response)
        case .whole:
            return streamed(response, content, 0..<content.length)
        case .part(let part):
            response.status = 206
            let last = part.upperBound - 1
            response.headers.append(("Content-Range", "bytes \(part.lowerBound)-\(last)/\(content.length)"))
            return streamed(response, content, part)
        }
    }

    /// Which version of the content, and which of the entity tag and the date.
    private var version: (content: Int, validators: Int) {
        for case .changes(let requests, let keepsETag) in faults where number > requests {
            return (1, keepsETag ? 0 : 1)
        }
        return (0, 0)
    }

    private var contentType: String? {
        for case .contentType(let type) in faults { return type }
        return nil
    }

    /// An answer that is not the file.
    private func replacement() -> HTTPResponse? {
        for fault in faults {
            switch fault {
            case .status(let status): return HTTPResponse(status: status)
            case .redirectsToOtherPath: return redirect("/moved\(request.target)")
            case .redirectsToOtherOrigin: return redirect("\(otherOrigin)/moved\(request.target)")
            case .redirects(let url): return redirect(url)
            case .htmlPage: return MediaPages.signIn
            case .xmlError: return MediaPages.storageError(200, "SlowDown", "Please reduce your request rate.")
            case .emptyBody:
                var response = HTTPResponse(status: 200)
                response.contentType = file.contentType
                return response
            default: continue
            }
        }
        return nil
    }

    private func redirect(_ location: String) -> HTTPResponse {
        var response = HTTPResponse(status: 302)
        response.headers.append(("Location", location))
        return response
    }

    private func whole(_ response: HTTPResponse) -> WireReply {
        var response = response
        response.closes = !request.keepsAlive
        if !response.body.isEmpty { onSent(response.body.count) }
        return WireReply(bytes: response.wireBytes(wallSeconds: wallSeconds))
    }

    private func streamed(_ response: HTTPResponse, _ content: MediaContent, _ range: Range<Int>) -> WireReply {
        var response = response
        response.closes = !request.keepsAlive
        response.declaredLength = range.count
        var sent = range
        var ending = WireReply.Ending.keepOpen
        for fault in faults {
            switch fault {
            case .announcesMore(let extra):
                response.declaredLength = range.count + extra
                ending = .close
            case .announcesLess(let missing):
                response.declaredLength = max(0, range.count - missing)
                ending = .close
            case .announcesNothing:
                response.omitsLength = true
                response.closes = true
                ending = .close
            case .resets(let count):
                sent = sent.prefix(count)
                ending = .reset
            case .cutsOff(let count):
                sent = sent.prefix(count)
                ending = .close
            case .stalls(let count):
                sent = sent.prefix(count)
                ending = .stall
            default: continue
            }
        }
        var reply = WireReply(bytes: response.headBytes(wallSeconds: wallSeconds), ending: ending)
        reply.stream = MediaStream(
            content: content,
            range: sent,
            trickles: faults.contains(.trickles),
            onSent: onSent
        )
        return reply
    }
}

extension Range<Int> {
    fileprivate func prefix(_ count: Int) -> Range<Int> {
        lowerBound..<Swift.min(upperBound, lowerBound + Swift.max(0, count))
    }
}
