/// How far a service has followed the feeds of others: what its copies of their records are worth.
///
/// Sources are named as on the wire: `users`, `threads`, `posts`. The service's own name and names
/// it does not follow count as reached: its own store is always current.
package protocol SourceProgress: Sendable {
    /// Whether the event `position` of `source` has arrived here. Called on the loop: it must not
    /// wait.
    func hasReached(_ position: Int64, of source: String) -> Bool

    /// Returns true as soon as it has, false when `milliseconds` have gone by before.
    func wait(until position: Int64, of source: String, milliseconds: Int) async -> Bool

    /// Nil while what came from `source` is at most two seconds old; else, or when the source
    /// cannot be reached, the seconds since it was last known to be current. Called on the loop for
    /// every answer that is made from it.
    func stalenessSeconds(of source: String) -> Int?
}
