import CCurl
import RecordingHost
import RecordingKit

extension Transfer {
    /// Sets what `request` needs on a handle that was reset, or that a plain GET has left.
    ///
    /// The handle holds this object without retaining it.
    func configure(_ request: WireRequest, options: LoopOptions) throws(TransportError) {
        if !handle.hasCommonOptions {
            try configureConnections(options)
            try configureSecurity(options)
            try configureCallbacks(options)
            handle.hasCommonOptions = true
        }
        try handle.set(CURLOPT_PRIVATE, unretained: self)
        try handle.set(CURLOPT_WRITEDATA, unretained: self)
        try handle.set(CURLOPT_HEADERDATA, unretained: self)
        try handle.set(CURLOPT_PREREQDATA, unretained: self)
        if options.guardsAddresses { try handle.set(CURLOPT_OPENSOCKETDATA, unretained: self) }
        try configureRequest(request)
    }

    private func configureConnections(_ options: LoopOptions) throws(TransportError) {
        let version = options.allowsHTTP2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1
        try handle.set(CURLOPT_HTTP_VERSION, Int(version))
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_TCP_NODELAY, 1)
        try handle.set(CURLOPT_BUFFERSIZE, options.bufferBytes)
        // A slow resolver's thread is left to end by itself: the loop must not wait for it when a call is cancelled.
        try handle.set(CURLOPT_QUICK_EXIT, 1)
        if options.decodesContent { try handle.set(CURLOPT_ACCEPT_ENCODING, "") }
        try handle.set(CURLOPT_USERAGENT, options.userAgent)
        try handle.set(CURLOPT_PATH_AS_IS, 1)
    }

    private func configureSecurity(_ options: LoopOptions) throws(TransportError) {
        try handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        try handle.set(CURLOPT_FOLLOWLOCATION, 0)
        try handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        try handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        try handle.set(CURLOPT_PROXY_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = options.certificateAuthorityFile {
            try handle.set(CURLOPT_CAINFO, file)
            try handle.set(CURLOPT_PROXY_CAINFO, file)
        }
    }

    private func configureCallbacks(_ options: LoopOptions) throws(TransportError) {
        try unsafe handle.set(CURLOPT_WRITEFUNCTION, receiveBody)
        try unsafe handle.set(CURLOPT_HEADERFUNCTION, receiveHeader)
        try unsafe handle.set(CURLOPT_PREREQFUNCTION, beginRequest)
        try unsafe handle.set(CURLOPT_SOCKOPTFUNCTION, prepareSocket)
        if options.guardsAddresses { try unsafe handle.set(CURLOPT_OPENSOCKETFUNCTION, openSocket) }
    }

    private func configureRequest(_ request: WireRequest) throws(TransportError) {
        try handle.set(CURLOPT_URL, request.url)
        try handle.setHeaders(request.headerLines)
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout)
        try handle.set(CURLOPT_TIMEOUT_MS, request.totalTimeout)
        // Both are always set, as libcurl would look into the environment for one that is not.
        try handle.set(CURLOPT_PROXY, request.proxy.url.value)
        try handle.set(CURLOPT_NOPROXY, "")
        switch (request.method, request.body) {
        case ("GET", nil):
            break
        case ("HEAD", _):
            try handle.set(CURLOPT_NOBODY, 1)
        case ("POST", let body):
            try handle.setContent(body ?? [])
        case (let method, nil):
            try handle.set(CURLOPT_CUSTOMREQUEST, method)
        case (let method, let body?):
            try handle.setContent(body)
            try handle.set(CURLOPT_CUSTOMREQUEST, method)
        }
    }
}
