/// What a platform answers when it is asked for a recording's media.
///
/// Not ready, forbidden and gone are answers, not errors.
public enum MediaAvailability: Sendable {
    /// Links to the renditions, which live only for a while; never empty.
    case available([MediaLink])
    /// Not ready yet; worth asking again in a later run.
    case pending(reason: String)
    /// The platform or its customer does not let this operator have it.
    case forbidden(reason: String)
    /// It existed and no longer does.
    case gone(reason: String)
}
