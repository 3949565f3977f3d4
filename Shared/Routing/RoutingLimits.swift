import HTTP

/// Every maximum of the routing layer, with its reason.
package enum RoutingLimits {
    /// A body that a handler wants whole, unless its route says otherwise; beyond it 413.
    package static let bodyBytesMax = HTTPLimits().collectedBodyBytesMax
    /// Rows of one page: a page of full threads stays below a megabyte; beyond it 400.
    package static let pageRowsMax = 200
    /// Rows of a page whose client did not say: enough for a screen, too few for a dump.
    package static let pageRowsDefault = 50
    /// Sources in one Forum-Position: there are three services, and room for as many again.
    package static let positionsMax = 8
    /// How long a request waits for what its client knows of: feeds are milliseconds behind, so
    /// later something is wrong, and an old answer is better than none.
    package static let positionMilliseconds = 250
    /// Characters of a cursor: the longest title (200 characters of four bytes) as last key needs
    /// 1111; beyond it 400.
    package static let cursorCharactersMax = 2_048
}
