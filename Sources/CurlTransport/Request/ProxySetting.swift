import RecordingHost
import RecordingKit

/// Which proxy requests go through.
///
/// It never shows a proxy's URL, which may hold a password.
public struct ProxySetting: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private enum Choice {
        case direct
        case url(Secret)
        case variables(ProxyVariables)
    }

    private let choice: Choice

    /// No proxy.
    public static let none = ProxySetting(choice: .direct)

    /// What the process's environment says at the time of this call; see ``environment(_:)``.
    public static var environment: ProxySetting { ProxySetting(choice: .variables(.ofProcess)) }

    /// What these environment variables say.
    ///
    /// `http_proxy` or `https_proxy` by the scheme of the request, else `all_proxy`; `no_proxy` lists the hosts that are
    /// reached directly: names with their subdomains, addresses, CIDR ranges, or `*`. Lower case goes before upper case; an
    /// empty variable counts as absent; `HTTP_PROXY` in capitals is ignored under CGI, where a client can set it.
    public static func environment(_ variables: [String: String]) -> ProxySetting {
        ProxySetting(choice: .variables(ProxyVariables { variables[$0] }))
    }

    /// The proxy at `text`: `[scheme://][user:password@]host[:port]` with the scheme `http`, `https`, `socks5` or
    /// `socks5h`; `http` and port 1080 when they are left out.
    public static func url(_ text: String) -> ProxySetting {
        ProxySetting(choice: .url(Secret(text)))
    }

    /// The way to `url`; loopback hosts are reached directly.
    ///
    /// - Throws: `insecure` for plain http to another host, unless it is allowed.
    func route(to url: HTTPURL, allowsInsecureHTTP: Bool) throws(TransportError) -> ProxyRoute {
        let origin = url.origin
        if origin.isLoopback { return .direct }
        guard origin.isSecure || allowsInsecureHTTP else {
            throw TransportError(.insecure, "plain http is allowed to loopback hosts only")
        }
        switch choice {
        case .direct: return .direct
        case .url(let proxy): return ProxyRoute(url: proxy)
        case .variables(let variables): return variables.route(to: origin)
        }
    }

    /// The kind of choice.
    public var description: String {
        switch choice {
        case .direct: "none"
        case .url: "url [hidden]"
        case .variables: "environment"
        }
    }

    /// The kind of choice.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// The proxy for one request.
struct ProxyRoute: Sendable, Equatable {
    /// No proxy at all.
    ///
    /// libcurl takes an empty text to mean that it must not look at the environment either.
    static let direct = ProxyRoute(url: Secret(""))

    let url: Secret

    var isDirect: Bool { url.value.isEmpty }
}
