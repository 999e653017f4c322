/// What the media origin sends in place of files.
enum MediaPages {
    static let signIn = page(200, "Please sign in")

    static func page(_ status: Int, _ title: String) -> HTTPResponse {
        let text = "<!DOCTYPE html>\n<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>\n"
        var response = HTTPResponse(status: status, body: Array(text.utf8))
        response.contentType = "text/html; charset=utf-8"
        return response
    }

    /// An error as Amazon S3 writes it.
    static func storageError(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
        let text =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>\(code)</Code><Message>\(message)</Message>"
            + "<RequestId>0A1B2C3D4E5F6789</RequestId></Error>"
        var response = HTTPResponse(status: status, body: Array(text.utf8))
        response.contentType = "application/xml"
        return response
    }

    static func expired(_ platform: SimulatedPlatform) -> HTTPResponse {
        platform == .kismet
            ? storageError(403, "AccessDenied", "Request has expired") : page(403, "The link has expired")
    }

    static func forged(_ platform: SimulatedPlatform) -> HTTPResponse {
        platform == .kismet
            ? storageError(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided."
            ) : page(403, "The link is not valid")
    }
}
